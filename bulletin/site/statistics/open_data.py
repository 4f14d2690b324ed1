"""Every published figure with its definition, to take away: CSV for Excel, JSON for programs.

Addresses are stable; the ETag is the digest of the editions the figures come from.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from bulletin.document import FigureRecord
from windows.importing.escaping import escape

from ..pages import Absent, Asked, Sheet
from ..shelf import Volume, recent
from .series import Point, definition_of, is_exact, points_of

SCHEMA: Final = "bulletin-figures/1"
MOST_YEARS: Final = 10  # in one file; any other year has a file of its own
_ADDS_UP: Final = {
    "sum": "相加",
    "ratio": "总数之比",
    "weighted": "加权平均",
    "count": "计窗口数",
    "idle": "计无业务窗口",
    "derived": "按公式",
    "none": "不合计",
}
_HEADINGS: Final = (
    "年", "月", "至月", "期号", "指标代号", "指标", "单位", "数值", "分母", "不小于", "小于",
    "刊出", "进位", "小数位", "刊出单位", "各窗口", "各月", "公式", "口径", "报送窗口数",
    "印发日期", "内容摘要", "更正", "原刊", "订正原因",
)  # fmt: skip


def figures(asked: Asked, slug: str, extension: str, year: int | None = None) -> Sheet:
    """figures.csv and figures.json of a publication: its newest ten years, or the one asked for."""
    volumes = recent(slug, years=MOST_YEARS, year=year, around=0 if year is None else 1)
    every = _printed(volumes, year)
    if not every or extension not in WRITERS:
        raise Absent
    content_type, write = WRITERS[extension]
    published = max(volume.published_at for volume in volumes)
    return Sheet(volumes, lambda: write(volumes[0], every), published, content_type)


Every = Sequence[Sequence[Point]]


def _printed(volumes: Sequence[Volume], year: int | None) -> Every:
    """What was printed of each indicator, of one year where that is asked for."""
    every = points_of(volumes, year)
    if year is None:
        return every
    held = ([point for point in points if point.volume.year == year] for points in every)
    return [points for points in held if points]


def as_csv(_newest: Volume, every: Every) -> bytes:
    """UTF-8 with the mark that Excel wants; no cell begins as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for points in every:
        writer.writerows([escape(cell) for cell in _row(point)] for point in points)
    return out.getvalue().encode("utf-8-sig")


def _row(point: Point) -> tuple[Any, ...]:
    document, figure = point.document, point.figure
    known, period = definition_of(figure), document.period
    told = point.restated
    return (
        period.year, period.month, period.month_to or period.month, document.number,
        figure.key, figure.label, figure.unit, figure.value, figure.denominator,
        *_bounds(point), figure.printed, known.scale, known.decimals,
        known.print_unit or figure.unit, _ADDS_UP.get(known.over_windows, ""),
        _ADDS_UP.get(known.over_months, ""), known.formula, known.note, figure.given_by,
        _iso(document.issued_on), point.volume.digest, "是" if point.corrected else "",
        told.before if told else "", told.reason if told else "",
    )  # fmt: skip


def _bounds(point: Point) -> tuple[int | None, int | None]:
    """Of a figure known only as it was rounded for print."""
    figure = point.figure
    return (None, None) if is_exact([point]) else (figure.low, figure.high)


def as_json(newest: Volume, every: Every) -> bytes:
    told = {
        "schema": SCHEMA,
        "publication": newest.slug,
        "title": newest.text.masthead,
        "owner": newest.publisher.owner,
        "indicators": [_indicator(points[-1].figure) for points in every],
        "figures": [_figure(point) for points in every for point in points],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _indicator(figure: FigureRecord) -> dict[str, Any]:
    """As the newest issue defines it; each figure has its own where that was frozen."""
    named = {"key": figure.key, "label": figure.label, "unit": figure.unit}
    return named | asdict(definition_of(figure))


def _figure(point: Point) -> dict[str, Any]:
    document, figure = point.document, point.figure
    return {
        **asdict(document.period),
        "number": document.number,
        "issued_on": _iso(document.issued_on),
        "edition": point.volume.digest,
        "corrected": point.corrected,
        **asdict(figure),
        "restated": dict(_restated(point)) or None,
    }


def _restated(point: Point) -> Iterator[tuple[str, Any]]:
    if point.restated and point.told_in:
        yield "before", point.restated.before
        yield "reason", point.restated.reason
        yield "told_in", [*point.told_in.key]


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


WRITERS: Final[dict[str, tuple[str, Callable[[Volume, Every], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
}
