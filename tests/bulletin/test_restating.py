"""订正: a published month changes for a reason, keeps both numbers, and the next issue tells it."""

import datetime as dt

import pytest
from django.utils import timezone

from bulletin.models import Edition, Trail
from bulletin.moves import MoveRefused, make_move
from bulletin.restating import (
    NewFigure,
    StaleFigure,
    restate,
    restated_in,
    restatements_told_in,
    take_late,
)
from stats.models import Figure, Restatement
from tests.factories import (
    FigureFactory,
    IndicatorFactory,
    IssueFactory,
    ReportFactory,
    WindowFactory,
    printed_figure,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(house):
    return IndicatorFactory(centre=house.centre, key="accepted", label="受理")


@pytest.fixture
def report(house, accepted):
    """January, printed."""
    return printed_figure(house.window, accepted, month=1).report


def change(accepted, value, seen=(100, None)):
    return [NewFigure(accepted, value, seen=seen)]


def test_a_restatement_keeps_both_numbers_the_reason_and_the_person(house, report, accepted):
    [row] = restate(report, change(accepted, 120), by=house.data_clerk, reason=" 漏计一天。 ")
    assert (row.old, row.new, row.reason, row.by) == (100, 120, "漏计一天。", house.data_clerk)
    figure = Figure.objects.get()
    assert (figure.value, figure.source, figure.entered_by) == (120, "restated", house.data_clerk)
    report.refresh_from_db()
    assert (report.state, report.version) == ("locked", 2)
    trail = Trail.objects.get(action="restate")
    assert (trail.note, trail.data) == ("漏计一天。", {"accepted": [[100, None], [120, None]]})


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_written(house, report, accepted, reason):
    with pytest.raises(MoveRefused, match="理由"):
        restate(report, change(accepted, 120), by=house.data_clerk, reason=reason)
    assert (Figure.objects.get().value, Restatement.objects.count()) == (100, 0)


def test_what_somebody_changed_meanwhile_is_not_written_over(house, report, accepted):
    with pytest.raises(StaleFigure, match="现在是100"):
        restate(report, change(accepted, 120, (90, None)), by=house.data_clerk, reason="漏计。")
    assert Figure.objects.get().value == 100


@pytest.mark.parametrize("who", ["editor", "approver", "clerk", "administrator"])
def test_only_the_data_clerk_restates(house, report, accepted, who):
    with pytest.raises(MoveRefused):
        restate(report, change(accepted, 120), by=getattr(house, who), reason="漏计。")
    assert Figure.objects.get().value == 100


def test_an_open_month_is_not_restated(house, report, accepted):
    report = ReportFactory(window=house.window, month=2)
    with pytest.raises(MoveRefused, match="不能订正"):
        restate(report, change(accepted, 120, None), by=house.data_clerk, reason="漏计。")


def test_a_window_that_comes_late_is_taken_in_as_a_restatement(house, report, accepted):
    late = ReportFactory(window=WindowFactory(department=house.department, name="二号"), month=1)
    FigureFactory(report=late, indicator=accepted, value=7)
    with pytest.raises(MoveRefused, match="已随刊物发布"):
        make_move(late, "confirm", by=house.data_clerk)
    [row] = take_late(late, by=house.data_clerk, reason="窗口补报。")
    late.refresh_from_db()
    assert (late.state, row.old, row.new) == ("locked", None, 7)


def published(house, month, at):
    issue = IssueFactory(publication=house.publication, month=month, state="published")
    Edition.objects.create(
        issue=issue, proof_no=1, content="{}", digest="0" * 64, year=2026, number=month,
        sent_by=house.editor, signed_by=house.approver, signed_at=at, published_at=at,
    )  # fmt: skip
    return issue


def test_the_next_issue_tells_it_once_in_printed_totals(house, report, accepted):
    IndicatorFactory(
        centre=house.centre, key="total", label="合计", over_windows="derived",
        over_months="derived", formula="accepted + 0", order=9,
    )  # fmt: skip
    published(house, 1, timezone.now() - dt.timedelta(days=1))
    restate(report, change(accepted, 110), by=house.data_clerk, reason="漏计一天。")
    restate(report, change(accepted, 120, (110, None)), by=house.data_clerk, reason="再核。")
    february = IssueFactory(publication=house.publication, month=2)
    assert [told.sentence for told in restated_in(february)] == [
        "2026年1月受理由100件订正为120件（漏计一天。；再核。）。",
        "2026年1月合计由100件订正为120件。",
    ]
    february.delete()
    published(house, 2, timezone.now())
    march = IssueFactory(publication=house.publication, month=3)
    assert restatements_told_in(march) == []
    Edition.objects.filter(issue__month=2).update(withdrawn_at=timezone.now())
    assert len(restatements_told_in(march)) == 2, "what was withdrawn has told nobody"
