"""The demo month: every state, a clean published issue, and a past that holds together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from bulletin import demo
from bulletin.assembly import build_document
from bulletin.changes import changed_lines
from bulletin.demo.taken_over import CHEAP
from bulletin.keeping.chain import first_break
from bulletin.keeping.files import inspect
from bulletin.models import Call, Comment, Edition, Job, Mail, NilReturn, Submission, Trail
from bulletin.proofreading.problems import Context
from bulletin.proofreading.rules import check_text
from bulletin.publishing import stays_marked
from bulletin.readiness import blocks, check_issue
from bulletin.renderers import FORMATS
from bulletin.workflow import REVIEW
from stats.models import MonthlyReport, Restatement
from tests.bulletin.demo.conftest import TODAY
from windows.access import scope_of
from windows.models import Department, FormerName, Leader, ServiceWindow, User, WorkDay
from windows.roles import LABELS


def test_it_is_refused_outside_demo_mode(db):
    with pytest.raises(demo.DemoRefused):
        demo.load(TODAY)
    assert not User.objects.exists()


def test_the_command_is_refused_outside_demo_mode(db):
    with pytest.raises(CommandError, match="只能用"):
        call_command("demo", "--load-only")


def test_it_is_refused_where_there_is_a_centre(house, settings):
    settings.DEMO = True
    with pytest.raises(demo.DemoRefused, match="已经有中心"):
        demo.load(TODAY)


def test_the_month_before_today_is_in_preparation(loaded):
    assert (loaded.preparing.year, loaded.preparing.month) == (2026, 10)
    assert loaded.preparing.state == "open"
    assert (loaded.published.month, loaded.published.state) == (9, "published")
    published = Edition.objects.current()
    assert [(e.year, e.number) for e in published.order_by("-year", "-number")] == [
        *((2026, number) for number in range(9, 0, -1)),
        *((2025, number) for number in range(12, 0, -1)),
        *((2024, number) for number in (12, 11, 10)),
    ]


def test_two_published_issues_were_corrected_one_of_them_by_the_services(loaded):
    taken_over, old = Edition.objects.published().exclude(superseded_by=None).order_by("number")
    assert (taken_over.year, taken_over.number) == (2026, 3)
    assert taken_over.superseded_by.document.figures == taken_over.document.figures
    [change] = changed_lines(old.document, old.superseded_by.document)
    assert (old.number, change.where) == (8, "四（一）")
    assert Trail.objects.filter(subject="issue", action="correct").count() == 1


def test_one_issue_was_signed_by_its_editor_and_nobody_has_confirmed_it(loaded):
    [alone] = Edition.objects.filter(is_exception=True)
    assert (alone.number, alone.signed_by.name, stays_marked(alone)) == (7, "苗沐风", True)
    assert alone.signed_by == alone.sent_by


def test_the_list_of_recipients_was_told_of_publication_and_of_the_correction(loaded):
    told = Mail.objects.filter(to="dating@yunchuan.example")
    assert told.filter(subject__endswith="已发布").count() == 4
    assert "2107份" in told.get(subject__endswith="已更正").body


def test_the_editors_have_talked_about_it(loaded):
    said = Comment.objects.order_by("made_at", "pk")
    assert [(row.subject, row.pinned, row.resolved_at is not None) for row in said] == [
        ("entry", False, True),
        ("entry", True, False),
        ("submission", False, False),
        ("call", True, False),
    ]


def test_the_published_issue_has_twenty_entries_in_five_sections(loaded):
    document = Edition.objects.get(issue=loaded.published).document
    assert [len(section.items) for section in document.sections] == [1, 3, 3, 7, 5]
    assert build_document(loaded.published) == document
    assert check_issue(loaded.published) == []


def test_news_of_the_published_issue_is_as_long_as_print_has_it(loaded):
    news = loaded.published.entries.filter(section__key="window_news")
    assert all(140 <= len(entry.text) <= 260 for entry in news)


def test_nothing_that_is_printed_needs_proofreading(loaded):
    context = _context()
    found = {
        problem.message
        for issue in (loaded.published, loaded.preparing)
        for entry in issue.entries.all()
        for problem in check_text(entry.text, context(issue))
    }
    assert found == set()


def _context():
    rows = FormerName.objects.values_list("short_name", "department__short_name")
    known = Context(
        2026,
        1,
        days_off=frozenset(WorkDay.objects.filter(is_working=False).values_list("date", flat=True)),
        departments=tuple(Department.objects.values_list("short_name", flat=True)),
        aliases=dict(rows),
        leaders=frozenset(Leader.objects.values_list("name", flat=True)),
    )
    return lambda issue: replace(known, year=issue.year, month=issue.month)


def test_submissions_stand_in_every_state(loaded):
    at_hand = Submission.objects.filter(call__is_open=True)
    states = {
        kind: set(at_hand.filter(kind=kind).values_list("state", flat=True))
        for kind in ("news", "visit", "report")
    }
    assert states["news"] == states["visit"] == set(REVIEW.states)
    assert states["report"] == set(REVIEW.states) - {"declined", "withdrawn"}


def test_what_came_back_says_why(loaded):
    for row in Submission.objects.filter(state__in=["returned", "declined"]):
        assert Trail.objects.of("submission", row.pk)[0].note


def test_some_windows_are_silent_and_some_have_nothing_to_report(loaded):
    call = Call.objects.get(is_open=True)
    silent = ServiceWindow.objects.exclude(submission__call=call).exclude(
        nilreturn__year=call.year, nilreturn__month=call.month
    )
    assert silent.count() == 4
    assert NilReturn.objects.filter(kind="visit").count() > 10
    assert MonthlyReport.objects.filter(nil=True, year=call.year, month=call.month).exists()


def test_one_window_needs_endorsement(loaded):
    window = ServiceWindow.objects.get(needs_endorsement=True)
    assert window.name == "公安厅窗口"


def test_the_call_is_open_with_topics_a_cutoff_to_come_and_commissions(loaded):
    call = Call.objects.get(is_open=True)
    assert call.topics
    assert call.cutoff.date() > TODAY
    unanswered = call.commissions.filter(submission=None)
    assert (call.commissions.count(), unanswered.count()) == (3, 2)
    assert unanswered.filter(due__date=TODAY).exists()


def test_every_window_has_thirteen_months_of_figures_before_the_one_at_hand(loaded):
    reports = MonthlyReport.objects.exclude(year=2026, month=10).exclude(window=None)
    counts = reports.values("window").annotate(months=Count("pk")).values_list("months", flat=True)
    assert set(counts) == {13}
    assert set(reports.values_list("state", flat=True)) == {"confirmed", "locked"}


def test_one_printed_month_was_restated_and_the_next_issue_tells_it(loaded):
    [row] = Restatement.objects.select_related("figure__report")
    assert (row.figure.report.month, row.figure.value - (row.old or 0)) == (8, 420)
    told = loaded.published.editions.current().get().document
    [put_right] = told.restatements
    assert (put_right.period.month, put_right.reason) == (8, "补报自助终端受理件")
    [text] = [item.text for item in told.sections[0].items]
    assert "2026年8月全程网办受理由" in text and "（补报自助终端受理件）" in text


def test_only_unconfirmed_figures_keep_the_issue_from_its_proof(loaded):
    assert {problem.code for problem in blocks(check_issue(loaded.preparing))} == {"missing-window"}


def test_everything_happened_before_today_and_in_order(loaded):
    moments = list(Trail.objects.order_by("serial").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1].date() < TODAY


def test_trail_and_files_are_sound(loaded, demo_media, settings):
    settings.MEDIA_ROOT = demo_media
    assert first_break(loaded.publication.centre) is None
    inspection = inspect()
    taken_over = 21  # twenty months, one of them twice, in the cheap formats
    stamped = sum(form.paged for form in FORMATS.values())  # of the one that was corrected
    files = 5 * len(FORMATS) + stamped + taken_over * len(CHEAP)
    assert (inspection.editions, inspection.files) == (5 + taken_over, files)
    assert inspection.faults == []


def test_no_work_is_left_of_the_invented_past(loaded):
    assert not Job.objects.exclude(state="done").exists()
    assert not Mail.objects.filter(sent_at=None).exists()


def test_one_account_a_role_can_sign_in(loaded):
    shown = demo.accounts()
    assert {account.role for account in shown} == set(LABELS.values())
    for account in shown:
        person = User.objects.get(username=account.username)
        assert person.check_password(demo.PASSWORD)
        assert account.role in {LABELS[role] for role in scope_of(person).roles}
        assert not person.is_superuser


def test_names_are_rare_and_short_too(loaded):
    names = set(Leader.objects.values_list("name", flat=True))
    assert {"罗喆", "江堃", "洛桑·云丹"} <= names
    assert "罗喆" in build_document(loaded.published).text


def test_short_months_and_holidays_leave_room_for_everything():
    """Fifteen working days carry the story; no month has fewer."""
    from_data = demo.data.tables("places")["holidays"]
    days = demo.days.Days(
        {day: works for day, (works, _name) in demo.days.exceptions_in(from_data).items()}
    )
    for number in range(24):
        month = demo.days.Month(2025, 1).plus(number)
        working = [day for day in month.days() if days.works(day)]
        assert len(working) >= 15
        assert days.nth(month, 1) == working[0]
    assert days.shift(dt.date(2026, 2, 14), 1) == dt.date(2026, 2, 24)
    assert days.shift(dt.date(2026, 2, 24), -1) == dt.date(2026, 2, 14)
