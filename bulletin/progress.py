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


@dataclass(frozen=True, slots=True)
class WallRow:
    department: Department
    cells: tuple[Cell, ...]

    @property
    def open(self) -> bool:
        return any(cell.open for cell in self.cells)

    @property
    def lacking(self) -> str:
        """数据、资讯; what came back is said: 资讯退回."""
        words = [
            f"{KINDS[cell.kind]}{cell.word if cell.answer == 'returned' else ''}"
            for cell in self.cells
            if cell.open
        ]
        return "、".join(words)


@dataclass(frozen=True, slots=True)
class Wall:
    year: int
    month: int
    cutoff: dt.datetime | None
    rows: tuple[WallRow, ...]

    @property
    def columns(self) -> list[tuple[WallRow, ...]]:
        """The rows in four columns, read downwards."""
        height = max(1, -(-len(self.rows) // 4))
        return [self.rows[at : at + height] for at in range(0, len(self.rows), height)]

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


def month_at_hand(publication: Publication) -> tuple[int, int, dt.datetime | None]:
    """Year and month the windows report on now, with the cut-off: the latest call's, else
    the month before this one."""
    call = Call.objects.filter(publication=publication).order_by("-year", "-month").first()
    if call:
        return call.year, call.month, call.cutoff
    last = timezone.localdate().replace(day=1) - dt.timedelta(days=1)
    return last.year, last.month, None


def wall(publication: Publication) -> Wall:
    """Every department with an open window, in protocol order; a fixed number of queries."""
    year, month, cutoff = month_at_hand(publication)
    answers = _answers(publication, year, month)
    rows: dict[int, WallRow] = {}
    for department, windows in _departments(publication):
        cells = tuple(_cell(kind, windows, answers) for kind in KINDS)
        rows[department.pk] = WallRow(department, cells)
    return Wall(year, month, cutoff, tuple(rows.values()))


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
