"""Read the text of a printed issue into the database: import_issue FILE."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bulletin.importing import import_issue
from bulletin.proofreading.parsed import ParseError


class Command(BaseCommand):
    help = "导入一期已刊出的月报（纯文本）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="纯文本文件")
        parser.add_argument("--publication", default="monthly", help="刊物的网址名")

    def handle(self, *args: Any, file: Path, publication: str, **options: Any) -> None:
        try:
            imported = import_issue(file.read_bytes(), slug=publication)
        except OSError as error:
            raise CommandError(
                _("读不了文件“%(file)s”：%(why)s") % {"file": file, "why": error.strerror}
            ) from error
        except ParseError as error:
            raise CommandError(str(error)) from error
        issue = imported.issue
        words = {
            "issue": issue,
            "sections": issue.sections.count(),
            "entries": issue.entries.count(),
            "notes": len(imported.notes),
        }
        self.stdout.write(
            _("已导入%(issue)s：%(sections)s个栏目，%(entries)s条，%(notes)s处请核对。") % words
        )
        for note in imported.notes:
            self.stdout.write(f"  {note.where}：{note.reason} {note.text[:30]}")
