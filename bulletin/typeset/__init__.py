"""Setting the page: characters → lines → rows → pages, as values. Knows no Django."""

from .fonts import Fonts, Substitution, Uncovered, find_fonts, system_fonts, uncovered
from .marks import NONE, Marks, marked
from .measuring import Settings
from .pages import lay_out
from .rows import Page, Row, Rule, Run, Sign

__all__ = [
    "NONE",
    "Fonts",
    "Marks",
    "Page",
    "Row",
    "Rule",
    "Run",
    "Settings",
    "Sign",
    "Substitution",
    "Uncovered",
    "find_fonts",
    "lay_out",
    "marked",
    "system_fonts",
    "uncovered",
]
