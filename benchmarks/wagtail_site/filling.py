"""The issues of the benchmark's site, put into Wagtail as their editors would have them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from html import escape
from typing import Any

from wagtail.models import Page, Site

from bulletin.document import IssueDocument, chinese_date, loads

from .models import Imprint, IssueFile, IssuePage, RoomPage

ROOMS = ("往期", "统计", "检索", "到访登记", "部门（单位）", "更正")
FOOT = "地址：云川省临江市清和路18号\n办公时间：工作日9:00至17:00\n咨询电话：0800-000-0018"


def fill() -> None:
    home = Page.objects.get(depth=2)
    rooms = [
        home.add_child(instance=RoomPage(title=title, slug=f"room-{at}", show_in_menus=True))
        for at, title in enumerate(ROOMS)
    ]
    with sqlite3.connect(os.environ["BULLETIN_DATABASE"]) as bulletin:
        query = "SELECT id, content FROM bulletin_edition ORDER BY year, number"
        for edition, content in bulletin.execute(query).fetchall():
            _add_issue(rooms[0], loads(content), _files(bulletin, edition))
    Site.objects.update(hostname="127.0.0.1")
    Imprint.objects.create(site=Site.objects.get(), owner="云川省政府政务服务中心", lines=FOOT)


def _files(bulletin: sqlite3.Connection, edition: int) -> list[IssueFile]:
    query = "SELECT format, size, sha256 FROM bulletin_editionfile WHERE edition_id = ?"
    rows = bulletin.execute(query, (edition,)).fetchall()
    return [IssueFile(label=label, size=size, digest=digest) for label, size, digest in rows]


def _add_issue(archive: RoomPage, document: IssueDocument, files: list[IssueFile]) -> None:
    issue = IssuePage(
        title=document.masthead,
        slug=f"issue-{document.number}",
        number=document.number_line,
        issuer=document.issuer,
        date=chinese_date(document.issued_on) if document.issued_on else "",
        body=list(_sections(document)),
        files=files,
    )
    archive.add_child(instance=issue)


def _sections(document: IssueDocument) -> Iterator[tuple[str, dict[str, Any]]]:
    section: dict[str, Any] | None = None
    for line in document.lines():
        if line.role == "heading":
            if section:
                yield "section", section
            section = {"anchor": line.anchor, "heading": line.text, "items": []}
        elif section and line.role in ("item", "paragraph"):
            text = f"<p>{escape(line.body)}</p>"
            item = {"anchor": line.anchor, "label": line.label, "text": text}
            section["items"].append(item)
    if section:
        yield "section", section
