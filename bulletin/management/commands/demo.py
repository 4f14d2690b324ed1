"""`./run demo [PORT]`: the product with its demo month, on this machine alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin import baking, demo
from bulletin.demo.serving import HOST, cannot_listen, serve
from bulletin.demo.table import aligned
from bulletin.models import Call
from bulletin.pages import stand_ins


class Command(BaseCommand):
    help = "装入演示数据并在本机打开：公开网站、窗口填报、编辑部。"
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("port", nargs="?", type=int, default=8000, help="端口，默认8000")
        parser.add_argument("--fresh", action="store_true", help="删去演示数据，从头再来")
        parser.add_argument("--load-only", action="store_true", help="只装入数据，不打开")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO and settings.DEBUG):
            raise CommandError(_("演示账号的口令是公开的，只能用 ./run demo 打开。"))
        port = options["port"]
        if not options["load_only"] and (reason := cannot_listen(port)):
            raise CommandError(reason)
        self._prepare(fresh=options["fresh"])
        settings.SITE_URL = f"http://{HOST}:{port}"  # of links in mails and in pages
        if not baking.is_whole():
            baking.bake_all()
        baking.switch()
        if not options["load_only"]:
            serve(port, lambda: self._announce(port))
            self.stdout.write(_("演示已停止。"))

    def _prepare(self, *, fresh: bool) -> None:
        Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
        if fresh:
            discard()
        call_command("migrate", verbosity=0, interactive=False)
        call = Call.objects.first()
        if call:
            self.stdout.write(
                _("沿用上次的演示数据（在编%(year)s年%(month)s月）。从头再来请加 --fresh。")
                % {"year": call.year, "month": call.month}
            )
            return
        self.stdout.write(_("正在装入演示数据，大约十几秒……"))
        settings.BAKED = False  # all at once, when all is loaded
        demo.load(timezone.localdate())
        settings.BAKED = True

    def _announce(self, port: int) -> None:
        site = f"http://{HOST}:{port}"
        places = [
            (_("公开网站"), f"{site}/"),
            (_("窗口填报"), f"{site}/desk/"),
            (_("编辑部"), f"{site}/admin/"),
        ]
        head = (_("用户名"), _("姓名"), _("角色"), _("所在"))
        people = [(one.username, one.name, one.role, one.place) for one in demo.accounts()]
        self.stdout.write("")
        self.stdout.write(aligned(places))
        self.stdout.write("")
        self.stdout.write(aligned([head, *people]))
        self.stdout.write("")
        if lacking := stand_ins():
            self.stdout.write(
                _("印出的版面缺%(names)s，用别的字体代替。运行 ./run install_fonts 可以装上。")
                % {"names": lacking}
            )
        self.stdout.write(
            _("口令都是 %(password)s。其他窗口的用户名见编辑部的“岗位人员”。按 Ctrl+C 停止。")
            % {"password": demo.PASSWORD}
        )
        self.stdout.flush()


def discard() -> None:
    """The demo's own database and files; in demo mode these are never the configured ones."""
    connections.close_all()
    database = Path(settings.DATABASES["default"]["NAME"])
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    shutil.rmtree(settings.BAKED_ROOT, ignore_errors=True)
