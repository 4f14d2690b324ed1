from .indicators import Indicator
from .reports import Figure, MonthlyReport, Restatement

__all__ = ["Figure", "Indicator", "MonthlyReport", "Restatement"]
