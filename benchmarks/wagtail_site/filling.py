"""The newest issue of the benchmark's site, put into Wagtail line by line."""

from __future__ import annotations

import os
import sqlite3
from html import escape

from wagtail.models import Page, Site

from bulletin.document import loads

from .models import IssuePage


def fill() -> None:
    with sqlite3.connect(os.environ["BULLETIN_DATABASE"]) as bulletin:
        query = "SELECT content FROM bulletin_edition ORDER BY year DESC, number DESC LIMIT 1"
        document = loads(bulletin.execute(query).fetchone()[0])
    body = [
        ("heading", line.text)
        if line.role == "heading"
        else ("paragraph", f"<p>{escape(line.text)}</p>")
        for line in document.lines()
    ]
    home = Page.objects.get(depth=2)
    home.add_child(instance=IssuePage(title=document.masthead, slug="issue", body=body))
    Site.objects.update(hostname="127.0.0.1")
