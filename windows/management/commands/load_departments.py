"""Departments and their windows from a JSON list, through the resource the admin imports with.

The file: {"host": {official_name, short_name, self_name}, "departments": [{order,
official_name, short_name, group, head_title, window_name, certainty, obsolete_names, note}]}.
Obsolete names come without dates, so they are taken as names that print must not use; a
former name that has dates is moved to 曾用名 by hand.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from windows.importing.base import CentreResource
from windows.importing.preview import Preview, preview_of
from windows.importing.sheets import SheetDataset, plain_dataset
from windows.models import Centre
from windows.resources import DepartmentResource, ServiceWindowResource

_COLUMNS = {
    "次序": "order",
    "规范简称": "short_name",
    "全称": "official_name",
    "类别": "group",
    "正职称谓": "head_title",
    "依据": "certainty",
    "说明": "note",
}


class Command(BaseCommand):
    help = "从 JSON 文件导入部门和窗口：./run load_departments 文件 [--centre 网址名]"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON 文件")
        parser.add_argument("--centre", default="", help="中心的网址名；只有一个中心时可以不写")

    def handle(self, *args: Any, file: Path, centre: str, **options: Any) -> None:
        content = read_departments(file)
        with transaction.atomic():
            place = find_centre(centre, content)
            rows = content["departments"]
            self.load(DepartmentResource(centre=place), department_sheet(rows))
            self.load(ServiceWindowResource(centre=place), window_sheet(rows))

    def load(self, resource: CentreResource, dataset: SheetDataset) -> None:
        result = resource.import_data(dataset)
        preview = preview_of(result, resource)
        if preview.problems:
            raise CommandError("\n".join(_told(preview)))
        name = resource.get_display_name()
        counts = f"新增 {len(preview.additions)}，改动 {preview.changed}，不变 {preview.unchanged}"
        self.stdout.write(f"{name}：{counts}。")


def read_departments(path: Path) -> dict[str, Any]:
    """Raises CommandError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CommandError(f"没有文件 {path}。") from None
    except (OSError, ValueError):
        raise CommandError(f"{path} 不是 JSON 文件。") from None
    rows = content.get("departments") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CommandError(f"{path} 里没有 departments 列表。")
    return content


def find_centre(slug: str, content: dict[str, Any]) -> Centre:
    """The one named, or the only one; where there is none yet, it is made from `host`."""
    centres = Centre.objects.filter(slug=slug) if slug else Centre.objects.all()
    found = list(centres[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError("有不止一个中心，请用 --centre 指明。")
    host = content.get("host")
    if Centre.objects.exists() or not isinstance(host, dict):
        raise CommandError(f"没有网址名为“{slug}”的中心。")
    return Centre.objects.create(
        slug=slug or "centre",
        official_name=host.get("official_name", ""),
        short_name=host.get("short_name", ""),
        self_name=host.get("self_name", ""),
    )


def department_sheet(rows: list[dict[str, Any]]) -> SheetDataset:
    cells = [
        [*(row.get(name) or "" for name in _COLUMNS.values()), _joined(row.get("obsolete_names"))]
        for row in rows
    ]
    return plain_dataset([*_COLUMNS, "不规范简称"], cells)


def window_sheet(rows: list[dict[str, Any]]) -> SheetDataset:
    named = [row for row in rows if row.get("window_name")]
    cells = [[row["window_name"], row.get("short_name") or ""] for row in named]
    return plain_dataset(["窗口名称", "部门"], cells)


def _joined(names: Any) -> str:
    return "、".join(str(name) for name in names or [])


def _told(preview: Preview) -> list[str]:
    """By name, since a JSON list has no row numbers."""
    return [
        f"{problem.label} {problem.column}“{problem.value}”：{problem.message}"
        for problem in preview.problems
    ]
