"""A clean sheet of figures by columns instead of rows: the same result, some fifty times faster.

Every distinct cell is read once, by the very widgets of `FigureResource`; what is stored is
compared in one pass. Whatever is not clean throughout (a cell that cannot be read, a rule
broken, a row twice, a closed month) is left to the resource, which tells it row by row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Final

from stats.figure_columns import (
    DENOMINATOR,
    INDICATOR,
    MONTH,
    NOTE,
    VALUE,
    WINDOW,
    YEAR,
    has_denominator,
    is_entered,
)
from stats.figure_remarks import Incoming, objections, remarks, remarks_on
from stats.figure_rules import owner_problem, validity_problem
from stats.figure_spots import Spot, figure_label, place_key
from stats.figure_told import BulkPreview, Told
from stats.figure_writing import FigureRow, write_figures
from stats.models import Figure, Indicator, MonthlyReport
from windows.importing.base import incoming
from windows.importing.preview import Addition, Difference, Problem
from windows.importing.sheets import Place
from windows.importing.widgets import cell_text

NUMBERS: Final = (VALUE, DENOMINATOR, NOTE)
_READABLE: Final = frozenset({str, int, float, type(None)})

Tell = Callable[[int], None]
"""Told how far along it is, in per cent."""

Numbers = tuple[Any, ...]
"""The value, denominator and note of a row, as far as the file has those columns."""


class NotPlain(Exception):
    """The sheet has something that must be told row by row."""


class BulkImport:
    """One file on its way in. Raises NotPlain from any step before `write`."""

    def __init__(self, resource: Any, dataset: Any) -> None:
        """`resource` is a prepared FigureResource, `dataset` the long sheet."""
        self.resource, self.dataset = resource, dataset
        self.places: Sequence[Place] = dataset.places
        self.indicators: dict[int, Indicator] = {}
        self.objections: list[tuple[int, str]] = []
        self.remarks: dict[int, tuple[str, ...]] = {}

    # Reading -----------------------------------------------------------------

    def read(self) -> None:
        """Cells to values. Needs the directories of the resource, no locks."""
        if any(self.dataset.troubles):
            raise NotPlain
        columns = dict(zip(self.dataset.headers, _columns(self.dataset), strict=True))
        read = {heading: self._values(heading, cells) for heading, cells in columns.items()}
        self.years, self.months, self.where = read[YEAR], read[MONTH], read[WINDOW]
        self.what = self._keys(read[INDICATOR])
        self.given = tuple(heading for heading in NUMBERS if heading in read)
        self.numbers = list(zip(*(read[heading] for heading in self.given), strict=True))
        self._check(read.get(DENOMINATOR))

    def _values(self, heading: str, cells: Sequence[Any]) -> list[Any]:
        """Each distinct cell is cleaned once; True and 1 are equal, so kinds are looked at."""
        if not set(map(type, cells)) <= _READABLE:
            raise NotPlain
        clean = self.resource.columns[heading].widget.clean
        try:
            values = {cell: clean(incoming(cell), {}) for cell in set(cells)}
        except ValueError as error:
            raise NotPlain from error
        return list(map(values.__getitem__, cells))

    def _keys(self, indicators: Sequence[Indicator]) -> list[int]:
        """Primary keys: to hash a row of the database takes longer than to read a cell."""
        by_identity = {id(row): row for row in indicators}
        self.indicators = {row.pk: row for row in by_identity.values()}
        keys = {at: row.pk for at, row in by_identity.items()}
        return list(map(keys.__getitem__, map(id, indicators)))

    def _check(self, denominators: Sequence[int | None] | None) -> None:
        """The rules of `figure_rules`, on what there is of each kind."""
        months = set(zip(self.what, self.years, self.months, strict=True))
        owners = set(zip(self.what, map(type, self.where), strict=True))
        places = {type(place): place for place in self.where}
        rows = self.indicators
        wrong = (
            any(not is_entered(row) for row in rows.values())
            or any(validity_problem(rows[key], year, month) for key, year, month in months)
            or any(owner_problem(rows[key], places[kind]) for key, kind in owners)
            or self._wrong_denominators(denominators)
        )
        if wrong:
            raise NotPlain

    def _wrong_denominators(self, denominators: Sequence[int | None] | None) -> bool:
        asked = {key for key, row in self.indicators.items() if has_denominator(row)}
        if denominators is None:
            return bool(asked)
        shares = {key for key in asked if self.indicators[key].unit == "%"}
        return any(
            (under is None or (key in shares and numbers[0] > under)) if key in asked else under
            for key, numbers, under in zip(self.what, self.numbers, denominators, strict=True)
        )

    # Comparing ---------------------------------------------------------------

    def compare(self) -> None:
        """With what is stored. Needs the reports, locked."""
        places = {id(place): place for place in self.where}
        keys = list(zip(self.years, self.months, map(id, self.where), strict=True))
        self.spots: list[Spot] = [
            (year, month, places[place]) for year, month, place in dict.fromkeys(keys)
        ]
        at = {key: n for n, key in enumerate(dict.fromkeys(keys))}
        self.report = list(map(at.__getitem__, keys))
        if len(set(zip(self.report, self.what, strict=True))) < len(keys):
            raise NotPlain
        self.reports = [self.resource.spots.report(spot) for spot in self.spots]
        self.olds = self._stored()
        pick = itemgetter(*(NUMBERS.index(heading) for heading in self.given))
        pairs = enumerate(zip(self.olds, self.numbers, strict=True))
        single = len(self.given) == 1
        self.changed = [
            n
            for n, (old, new) in pairs
            if old is not None and (pick(old) != (new[0] if single else new))
        ]
        self.added = [n for n, old in enumerate(self.olds) if old is None]
        self._refuse_closed()

    def _stored(self) -> list[Numbers | None]:
        """(value, denominator, note) of each row, None where there is none. One query."""
        pks = [report.pk for report in self.reports]
        there = [pk for pk in pks if pk]
        if not there:
            return [None] * len(self.report)
        # by key, not by month: a table just filled has no statistics to find a good join with
        rows = Figure.objects.filter(report__in=there).values_list(
            "report", "indicator", "value", "denominator", "note"
        )
        stored = {row[:2]: row[2:] for row in rows}
        wanted = zip(map(pks.__getitem__, self.report), self.what, strict=True)
        return list(map(stored.get, wanted))

    def _refuse_closed(self) -> None:
        touched = {self.report[n] for n in (*self.changed, *self.added)}
        if any(self.reports[n].state != MonthlyReport.State.ENTERED for n in touched):
            raise NotPlain

    # Telling -----------------------------------------------------------------

    def check(self) -> None:
        """What the checks of `stats.checks` say of the new and changed rows."""
        rows = sorted((*self.changed, *self.added))
        incoming = [self._incoming(n) for n in rows]
        found = remarks_on(self.resource.centre, incoming, self.resource.spots.names)
        said = {rows[n]: findings for n, findings in found.items()}
        self.objections = [(n, text) for n in sorted(said) for text in objections(said[n])]
        self.remarks = {n: told for n in said if (told := remarks(said[n]))}

    def _incoming(self, n: int) -> Incoming:
        year, month, place = self.spots[self.report[n]]
        value, denominator, note = self._numbers(n)
        numbers = (value, denominator, bool(note and note.strip()))
        return Incoming(year, month, place_key(place), self.indicators[self.what[n]].key, numbers)

    def preview(self) -> BulkPreview:
        """What the resource's own preview would say, line by line."""
        cells = [(n, at) for n in self.changed for at in self._differing(n)]
        written = [(self._key(n), self.olds[n], self.numbers[n]) for n in self.changed]
        written += [(self._key(n), None, self.numbers[n]) for n in self.added]
        return BulkPreview(
            problems=[self._problem(n, message) for n, message in self.objections],
            differences=Told(cells, self._difference),
            additions=Told(self.added, self._addition),
            changed=len(self.changed),
            unchanged=len(self.report) - len(self.changed) - len(self.added),
            remarked=len(self.remarks),
            content=hashlib.sha256(repr(written).encode()).hexdigest(),
        )

    def _key(self, n: int) -> tuple[int, int | None, int]:
        return n, self.reports[self.report[n]].pk, self.what[n]

    def _differing(self, n: int) -> Iterator[int]:
        old = self.olds[n] or ()
        for at, heading in enumerate(self.given):
            if old[NUMBERS.index(heading)] != self.numbers[n][at]:
                yield at

    def _difference(self, cell: tuple[int, int]) -> Difference:
        n, at = cell
        heading = self.given[at]
        old = (self.olds[n] or ())[NUMBERS.index(heading)]
        new = self.numbers[n][at]
        first = at == next(self._differing(n))
        return Difference(
            self.places[n].of(heading),
            self._label(n),
            heading,
            cell_text(old),
            cell_text(new),
            self.remarks.get(n, ()) if first else (),
        )

    def _problem(self, n: int, message: str) -> Problem:
        value = cell_text(self._numbers(n)[0])
        return Problem(self.places[n].of(VALUE), self._label(n)[:80], VALUE, value, message)

    def _addition(self, n: int) -> Addition:
        told = zip(self.given, map(cell_text, self.numbers[n]), strict=True)
        text = "；".join(f"{heading}{number}" for heading, number in told if number)
        return Addition(self.places[n].of(VALUE), self._label(n), text, self.remarks.get(n, ()))

    def _label(self, n: int) -> str:
        at = self.report[n]
        return figure_label(self.spots[at], self.indicators[self.what[n]], self.reports[at])

    # Writing -----------------------------------------------------------------

    def write(self) -> None:
        """In the caller's transaction."""
        rows = sorted((*self.changed, *self.added))
        touched = dict.fromkeys(self.report[n] for n in rows)
        self.resource.touched = {self.spots[at]: self.reports[at] for at in touched}
        self.resource.spots.save(self.resource.touched.values())
        pks = [report.pk for report in self.reports]
        by = self.resource.user.pk if self.resource.user else None
        new = [self._row(n, pks) for n in self.added]
        write_figures(new, [self._row(n, pks) for n in self.changed], by=by)

    def _row(self, n: int, pks: Sequence[int]) -> FigureRow:
        return (pks[self.report[n]], self.what[n], *self._numbers(n))

    def _numbers(self, n: int) -> Numbers:
        """Value, denominator and note; what the file does not say stays as it is."""
        numbers = self.numbers[n]
        if len(numbers) < len(NUMBERS):
            kept = dict(zip(NUMBERS, self.olds[n] or (None, None, ""), strict=True))
            kept.update(zip(self.given, numbers, strict=True))
            numbers = tuple(kept.values())
        return numbers


def silent(_percent: int) -> None:
    """For those who do not wait."""


def _columns(dataset: Any) -> list[Sequence[Any]]:
    return list(zip(*dataset.cells, strict=True))


def bulk_import(
    resource: Any, dataset: Any, *, dry_run: bool, tell: Tell = silent
) -> BulkPreview | None:
    """The preview, and unless `dry_run` all of it written; None when the sheet is not plain.

    Not within the caller's transaction when it is to be written all or not at all.
    """
    try:
        one = BulkImport(resource, dataset)
        one.read()
        tell(40)
        one.compare()
    except NotPlain:
        return None
    tell(60)
    if dry_run:
        one.check()
    preview = one.preview()
    if not dry_run:
        one.write()
    tell(95)
    return preview
