from . import editions, inbox, issues

__all__ = ["editions", "inbox", "issues"]
