"""The demo month: an invented centre, months gone by, and one issue in preparation."""

from .loading import Demo, DemoRefused, load
from .places import PASSWORD, Account, accounts

__all__ = ["PASSWORD", "Account", "Demo", "DemoRefused", "accounts", "load"]
