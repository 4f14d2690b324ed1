"""The issue taking shape: collecting, editing, and the document that is printed."""

from .building import build_document, layout_of
from .collecting import Collected, collect, waiting
from .editing import StaleEdit, drop_entry, edit_entry, place_entry, require_editor
from .opening import next_number, open_issue

__all__ = [
    "Collected",
    "StaleEdit",
    "build_document",
    "collect",
    "drop_entry",
    "edit_entry",
    "layout_of",
    "next_number",
    "open_issue",
    "place_entry",
    "require_editor",
    "waiting",
]
