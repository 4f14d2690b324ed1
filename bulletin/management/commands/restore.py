"""Put a backup back, after checking all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bulletin import baking
from bulletin.keeping.archive import restore
from bulletin.keeping.database import KeepingError, is_behind


class Command(BaseCommand):
    help = "从备份恢复数据库和文件。先停下网站和后台进程。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="备份所在的目录")
        parser.add_argument("--force", action="store_true", help="替换现有的数据")

    def handle(self, *args: Any, folder: Path, force: bool, **options: Any) -> None:
        try:
            manifest = restore(folder, force=force)
        except (KeepingError, OSError) as error:
            raise CommandError(str(error)) from error
        if is_behind():
            told = _("备份来自旧的版本。请运行 ./run migrate，再运行 ./run bake。")
            self.stderr.write(told)
        elif settings.BAKED:  # pages are made of the rows, so they are not in the backup
            baking.bake_all()
        self.stdout.write(
            _("已恢复%(made)s的备份：%(files)s个文件。")
            % {"made": manifest.made_at, "files": len(manifest.files)}
        )
