"""Write any format of any issue: export_issue SLUG YEAR NUMBER --format F --output FILE."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bulletin.assembly import build_document
from bulletin.document import IssueDocument
from bulletin.models import Edition, Issue
from bulletin.renderers import FORMATS


class Command(BaseCommand):
    help = "导出一期月报，已发布或未发布都可以。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="刊物的网址名，例如 monthly")
        parser.add_argument("year", type=int, help="所报月份的年份")
        parser.add_argument("number", type=int, help="期号")
        parser.add_argument("--format", choices=sorted(FORMATS), default="pdf", dest="form")
        parser.add_argument("--output", type=Path, required=True, help="写到哪个文件")
        parser.add_argument("--proof", type=int, help="第几号校样；不写则取现在的内容")

    def handle(self, *args: Any, **options: Any) -> None:
        document = self._document(options)
        data = FORMATS[options["form"]].render(document)
        try:
            options["output"].write_bytes(data)
        except OSError as error:
            raise CommandError(
                _("写不了文件“%(file)s”：%(why)s")
                % {"file": options["output"], "why": error.strerror}
            ) from error
        self.stdout.write(
            _("已导出%(file)s，%(size)s字节，内容指纹%(digest)s。")
            % {"file": options["output"], "size": len(data), "digest": document.digest}
        )

    def _document(self, options: dict[str, Any]) -> IssueDocument:
        issue = Issue.objects.filter(
            publication__slug=options["slug"], year=options["year"], number=options["number"]
        ).first()
        if issue is None:
            raise CommandError(_("没有刊物“%(slug)s”%(year)s年第%(number)s期。") % options)
        if options["proof"] is not None:
            edition = issue.editions.filter(proof_no=options["proof"]).first()
            if edition is None:
                raise CommandError(_("本期没有第%(proof)s号校样。") % options)
            return edition.document
        edition = Edition.objects.current().filter(issue=issue).first()
        return edition.document if edition else build_document(issue)
