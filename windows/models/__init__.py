from .accounts import RecoveryCode
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
    "User",
    "Visitor",
    "WorkDay",
]
