"""Everything that stands between an issue and its sign-off, shown together."""

from .issue import check_issue
from .problems import Problem, Severity, blocks

__all__ = ["Problem", "Severity", "blocks", "check_issue"]
