"""The progress wall: which department has handed in what is due for a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bulletin.models import Call, NilReturn, Publication, Submission
from windows.models import Department, ServiceWindow

KINDS: Final = {"report": _("数据"), "news": _("资讯"), "visit": _("到访")}
# From the best answer to the worst.
ANSWERS: Final = {
    "done": _("已报"),
    "nil": _("零报"),
    "review": _("审阅"),
    "returned": _("退回"),
    "missing": _("未报"),
}
_RANK: Final = {answer: rank for rank, answer in enumerate(ANSWERS)}


@dataclass(frozen=True, slots=True)
class Cell:
    kind: str
    answer: str

    @property
    def word(self) -> str:
        return str(ANSWERS[self.answer])

    @property
    def name(self) -> str:
        return str(KINDS[self.kind])

    @property
    def open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self.answer in {"returned", "missing"}


def in_words(cells: Iterable[Cell]) -> str:
    """数据、资讯; what came back is said: 资讯退回."""
    return "、".join(
        f"{KINDS[cell.kind]}{cell.word if cell.answer == 'returned' else ''}" for cell in cells
    )


@dataclass(frozen=True, slots=True)
class WallRow:
    """`due` tells what each window lacks: (window, 数据、资讯退回)."""

    department: Department
    cells: tuple[Cell, ...]
    due: tuple[tuple[int, str], ...] = ()

    @property
    def open(self) -> bool:
        return any(cell.open for cell in self.cells)

    @property
    def lacking(self) -> str:
        return in_words(cell for cell in self.cells if cell.open)


@dataclass(frozen=True, slots=True)
class Wall:
    year: int
    month: int
    cutoff: dt.datetime | None
    rows: tuple[WallRow, ...]
    call: Call | None = None
    only_lacking: bool = False

    @property
    def columns(self) -> list[tuple[WallRow, ...]]:
        """The rows to show in four columns, read downwards."""
        rows = self.lacking if self.only_lacking else self.rows
        height = max(1, -(-len(rows) // 4))
        return [rows[at : at + height] for at in range(0, len(rows), height)]

    @property
    def lacking(self) -> tuple[WallRow, ...]:
        return tuple(row for row in self.rows if row.open)

    @property
    def totals(self) -> list[tuple[str, int, int]]:
        """(数据, handed in, departments) for each kind."""
        return [
            (str(word), sum(not row.cells[at].open for row in self.rows), len(self.rows))
            for at, word in enumerate(KINDS.values())
        ]

    @property
    def days_late(self) -> int:
        if self.cutoff is None or self.cutoff > timezone.now():
            return 0
        return max(1, (timezone.localdate() - timezone.localdate(self.cutoff)).days)


def wall(publication: Publication, call: Call | None = None, *, only_lacking: bool = False) -> Wall:
    """Every department with an open window, in protocol order; a fixed number of queries.

    Of the call's month: the latest call's; without one, of the month before this one.
    """
    calls = Call.objects.filter(publication=publication).order_by("-year", "-month")
    call = call or calls.first()
    last = timezone.localdate().replace(day=1) - dt.timedelta(days=1)
    year, month = (call.year, call.month) if call else (last.year, last.month)
    answers = _answers(publication, year, month)
    rows: dict[int, WallRow] = {}
    for department, windows in _departments(publication):
        cells = tuple(_cell(kind, windows, answers) for kind in KINDS)
        due = tuple(_due(cells, windows, answers))
        rows[department.pk] = WallRow(department, cells, due)
    cutoff = call.cutoff if call else None
    return Wall(year, month, cutoff, tuple(rows.values()), call, only_lacking)


def _due(
    cells: tuple[Cell, ...], windows: list[int], answers: dict[tuple[int, str], str]
) -> Iterator[tuple[int, str]]:
    """News and visits that a department lacks are asked of each of its windows."""
    for window in windows:
        own = [Cell(cell.kind, answers.get((window, cell.kind), "missing")) for cell in cells]
        asked = [one for one, cell in zip(own, cells, strict=True) if cell.open and one.open]
        if asked:
            yield window, in_words(asked)


def _departments(publication: Publication) -> Iterable[tuple[Department, list[int]]]:
    windows = ServiceWindow.objects.filter(
        centre=publication.centre_id, is_open=True
    ).select_related("department")
    grouped: dict[Department, list[int]] = {}
    for window in windows.order_by("department__order", "department_id", "pk"):
        grouped.setdefault(window.department, []).append(window.pk)
    return grouped.items()


def _answers(publication: Publication, year: int, month: int) -> dict[tuple[int, str], str]:
    """(window, kind) → its best answer."""
    best: dict[tuple[int, str], str] = {}
    for window, kind, answer in _each_answer(publication, year, month):
        held = best.get((window, kind), "missing")
        best[window, kind] = min(held, answer, key=_RANK.__getitem__)
    return best


def _each_answer(publication: Publication, year: int, month: int) -> Iterator[tuple[int, str, str]]:
    of_month = {"publication": publication, "year": year, "month": month}
    submissions = Submission.objects.filter(**of_month, window__isnull=False).exclude(
        state__in=["draft", "withdrawn", "declined"]
    )
    for window, kind, state, nil, endorse, endorsed in submissions.values_list(
        "window_id", "kind", "state", "report__nil", "window__needs_endorsement", "endorsed_at"
    ):
        waits = state == "submitted" and endorse and endorsed is None
        answer = "review" if waits else "nil" if nil else "done"
        yield window, kind, "returned" if state == "returned" else answer
    for window, kind in NilReturn.objects.filter(**of_month).values_list("window_id", "kind"):
        yield window, kind, "nil"


def _cell(kind: str, windows: list[int], answers: dict[tuple[int, str], str]) -> Cell:
    """Counts are due from every window, news and visits from any window of a department."""
    given = [answers.get((window, kind), "missing") for window in windows]
    choose = max if kind == "report" else min
    return Cell(kind, choose(given, key=_RANK.__getitem__))
