from .indicators import Indicator
from .reports import Figure, MonthlyReport

__all__ = ["Figure", "Indicator", "MonthlyReport"]
