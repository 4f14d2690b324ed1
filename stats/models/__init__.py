from .imports import FigureImport
from .indicators import Indicator
from .reports import Figure, MonthlyReport, Restatement

__all__ = ["Figure", "FigureImport", "Indicator", "MonthlyReport", "Restatement"]
