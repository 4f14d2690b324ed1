"""Hold every published edition and each of its files against its digest."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from bulletin.keeping.database import readable
from bulletin.keeping.files import inspect


class Command(BaseCommand):
    help = "核对已发布各期的内容和文件，与签发时的指纹是否一致。"

    def handle(self, *args: Any, **options: Any) -> None:
        with readable():
            done = inspect()
        for fault in done.faults:
            self.stdout.write(
                _("%(what)s：%(reason)s") % {"what": fault.what, "reason": fault.reason}
            )
        if done.faults:
            raise CommandError(_("有%(n)s处不完好。") % {"n": len(done.faults)})
        self.stdout.write(
            _("%(editions)s个版次、%(files)s个文件、%(pages)s个公开页面，全部完好。")
            % {"editions": done.editions, "files": done.files, "pages": done.pages}
        )
