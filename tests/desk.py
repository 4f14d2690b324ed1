"""What a clerk would type, for tests of the desk; its clock stands at 3 March 2026."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils import timezone

from tests.factories import SHANGHAI

NOW = dt.datetime(2026, 3, 3, 10, 30, tzinfo=SHANGHAI)
NEWS = "/desk/2026/2/news/"
VISIT = "/desk/2026/2/visit/"
COUNTS = "/desk/2026/2/counts/"


def stop_the_clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def news(**fields):
    return {
        "action": "submit",
        "key": str(uuid.uuid4()),
        "year": "2026",
        "month": "2",
        "day": "25",
        "section_key": "window_news",
        "subject": "商务厅窗口",
        "text": "推出企业备案当日办结。",
        **fields,
    }


def visit(leader="", **fields):
    return {
        "action": "submit",
        "key": str(uuid.uuid4()),
        "year": "2026",
        "month": "2",
        "day": "20",
        "where": "own",
        "kind": "guidance",
        "opening": "他强调，",
        "remarks": "要把企业的事当作自己的事。",
        "visitors-TOTAL": "1",
        "visitors-0-leader": str(leader),
        **fields,
    }


def said(response):
    """Everything the page says, errors included."""
    return response.content.decode()
