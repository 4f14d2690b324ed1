"""Issues with the figures of the usual paragraph, as `assembly` would freeze them."""

from __future__ import annotations

from dataclasses import replace

from bulletin.document import FigureRecord, IssueDocument, Period, RestatementRecord
from bulletin.figure_records import record_of
from stats.defaults import INDICATORS
from stats.specs import IndicatorSpec, Value
from tests import press

SPECS = {spec.key: spec for spec in INDICATORS}
FORMULA = "全程网办受理 + 综合窗口受理"
KEYS = (
    "total_handled", "online_accepted", "online_completed", "counter_accepted",
    "counter_issued", "mailed", "consult_phone", "consult_onsite",
)  # fmt: skip
SHARES = {
    "online_accepted": 0.96, "online_completed": 0.955, "counter_accepted": 0.04,
    "counter_issued": 0.035, "mailed": 0.017, "consult_phone": 0.024, "consult_onsite": 0.1,
}  # fmt: skip
# What was handled in each month of the picture, in hundreds.
LAST_YEAR = (312, 386, 419, 401, 394, 423, 431, 417, 408, 389, 415, 446)
THIS_YEAR = (368, 297, 450, 433, 421, 452, 463, 431, 458)


def record(key: str, value: int, denominator: int | None = None, **fields) -> FigureRecord:
    spec: IndicatorSpec = SPECS[key]
    formula = FORMULA if key == "total_handled" else ""
    made = record_of(spec, Value(value, denominator), formula=formula, given_by=31)
    return replace(made, **fields)


def figures(total: int) -> tuple[FigureRecord, ...]:
    """The eight of the paragraph, in a fixed proportion to `total`."""
    counted = {key: round(total * share) for key, share in SHARES.items()}
    return tuple(record(key, counted.get(key, total)) for key in KEYS)


def told(
    year: int, month: int, total: int | None = None, *, month_to: int | None = None, **fields
) -> IssueDocument:
    """A document of that month whose total is `total`; anything else may be given."""
    fields.setdefault("figures", figures(total or 0))
    return replace(press.document(year, month, month_to=month_to), **fields)


def restated(year: int, month: int, key: str, before: int, after: int) -> RestatementRecord:
    printed = SPECS[key].printed(before)
    return RestatementRecord(Period(year, month), printed, record(key, after), "商务厅窗口补报")


def two_years(house, *, upto: int = 9) -> None:
    """2025 whole and 2026 to the month `upto`; one corrected, one month restated."""
    for year, totals in ((2025, LAST_YEAR), (2026, THIS_YEAR[:upto])):
        for month, hundreds in enumerate(totals, 1):
            total = hundreds * 100 + 12
            paper = told(year, month, total)
            if (year, month) == (2026, 4):
                paper = replace(paper, restatements=(told_late(),))
            edition = press.publish(house.publication, paper, house.editor)
            if (year, month) == (2026, 6):
                right = told(year, month, total + 700)
                press.publish(house.publication, right, house.editor, supersedes=edition)


def told_late() -> RestatementRecord:
    return restated(2026, 2, "total_handled", 29_712, 30_150)
