"""`install_fonts`: the free fonts of the page into `var/fonts`, without root."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bulletin.typeset.fonts import Fonts, find_fonts, font_directories, installed_fonts
from bulletin.typeset.installing import FontInstallError, install_fonts, missing_packages


class Command(BaseCommand):
    help = (
        "安装排版所需的免费字体（仿宋、小标宋、黑体、楷体、宋体、西文、生僻字），不需要管理员权限。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--target", type=Path, help="字体目录，默认为var/fonts")
        parser.add_argument("--from", dest="source", type=Path, help="已下载的.deb软件包所在目录")

    def handle(self, *args: Any, **options: Any) -> None:
        target = options["target"] or installed_fonts(os.environ)
        before = self._fonts(target)
        packages = missing_packages(_files(before))
        try:
            written = install_fonts(target, packages, options["source"])
        except FontInstallError as problem:
            raise CommandError(str(problem)) from problem
        for path in written:
            self.stdout.write(f"已安装 {path.name}")
        for lack in self._fonts(target).substitutions:
            self.stdout.write(f"注意：{lack.words}。")
        self.stdout.write("字体齐备。" if not written else f"共安装{len(written)}个字体文件。")

    def _fonts(self, target: Path) -> Fonts:
        return find_fonts([target, *font_directories(os.environ)])


def _files(fonts: Fonts) -> set[str]:
    return {face.path.name for chain in fonts.chains.values() for face in chain}
