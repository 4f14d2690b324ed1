"""Draw the public pages again, after templates or settings changed or files were lost."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bulletin import baking
from bulletin.keeping.database import readable


class Command(BaseCommand):
    help = "重新生成公开页面。各期的内容和指纹不变。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="页面没有变化也全部重新生成")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BAKED:
            raise CommandError(_("这里没有开启预先生成页面（BAKED）。"))
        with readable():
            baking.switch()
        if baking.is_whole() and not options["all"]:
            self.stdout.write(_("公开页面都是现在的样式，不用重新生成。"))
            return
        self.stdout.write(_("已生成%(count)s个地址的页面。") % {"count": baking.bake_all()})
