"""What an import would do, for the person who confirms it: only what changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS
from import_export.results import Result, RowResult

from windows.importing.base import CentreResource, Line
from windows.importing.sheets import Place
from windows.importing.widgets import cell_text

LISTED: Final = 300  # lines of one kind on the page; all are counted
_ABSENT: Final = "---"  # what import-export gives for a column that the file has not


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is empty when the whole file is meant; `label` is the rest of the row's key."""

    place: str
    label: str
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Difference:
    place: str
    label: str
    column: str
    old: str
    new: str
    remarks: Sequence[str] = ()

    @property
    def words(self) -> str:
        """多18 for a changed number."""
        if not (self.old.isdecimal() and self.new.isdecimal()):
            return ""
        change = int(self.new) - int(self.old)
        return f"多{change}" if change > 0 else f"少{-change}"


@dataclass(frozen=True, slots=True)
class Addition:
    place: str
    label: str
    text: str
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    problems: Sequence[Problem]
    differences: Sequence[Difference]
    additions: Sequence[Addition]
    changed: int  # rows
    unchanged: int  # rows
    remarked: int = 0  # rows to look at once more

    @property
    def is_clean(self) -> bool:
        return not self.problems

    @property
    def writes(self) -> int:
        """Rows that would be written."""
        return self.changed + len(self.additions)

    @property
    def digest(self) -> str:
        """Tells whether what is written is what was shown."""
        shown = [[d.place, d.label, d.column, d.old, d.new] for d in self.differences]
        shown += [[a.place, a.label, a.text] for a in self.additions]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def preview_of(result: Result, resource: CentreResource) -> Preview:
    lines: list[Line] = [row for row in result.rows if isinstance(row, Line)]
    changed = [line for line in lines if line.is_update()]
    return Preview(
        problems=_told_once([*_problems(result, resource), *_objections(lines, resource)]),
        differences=[difference for line in changed for difference in _differences(line)],
        additions=[_addition(line) for line in lines if line.is_new()],
        changed=len(changed),
        unchanged=result.totals[RowResult.IMPORT_TYPE_SKIP],
        remarked=sum(bool(line.remarks) for line in lines),
    )


def _problems(result: Result, resource: CentreResource) -> Iterable[Problem]:
    for error in result.base_errors:
        for message in getattr(error.error, "messages", ["写入时出错，没有改动任何数据。"]):
            yield Problem("", "", "", "", message)
    for row in result.invalid_rows:
        values = dict(zip(result.diff_headers, row.values, strict=True))
        place = resource.places[row.number - 1]
        order = list(place.letters)  # as the eye goes through the file
        named = sorted(row.error_dict.items(), key=lambda item: _rank(item[0], order))
        for name, messages in named:
            yield from _row_problems(resource, place, name, messages, values)
    for line in result.error_rows:
        place = resource.places[line.number - 1]
        yield Problem(place.of(), "", "", "", "这一行写不进去。请核对各列，或在页面上改。")


def _rank(heading: str, order: Sequence[str]) -> int:
    return order.index(heading) if heading in order else len(order)


def _row_problems(
    resource: CentreResource,
    place: Place,
    name: str,
    messages: Iterable[str],
    values: Mapping[str, Any],
) -> Iterable[Problem]:
    """`name` is a heading, or an attribute when the model itself objects."""
    by_attribute = {column.attribute: heading for heading, column in resource.columns.items()}
    heading = "" if name == NON_FIELD_ERRORS else by_attribute.get(name, name)
    cells = {key: cell_text(value) for key, value in values.items() if value != _ABSENT}
    label = resource.label_of_cells({**cells, heading: ""})
    for message in messages:
        yield Problem(place.of(heading), label[:80], heading, cells.get(heading, "")[:60], message)


def _told_once(problems: Iterable[Problem]) -> list[Problem]:
    """A wide sheet's row has many numbers: what is wrong with its window is told once."""
    found: dict[tuple[str, ...], Problem] = {}
    for problem in problems:
        same = (problem.place, problem.column, problem.value, problem.message)
        if same in found and found[same].label != problem.label:
            found[same] = replace(problem, label="")
        found.setdefault(same, problem)
    return list(found.values())


def _objections(lines: Iterable[Line], resource: CentreResource) -> Iterable[Problem]:
    """Rows that could be read and must not be written all the same."""
    for line in lines:
        new = {heading: str(value) for heading, _old, value in line.changes}
        for message in line.objections:
            value = new.get(resource.anchor, "")[:60]
            yield Problem(line.where, line.label[:80], resource.anchor, value, message)


def _differences(line: Line) -> Iterable[Difference]:
    for heading, old, new in line.changes:
        told = line.remarks if heading == line.changes[0][0] else ()
        yield Difference(line.place.of(heading), line.label, heading, str(old), str(new), told)


def _addition(line: Line) -> Addition:
    text = "；".join(f"{heading}{new}" for heading, _old, new in line.changes if new)
    return Addition(line.where, line.label, text, line.remarks)
