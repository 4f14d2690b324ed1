"""The issue taking shape: collecting, editing, and the document that is printed."""

from .building import build_document, layout_of
from .carrying import carry_entry, carry_submission, next_issue
from .collecting import collect, place_waiting, waiting
from .composed import Collected
from .editing import (
    EntryGone,
    StaleEdit,
    edit_entry,
    keep_by_hand,
    require_editor,
    restore_composed,
)
from .opening import next_number, open_issue
from .ordering import StaleOrder, place_entry
from .sections import add_section, move_section, remove_section, rename_section
from .setting_aside import drop_entry, merge_entries, restore
from .undoing import last_step, undo

__all__ = [
    "Collected",
    "EntryGone",
    "StaleEdit",
    "StaleOrder",
    "add_section",
    "build_document",
    "carry_entry",
    "carry_submission",
    "collect",
    "drop_entry",
    "edit_entry",
    "keep_by_hand",
    "last_step",
    "layout_of",
    "merge_entries",
    "move_section",
    "next_issue",
    "next_number",
    "open_issue",
    "place_entry",
    "place_waiting",
    "remove_section",
    "rename_section",
    "require_editor",
    "restore",
    "restore_composed",
    "undo",
    "waiting",
]
