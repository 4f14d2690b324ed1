"""What may happen, as tables.

Buttons, permissions, mails and the state diagram in the docs are read from here;
`moves.make_move` is the only code that acts on it.
"""

from typing import Final

from .figures import FIGURES
from .issue import ISSUE
from .machine import SYSTEM, Move, Workflow
from .review import REVIEW

WORKFLOWS: Final = {table.subject: table for table in (REVIEW, ISSUE, FIGURES)}

__all__ = ["FIGURES", "ISSUE", "REVIEW", "SYSTEM", "WORKFLOWS", "Move", "Workflow"]
