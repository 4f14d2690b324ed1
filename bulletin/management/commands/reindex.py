"""Make anew what readers search, from the frozen editions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from bulletin.finding.keeping import refresh
from bulletin.models import Issue


class Command(BaseCommand):
    help = "按已发布的各期重建检索用的段落和到访登记；可以随时运行，检索不会中断。"

    def handle(self, *args: Any, **options: Any) -> None:
        issues = Issue.objects.filter(editions__published_at__isnull=False).distinct()
        written = [refresh(issue) for issue in issues.iterator()]
        self.stdout.write(
            _("%(issues)s期，%(passages)s段。")
            % {"issues": sum(map(bool, written)), "passages": sum(written)}
        )
