"""The ledger of a month: four rows of what · state · deadline · one action."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin.document import numeral
from bulletin.forms.counts import indicators_of
from bulletin.handing_in import Place
from bulletin.models import Commission, NilReturn, Submission
from bulletin.views.desk.deadlines import Deadline
from bulletin.views.desk.status import Status, status_of

LABELS: Final = {
    "report": gettext_lazy("月度数据"),
    "news": gettext_lazy("窗口资讯"),
    "visit": gettext_lazy("领导到访"),
}
PAGES: Final = {"report": "desk:counts", "news": "desk:news", "visit": "desk:visit"}
ACTIONS: Final = {
    "report": gettext_lazy("填数据"),
    "news": gettext_lazy("写一条资讯"),
    "visit": gettext_lazy("登记到访"),
}
DEAD: Final = frozenset({"withdrawn", "declined"})


@dataclass(frozen=True, slots=True)
class Action:
    """A link to `page`, or to a submission's own page when `pk` is given."""

    label: str
    page: str
    pk: int | None = None
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    name: str
    status: Status
    action: Action
    nil: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a window's month, read once."""

    place: Place
    rows: list[Submission]
    nils: dict[str, NilReturn]
    commissions: list[Commission]
    due: Deadline
    _by_kind: dict[str, list[Submission]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Submission]:
        if kind not in self._by_kind:
            alive = [row for row in self.rows if row.kind == kind and row.state not in DEAD]
            self._by_kind[kind] = alive
        return self._by_kind[kind]

    def answered(self, kind: str) -> bool:
        """Something was handed in, or it was said that there is nothing."""
        handed_in = any(row.state not in {"draft", "returned"} for row in self.of(kind))
        return handed_in or kind in self.nils

    @property
    def missing(self) -> list[str]:
        """Kinds without an answer; what came back is named by itself."""
        returned = {row.kind for row in self.rows if row.state == "returned"}
        return [
            str(name) for k, name in LABELS.items() if not self.answered(k) and k not in returned
        ]

    @property
    def returned(self) -> int:
        return sum(row.state == "returned" for row in self.rows)

    @property
    def owed(self) -> str:
        """How many things are still to be done, as a Chinese number; empty when none is."""
        count = len(self.missing) + self.returned
        return _number(count) if count else ""

    @property
    def returned_words(self) -> str:
        return f"{_number(self.returned)}条退回的报送" if self.returned else ""

    @property
    def nil_offers(self) -> list[tuple[str, str]]:
        """Kinds that may still be answered with 零报告: (kind, name)."""
        return [
            (k, str(name)) for k, name in LABELS.items() if not self.of(k) and k not in self.nils
        ]


def ledger(sheet: Sheet) -> list[Line]:
    lines = [_report_line(sheet), _many_line(sheet, "news"), _many_line(sheet, "visit")]
    first = next((line for line in lines if not sheet.answered(line.kind)), None)
    return [_primary(line) if line is first else line for line in lines]


def _primary(line: Line) -> Line:
    act = line.action
    action = Action(act.label, act.page, act.pk, primary=True)
    return Line(line.kind, line.name, line.status, action, line.nil)


def _report_line(sheet: Sheet) -> Line:
    name, rows = str(LABELS["report"]), sheet.of("report")
    if not rows:
        blank = Status("ring", "warn", _("还没有填"), _("没有业务的，报零报告"))
        return Line("report", name, blank, Action(str(ACTIONS["report"]), PAGES["report"]))
    row = rows[0]
    status = status_of(row)
    if row.report and row.report.nil:
        status = Status(status.mark, status.tone, _("零报告"), status.label)
    if row.state in {"draft", "returned"}:
        status = _half_filled(sheet, row) if row.state == "draft" else status
        return Line("report", name, status, Action(_("接着填数据"), PAGES["report"]))
    return Line("report", name, status, Action(_("查看"), "desk:submission", row.pk))


def _half_filled(sheet: Sheet, row: Submission) -> Status:
    filled = row.report.figures.count() if row.report else 0
    words = {"all": len(indicators_of(sheet.place)), "filled": filled}
    note = _("%(all)d项已填%(filled)d项，还没有交") % words
    return Status("ring", "blue", _("填了一半") if filled < words["all"] else _("填好未交"), note)


def _many_line(sheet: Sheet, kind: str) -> Line:
    name, rows = str(LABELS[kind]), sheet.of(kind)
    action = Action(str(ACTIONS[kind]), PAGES[kind])
    if kind in sheet.nils and not rows:
        at = timezone.localtime(sheet.nils[kind].at)
        done = Status("dot", "ok", _("零报告"), f"{at.month}月{at.day}日 {at:%H:%M}")
        return Line(kind, name, done, action, nil=True)
    if not rows:
        blank = Status("ring", "warn", _("还没有报"), _("没有的，报零报告"))
        return Line(kind, name, blank, action)
    return Line(kind, name, _counted(rows), action)


def _counted(rows: list[Submission]) -> Status:
    """The state that wants most attention first, the others in the note."""
    states = Counter(row.state for row in rows)
    at_centre = sum(
        n for state, n in states.items() if state in {"submitted", "endorsed", "claimed"}
    )
    parts = [
        (states["returned"], "diamond", "bad", _("退回%(n)d条")),
        (states["draft"], "ring", "blue", _("草稿%(n)d条")),
        (at_centre, "ring", "blue", _("已报%(n)d条")),
        (states["accepted"], "dot", "ok", _("已采用%(n)d条")),
    ]
    said = [(mark, tone, words % {"n": n}) for n, mark, tone, words in parts if n]
    mark, tone, label = said[0]
    return Status(mark, tone, label, "，".join(words for _mark, _tone, words in said[1:]))


def _number(count: int) -> str:
    return "两" if count == 2 else numeral(count)
