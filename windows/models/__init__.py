from .accounts import RecoveryCode, UsedPassword
from .days import WorkDay
from .people import Leader, Staff, User
from .places import Centre, Department, FormerName, ServiceWindow
from .visits import LeaderVisit, Visitor

__all__ = [
    "Centre",
    "Department",
    "FormerName",
    "Leader",
    "LeaderVisit",
    "RecoveryCode",
    "ServiceWindow",
    "Staff",
    "UsedPassword",
    "User",
    "Visitor",
    "WorkDay",
]
