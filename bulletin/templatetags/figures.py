"""The cells of the grid of all windows: twelve hundred a page, so that they are put together
here and not by as many small templates."""

from __future__ import annotations

from collections.abc import Iterator

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bulletin.forms.cells import seen_text
from stats.grid import GridCell, GridRow

register = template.Library()
_ENTRY = (
    '<input type="text" inputmode="numeric" autocomplete="off" maxlength="40" name="{}-{}"'
    ' value="{}" form="f-{}" aria-label="{}">'
)


@register.simple_tag
def cells(row: GridRow, may_change: bool) -> SafeString:
    """The row's cells: entry, number or nothing, and the signs of what is to be said of it."""
    opened, name = may_change and row.is_open, escape(row.name)
    words = {"top": _("分子"), "under": _("分母"), "none": _("不用填")}
    drawn = (
        f'<td id="c-{row.place}-{cell.column.indicator.pk}" class="{cell.worst}">'
        f"{_body(cell, row.place, name, opened, words)}{''.join(_signs(cell))}</td>"
        for cell in row.cells
    )
    return mark_safe("".join(drawn))  # noqa: S308 - names are escaped above, the rest are numbers


def _body(cell: GridCell, place: str, name: str, opened: bool, words: dict[str, str]) -> str:
    if not cell.asked and not cell.figure:
        return f'<span class="quiet" aria-label="{words["none"]}">·</span>'
    if opened and cell.asked:
        return "".join(_entry(cell, place, name, words))
    value, under = _numbers(cell)
    parted = f"／{under}" if cell.column.parted and cell.figure else ""
    return f'<span class="number">{value}{parted}</span>'


def _numbers(cell: GridCell) -> tuple[int | str, int | str]:
    figure = cell.figure
    if figure is None:
        return "", ""
    return figure.value, "" if figure.denominator is None else figure.denominator


def _entry(cell: GridCell, place: str, name: str, words: dict[str, str]) -> Iterator[str]:
    """The stored pair is sent back with it, so that nothing newer is written over."""
    key, figure, parted = cell.column.indicator.pk, cell.figure, cell.column.parted
    seen = seen_text((figure.value, figure.denominator) if figure else None)
    yield f'<input type="hidden" name="w-{key}" value="{seen}" form="f-{place}">'
    value, under = _numbers(cell)
    label = f"{name}，{escape(cell.column.spec.label)}"
    yield _ENTRY.format("v", key, value, place, label + (words["top"] if parted else ""))
    if parted:
        yield _ENTRY.format("u", key, under, place, label + words["under"])


def _signs(cell: GridCell) -> Iterator[str]:
    if cell.late and cell.figure:
        when = date_format(localtime(cell.figure.entered_at), "n月j日 H:i")
        yield format_html('<b class="sign" title="{}">{}</b>', when, _("迟"))
    if cell.restated:
        yield format_html('<b class="sign">{}</b>', _("订"))
    if cell.findings:
        tone, mark = ("bad", "！") if cell.worst == "block" else ("warn", "？")
        said = cell.findings[0].message
        yield format_html('<b class="sign {}" title="{}">{}</b>', tone, said, mark)
