"""Warnings are answered for by name and reason, and only as long as the text stands."""

from __future__ import annotations

import datetime as dt

import pytest

from bulletin.assembly import edit_entry
from bulletin.models import Issue, Trail, Waiver
from bulletin.moves import MoveRefused
from bulletin.readiness import check_issue
from bulletin.waivers import acknowledge, acknowledged, take_back, unanswered
from tests.newsroom import Newsroom


@pytest.fixture
def issue(house):
    """Its one entry tells of another month, which is a warning."""
    issue = Newsroom(house).issue
    issue.entries.update(date=dt.date(2026, 1, 3))
    return issue


def warning(issue, code="other-month"):
    (found,) = [one for one in check_issue(issue) if one.code == code]
    return found


def standing(issue):
    return acknowledged(issue, check_issue(issue))


def test_a_warning_is_answered_for_with_name_and_reason(house, issue):
    one = warning(issue)
    acknowledge(issue, [one.key], by=house.editor, reason="上月漏报，本月补登。")
    kept = standing(issue)[one.key]
    assert (kept.by, kept.reason, kept.message) == (
        house.editor,
        "上月漏报，本月补登。",
        one.message,
    )
    assert one.key not in {left.key for left in unanswered(issue, check_issue(issue))}
    row = Trail.objects.get(action="acknowledge")
    assert (row.actor_name, row.note) == (str(house.editor), "上月漏报，本月补登。")
    assert row.data["messages"] == [one.message]


def test_it_lapses_when_the_text_changes_and_the_proof_of_it_stays(house, issue):
    one = warning(issue)
    acknowledge(issue, [one.key], by=house.editor, reason="上月漏报。")
    entry = issue.entries.get()
    edit_entry(entry, by=house.editor, text=f"{entry.text}现已办结。", version=entry.version)
    assert warning(issue).key == one.key
    assert standing(issue) == {}
    assert Waiver.objects.count() == 1


def test_it_holds_while_another_text_changes(house, issue):
    one = warning(issue)
    acknowledge(issue, [one.key], by=house.editor, reason="上月漏报。")
    Issue.objects.filter(pk=issue.pk).update(issued_on=dt.date(2026, 3, 26))
    assert one.key in standing(issue)


def test_several_are_answered_for_at_once_and_counted_as_often_as_they_stand(house, issue):
    keys = [one.key for one in check_issue(issue) if one.severity != "block"]
    assert len(keys) > 1
    acknowledge(issue, keys, by=house.approver, reason="都看过了。")
    assert set(standing(issue)) == set(keys)
    assert Trail.objects.filter(action="acknowledge").count() == 1


def test_no_reason_no_acknowledgement(house, issue):
    with pytest.raises(MoveRefused, match="为什么"):
        acknowledge(issue, [warning(issue).key], by=house.editor, reason="  ")


def test_what_must_be_put_right_is_not_acknowledged(house, issue):
    Issue.objects.filter(pk=issue.pk).update(issued_on=None)
    issue.refresh_from_db()
    with pytest.raises(MoveRefused, match="必须改"):
        acknowledge(issue, [warning(issue, "no-date").key], by=house.editor, reason="不用。")
    assert Waiver.objects.count() == 0


def test_a_problem_that_is_gone_is_not_acknowledged(house, issue):
    with pytest.raises(MoveRefused, match="已经变了"):
        acknowledge(issue, ["0" * 16], by=house.editor, reason="不用改。")


@pytest.mark.parametrize("role", ["clerk", "chief", "publisher", "data_clerk", "auditor"])
def test_only_editors_and_approvers_answer_for_them(house, issue, role):
    with pytest.raises(MoveRefused, match="角色"):
        acknowledge(issue, [warning(issue).key], by=getattr(house, role), reason="不用改。")


def test_an_acknowledgement_is_taken_back(house, issue):
    one = warning(issue)
    (kept,) = acknowledge(issue, [one.key], by=house.editor, reason="上月漏报。")
    take_back(kept, by=house.other_editor)
    assert standing(issue) == {}
    assert Trail.objects.filter(action="take_back_acknowledgement").count() == 1


def test_the_answers_are_asked_for_in_two_queries(house, issue, django_assert_num_queries):
    problems = check_issue(issue)
    acknowledge(issue, [one.key for one in problems], by=house.editor, reason="看过。")
    with django_assert_num_queries(2):
        acknowledged(issue, problems)
