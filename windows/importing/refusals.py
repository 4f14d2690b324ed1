"""A file that is not read, and why."""

from __future__ import annotations


class Refused(Exception):
    """The message is a whole sentence in Chinese that says what to do."""
