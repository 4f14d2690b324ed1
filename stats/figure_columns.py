"""The headings of figure sheets, and the wide sheet (a row a window) turned into the long one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from stats.models import Indicator
from windows.importing.sheets import Place, SheetDataset, heading_text, sheet_dataset
from windows.importing.widgets import cell_text

YEAR: Final = "年"
MONTH: Final = "月"
WINDOW: Final = "窗口"
INDICATOR: Final = "指标"
VALUE: Final = "数值"
DENOMINATOR: Final = "分母"
NOTE: Final = "口径说明"

LONG: Final = (YEAR, MONTH, WINDOW, INDICATOR, VALUE, DENOMINATOR, NOTE)
CENTRE_ITSELF: Final = "中心"  # in the column 窗口: figures the centre enters itself

WITH_DENOMINATOR: Final = frozenset({Indicator.Aggregation.RATIO, Indicator.Aggregation.WEIGHTED})

Target = tuple[Indicator, str]
"""An indicator and which of its numbers a wide column holds: VALUE or DENOMINATOR."""


def has_denominator(indicator: Indicator) -> bool:
    return indicator.over_windows in WITH_DENOMINATOR


COMPUTED: Final = frozenset({Indicator.Aggregation.DERIVED, Indicator.Aggregation.IDLE})


def is_entered(indicator: Indicator) -> bool:
    return indicator.over_windows not in COMPUTED


def wide_headings(indicators: Iterable[Indicator]) -> dict[str, Target]:
    """Heading → what stands under it, as the wide sheet is exported: 全程网办受理（件）."""
    headings: dict[str, Target] = {}
    for indicator in filter(is_entered, indicators):
        if has_denominator(indicator):
            headings[f"{indicator.label}（分子）"] = (indicator, VALUE)
            headings[f"{indicator.label}（分母）"] = (indicator, DENOMINATOR)
        else:
            headings[heading_text(f"{indicator.label}（{indicator.unit}）")] = (indicator, VALUE)
    return headings


def is_wide(headings: Iterable[str]) -> bool:
    given = set(headings)
    return WINDOW in given and not given & {INDICATOR, VALUE}


def known_headings(indicators: Iterable[Indicator]) -> dict[str, Target]:
    """As in `wide_headings`; also without the unit, and by key."""
    rows = list(indicators)
    short = {
        name: (row, VALUE)
        for row in rows
        if is_entered(row) and not has_denominator(row)
        for name in (row.key, heading_text(row.label))
    }
    return short | {heading_text(name): target for name, target in wide_headings(rows).items()}


def wide_problems(given: Sequence[str], targets: Mapping[str, Target]) -> list[str]:
    """What is wrong with the headings of a wide sheet, in sentences."""
    missing = [name for name in (YEAR, MONTH) if name not in given]
    unknown = [name for name in given if name not in {*targets, YEAR, MONTH, WINDOW}]
    twice = [name for name in dict.fromkeys(given) if given.count(name) > 1]
    twice += [row.label for row, names in _named(given, targets).items() if _repeats(names)]
    problems = [f"“{name}”有不止一列，请只留一列。" for name in twice]
    if missing:
        problems.append(f"缺少的列：{'、'.join(missing)}。请在表头补上。")
    if unknown:
        indicators = dict.fromkeys(row for row, _column in targets.values())
        problems.append(f"不认识的列：{'、'.join(unknown)}。请改成指标的名称，或删去这些列。")
        problems.append(f"可以有的列：年、月、窗口、{'、'.join(wide_headings(indicators))}。")
    return problems


def to_long(dataset: Any, targets: Mapping[str, Target]) -> SheetDataset:
    """One row a filled cell; an empty cell says nothing, and what is stored stays."""
    named = {row: dict(names) for row, names in _named(dataset.headers, targets).items()}
    labels = Counter(row.label for row in dict.fromkeys(row for row, _ in targets.values()))
    rows: list[list[Any]] = []
    places: list[Place] = []
    troubles: list[Mapping[str, str]] = []
    for cells, place, trouble in zip(dataset.cells, dataset.places, dataset.troubles, strict=True):
        values = dict(zip(dataset.headers, cells, strict=True))
        for indicator, names in named.items():
            if any(_says_something(values[name], name, trouble) for name in names.values()):
                name = indicator.label if labels[indicator.label] == 1 else indicator.key
                rows.append(_long_cells(values, name, names))
                places.append(_long_place(place, names))
                troubles.append({c: trouble[name] for c, name in names.items() if name in trouble})
    return sheet_dataset(LONG[:-1], rows, places, troubles)


def _long_cells(values: Mapping[str, Any], indicator: str, names: Mapping[str, str]) -> list[Any]:
    numbers = [values.get(names.get(column, ""), "") for column in (VALUE, DENOMINATOR)]
    return [values[YEAR], values[MONTH], values[WINDOW], indicator, *numbers]


def _long_place(place: Place, names: Mapping[str, str]) -> Place:
    """The letters of the file's own columns."""
    letters = {column: place.letters[name] for column, name in names.items()}
    for heading in (YEAR, MONTH, WINDOW):
        letters[heading] = place.letters.get(heading, "")
    return Place(place.row, {INDICATOR: letters.get(VALUE, ""), **letters})


def _named(
    headings: Iterable[str], targets: Mapping[str, Target]
) -> dict[Indicator, list[tuple[str, str]]]:
    """Indicator → (VALUE or DENOMINATOR, heading)…"""
    found: dict[Indicator, list[tuple[str, str]]] = {}
    for heading in headings:
        if heading in targets:
            indicator, column = targets[heading]
            found.setdefault(indicator, []).append((column, heading))
    return found


def _repeats(names: Sequence[tuple[str, str]]) -> bool:
    """The same number under two headings, such as the label and the key."""
    return len({column for column, _heading in names}) < len(set(names))


def _says_something(cell: Any, heading: str, trouble: Mapping[str, str]) -> bool:
    return heading in trouble or bool(cell_text(cell).strip())
