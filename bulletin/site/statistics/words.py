"""What a statistics page says of a figure: the sentence, the note, the cells of its tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from stats.figures import SCALE_WORDS, STILL, print_quantity
from stats.intervals import Number
from stats.specs import IndicatorSpec

from .. import dates
from .series import Point, Series

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Figure:
    """4.6 and 万件."""

    number: str
    unit: str


def cut(printed: str) -> Figure:
    number = re.match(r"-?[0-9.]*", printed)
    length = number.end() if number else 0
    return Figure(printed[:length], printed[length:])


def scale_unit(spec: IndicatorSpec) -> str:
    """万件: what a bare number of the tables is counted in."""
    return SCALE_WORDS[spec.scale] + (spec.print_unit or spec.unit)


def bare(spec: IndicatorSpec, number: Number | None, decimals: int | None = None) -> str:
    """The number as printed, without its unit; — where there is none."""
    if number is None:
        return "—"
    places = spec.decimals if decimals is None else decimals
    return print_quantity(number, "", spec.scale, places).rstrip("万亿")


def months_of(point: Point) -> str:
    """9月; in the English labels Sep."""
    return dates.short(point.first % 12 + 1, point.last % 12 + 1)


def in_chinese(told: Callable[P, str]) -> Callable[P, str]:
    """What is told in the words of the print is told in its language on every page."""

    @wraps(told)
    def telling(*args: P.args, **kwargs: P.kwargs) -> str:
        with translation.override(settings.LANGUAGE_CODE):
            return told(*args, **kwargs)

    return telling


@in_chinese
def sentence(series: Series, point: Point) -> str:
    """9月，办理政务服务事项4.6万件，比8月增长6.2%，比上年同月增长12.4%；1—9月累计37.7万件。"""
    return f"{months_of(point)}，{'，'.join(_clauses(series, point))}{_so_far(series, point)}。"


def _clauses(series: Series, point: Point) -> Iterator[str]:
    number = series.number(point)
    yield series.spec.label + (point.figure.printed or _("没有数据"))
    if number is None:
        return
    for other, word in (
        (series.before(point), earlier_months(point)),
        (series.year_before(point), _("上年同月") if point.length == 1 else _("上年同期")),
    ):
        if other is not None:
            yield _compared(series.spec.changed(number, other), word)


def _compared(changed: str, word: str) -> str:
    return f"{'与' if changed in STILL else '比'}{word}{changed}"


def earlier_months(point: Point) -> str:
    """8月; 上年12月; 3—4月 before 5—6月: the months right before."""
    first, last = point.first - point.length, point.first - 1
    months = dates.short(first % 12 + 1, last % 12 + 1)
    return months if last // 12 == point.first // 12 else _("上年%(months)s") % {"months": months}


def _so_far(series: Series, point: Point) -> str:
    total = series.since_january(point)
    if total is None or point.first % 12 == 0:
        return ""
    months = dates.short(1, point.last % 12 + 1)
    told = (
        _("；%(months)s累计%(total)s")
        if series.spec.over_months == "sum"
        else _("；%(months)s为%(total)s")
    )
    return told % {"months": months, "total": series.spec.printed(total)}


@in_chinese
def note(series: Series, point: Point) -> str:
    """How the figure came about: whole counts, formula, windows, 口径, what was put right."""
    return "".join(_notes(series, point))


def _notes(series: Series, point: Point) -> Iterator[str]:
    figure, defined = point.figure, point.figure.definition
    if figure.low != figure.high:
        yield _("由印出的数字读入，只知道到%(step)s%(unit)s。") % {
            "step": figure.high - figure.low,
            "unit": figure.unit,
        }
    elif figure.denominator is None and series.spec.scale > 1:
        words = {"value": figure.value, "unit": figure.unit}
        yield _("登记数为%(value)s%(unit)s。") % words
    if defined and defined.formula:
        yield _("按公式计算：%(formula)s。") % {"formula": defined.formula}
    elif defined and defined.note:
        yield _("口径：%(note)s") % {"note": defined.note.removesuffix("。") + "。"}
    if figure.given_by:
        yield _("数据由%(count)s个窗口报送。") % {"count": figure.given_by}
    yield marks(point)


@in_chinese
def marks(point: Point) -> str:
    """What happened to the figure after it was first printed, in sentences."""
    return "".join(_marks(point))


def _marks(point: Point) -> Iterator[str]:
    if point.restated and point.told_in:
        words = {
            "before": point.restated.before,
            "after": point.figure.printed,
            "issue": _issue(point),
        }
        yield _("原刊%(before)s，%(issue)s订正为%(after)s。") % words
        if point.restated.reason:
            yield _("订正原因：%(why)s") % {"why": point.restated.reason.removesuffix("。") + "。"}
    if point.corrected:
        yield _("该期有更正，以更正后的版本为准。")


def _issue(point: Point) -> str:
    told = point.told_in
    assert told is not None  # noqa: S101  asked only where it is
    number = told.text.number_line
    return number if told.year == point.volume.year else f"{told.year}年{number}"


def published_in(point: Point) -> str:
    """出自第9期，2026年10月21日印发。"""
    document = point.document
    words = {"number": dates.number(document)}
    told = _("出自%(number)s") % words
    if document.issued_on is None:
        return told
    return told + _("，%(date)s印发") % {"date": dates.whole(document.issued_on)}
