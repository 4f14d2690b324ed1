"""Issues from before the system, taken over as they were printed: frozen editions at once.

Two years of them, so that the statistics have a line to draw. One was corrected. They have
the cheap formats only; whoever asks for the others makes them (`publishing.ensure_files`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from bulletin import storage
from bulletin.document import (
    FigureRecord,
    ImprintLine,
    IssueDocument,
    Item,
    Period,
    Section,
    dumps,
)
from bulletin.figure_records import record_of
from bulletin.models import Correction, Edition, EditionFile, Issue
from bulletin.moves import make_move
from bulletin.renderers import FORMATS
from stats import formulas
from stats.aggregation import aggregate_windows
from stats.defaults import INDICATORS, STATISTICS_TEMPLATE
from stats.narrative import compose
from stats.specs import Totals, Value

from . import counts
from .days import Month, clock
from .places import Cast
from .story import Story

CHEAP: Final = ("txt", "json")
CORRECTED: Final = -3  # from the newest taken over
NOTICE: Final = "“重点工作推进情况”漏写公示一事，已补上；各项数据不变。"


def take_over(story: Story, cast: Cast, months: Sequence[Month]) -> None:
    for month in months:
        when = clock(cast.days.nth(month.plus(1), 15), 15)
        story.at(when, partial(_take_over, cast, month, corrected=month == months[CORRECTED]))


def _take_over(cast: Cast, month: Month, *, corrected: bool) -> None:
    paper = _document(cast, month)
    issue = Issue.objects.create(
        publication=cast.publication,
        year=month.year,
        month=month.month,
        number=month.month,
        issued_on=paper.issued_on,
        title=paper.masthead,
        issuer=paper.issuer,
    )
    make_move(issue, "take_over", by=None)
    edition = _edition(cast, issue, month, paper)
    if corrected:
        right = _edition(cast, issue, month, _mended(paper), supersedes=edition)
        editor = cast.staff["bianji1"]
        Correction.objects.create(old=edition, new=right, notice=NOTICE, by=editor)


def _document(cast: Cast, month: Month) -> IssueDocument:
    publication, totals = cast.publication, _totals(cast, month)
    told = compose(STATISTICS_TEMPLATE, INDICATORS, totals, str(month.month), year=month.year)
    served = totals["consult_onsite"].value
    item = f"{month.month}月，省中心周六延时服务开放窗口18个，接待群众{served}人次，当天受理。"
    heading = f"{month.year}年{month.month}月总体运行情况"
    return IssueDocument(
        masthead=publication.title,
        number=month.month,
        period=Period(month.year, month.month),
        issuer=publication.issuer,
        issued_on=cast.days.nth(month.plus(1), 15),
        sections=(
            Section("overview", heading, (Item(told.text, "narrative"),), numbered=False),
            Section("key_work", "重点工作推进情况", (Item(item),)),
        ),
        imprint=tuple(ImprintLine(row.label, row.text) for row in publication.imprint.all()),
        figures=tuple(_records(cast, totals, [span.key for span in told.spans])),
    )


def _mended(paper: IssueDocument) -> IssueDocument:
    overview, work = paper.sections
    longer = Item(work.items[0].text.removesuffix("。") + "，结果已在大厅公示。")
    return replace(paper, sections=(overview, replace(work, items=(longer,))))


def _totals(cast: Cast, month: Month) -> Totals:
    given = {name: counts.window_counts(name, size, month) for name, size in cast.sizes.items()}
    given["centre"] = counts.centre_counts(month)
    values = {(name, key): Value(*pair) for name, of in given.items() for key, pair in of.items()}
    return aggregate_windows(INDICATORS, values)


def _records(cast: Cast, totals: Totals, keys: Sequence[str]) -> list[FigureRecord]:
    by_key = {spec.key: spec for spec in INDICATORS}
    labels: Mapping[str, str] = {spec.key: spec.label for spec in INDICATORS}
    return [
        record_of(
            by_key[key],
            totals[key],
            formula=formulas.describe(by_key[key].formula, labels) if by_key[key].formula else "",
            given_by=0 if key == "counter_accepted" else len(cast.sizes),
        )
        for key in keys
    ]


def _edition(
    cast: Cast,
    issue: Issue,
    month: Month,
    paper: IssueDocument,
    *,
    supersedes: Edition | None = None,
) -> Edition:
    out = clock(cast.days.nth(month.plus(1), 15 + 2 * (supersedes is not None)), 16)
    edition = Edition.objects.create(
        issue=issue,
        proof_no=2 if supersedes else 1,
        content=dumps(paper).decode(),
        digest=paper.digest,
        year=issue.year,
        number=issue.number,
        sent_by=cast.staff["bianji1"],
        signed_by=cast.staff["qianfa"],
        signed_at=out,
        published_at=out,
        supersedes=supersedes,
    )
    for name in CHEAP:
        data = FORMATS[name].render(paper)
        sha256, path = storage.keep(data, FORMATS[name].extension)
        EditionFile.objects.create(
            edition=edition, format=name, sha256=sha256, size=len(data), path=path
        )
    return edition
