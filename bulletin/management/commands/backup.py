"""Write database and media, with a manifest of digests, to a new folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bulletin.keeping.archive import back_up
from bulletin.keeping.database import KeepingError


class Command(BaseCommand):
    help = "备份数据库和文件，附各文件的指纹。备份时可以照常使用。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="备份到哪个目录（不存在或空的）")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = back_up(folder)
        except (KeepingError, OSError) as error:
            raise CommandError(str(error)) from error
        size = sum(one.size for one in manifest.files.values())
        self.stdout.write(
            _("已备份到%(folder)s：%(files)s个文件，%(size)s字节。")
            % {"folder": folder, "files": len(manifest.files), "size": size}
        )
