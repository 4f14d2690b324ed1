"""Cells of the clerk's grid as they come: typed text beside what the page showed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from bulletin.figure_entry import Numbers, TypedCell
from stats.counts import CountError, conversion, parse_count
from stats.models import Indicator
from stats.specs import IndicatorSpec
from stats.totals import spec_of


@dataclass(slots=True)
class ReadCells:
    """What could be read; what could not, by indicator; and what was taken for another number."""

    cells: list[TypedCell] = field(default_factory=list)
    errors: dict[int, str] = field(default_factory=dict)
    conversions: list[str] = field(default_factory=list)


def seen_text(numbers: Numbers | None) -> str:
    """ "37900/" or "9/10", "" for an empty cell: what travels with the page."""
    if numbers is None:
        return ""
    value, denominator = numbers
    return f"{value}/{'' if denominator is None else denominator}"


def read_cells(data: Mapping[str, str], indicators: Iterable[Indicator]) -> ReadCells:
    """Only cells that are in `data` and differ from what the page showed."""
    found = ReadCells()
    for indicator in indicators:
        key = indicator.pk
        if f"v-{key}" not in data:
            continue
        spec = spec_of(indicator)
        try:
            numbers = _numbers(data, spec, key)
            seen = _seen(data.get(f"w-{key}", ""))
        except CountError as error:
            found.errors[key] = _("%(label)s：%(why)s") % {"label": spec.label, "why": error}
            continue
        if numbers != seen:
            found.cells.append(TypedCell(indicator, numbers, seen))
            found.conversions += _conversions(data, spec, key)
    return found


def _numbers(data: Mapping[str, str], spec: IndicatorSpec, key: int) -> Numbers | None:
    value = parse_count(data[f"v-{key}"], spec.unit)
    if not spec.has_denominator:
        return None if value is None else (value, None)
    under = parse_count(data.get(f"u-{key}", ""), _("件"))
    if value is None and under is None:
        return None
    if value is None or under is None:
        raise CountError(_("要填分子和分母两个数。"))
    if spec.is_rate and value > under:
        raise CountError(_("分子大于分母，请核对是否填反了。"))
    return value, under


def _seen(text: str) -> Numbers | None:
    value, slash, under = text.partition("/")
    if not slash:
        return None
    whole = parse_count(value)
    return None if whole is None else (whole, parse_count(under))


def _conversions(data: Mapping[str, str], spec: IndicatorSpec, key: int) -> Iterator[str]:
    for name in (f"v-{key}", f"u-{key}"):
        if said := conversion(data.get(name, ""), spec.unit):
            yield f"{spec.label}{said}"
