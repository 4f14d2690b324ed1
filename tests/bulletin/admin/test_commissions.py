"""约稿 joined with what came in by hand: from the call and from the item, undone, on the trail."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages

from bulletin.commissioning import answers, link, unanswered
from bulletin.models import Commission, Submission, Trail
from bulletin.moves import MoveRefused
from tests.factories import DepartmentFactory, WindowFactory
from tests.newsroom import url


def said(answer) -> str:
    return str(list(get_messages(answer.wsgi_request))[-1])


def deeds(row) -> list[str]:
    trail = Trail.objects.of(row._meta.model_name, row.pk).order_by("serial")
    return [step.action for step in trail if "commission" in step.action]


def test_joined_from_the_item_and_undone(at_work, rows):
    item, asked = rows.submission, rows.commission
    shown = at_work.get(url("submission_change", item.pk)).content.decode()
    assert f'<option value="{asked.pk}">以旧换新' in shown
    at_work.post(url("submission_commission", item.pk), {"commission": asked.pk})
    asked.refresh_from_db()
    assert asked.submission == item
    shown = at_work.get(url("submission_change", item.pk)).content.decode()
    assert "这一篇应约稿“以旧换新”而来" in shown
    assert "取消关联" in shown
    at_work.post(url("submission_uncommission", item.pk))
    asked.refresh_from_db()
    assert asked.submission is None
    assert deeds(item) == deeds(asked.call) == ["link_commission", "unlink_commission"]


def test_joined_from_the_call_and_undone(at_work, rows):
    item, asked = rows.submission, rows.commission
    page = at_work.get(url("call_change", asked.call_id)).content.decode()
    door = url("call_came_in", asked.call_id, asked.pk)
    assert f'href="{door}"' in page
    assert item.headline in at_work.get(door).content.decode()
    at_work.post(url("call_link", asked.call_id, asked.pk), {"submission": item.pk})
    asked.refresh_from_db()
    assert asked.submission == item
    assert "取消关联" in at_work.get(door).content.decode()
    at_work.post(url("call_unlink", asked.call_id, asked.pk))
    asked.refresh_from_db()
    assert asked.submission is None


def test_the_desk_knows_that_it_was_answered(client, rows, house):
    link(rows.commission, rows.submission, by=house.editor)
    client.force_login(house.clerk)
    month = client.get("/desk/2026/2/")
    assert month.context["commissions"] == []


def test_only_what_the_department_could_have_written_is_offered(rows, house):
    beside = WindowFactory(department=house.department, name="商务厅二号窗口")
    other_department = DepartmentFactory(centre=house.centre, short_name="民政厅")
    elsewhere = WindowFactory(department=other_department, name="民政厅窗口")
    mine, same = rows.submission, house.news(window=beside, state="submitted")
    other, counts = house.news(window=elsewhere, state="submitted"), house.report(state="submitted")
    draft, gone = house.news(state="draft"), house.news(state="declined")
    assert set(answers(rows.commission, house.editor)) == {mine, same}
    offered = {row: list(unanswered(row)) for row in (mine, same, other, counts)}
    assert offered == {mine: [rows.commission], same: [rows.commission], other: [], counts: []}
    for row in (draft, gone):
        assert row not in answers(rows.commission, house.editor)


def test_one_commission_has_one_item_and_one_item_one_commission(rows, house):
    first, second = rows.submission, rows.submitted()
    fields = {"call": rows.call, "window": house.window, "due": rows.call.cutoff}
    another = Commission.objects.create(topic="别的题目", **fields)
    link(rows.commission, first, by=house.editor)
    link(rows.commission, first, by=house.editor)  # pressed twice
    assert deeds(first) == ["link_commission"]
    with pytest.raises(MoveRefused, match="这个约稿已经有来稿"):
        link(rows.commission, second, by=house.editor)
    with pytest.raises(MoveRefused, match="已经关联了别的约稿"):
        link(another, first, by=house.editor)


def test_what_was_declined_makes_room_for_another(rows, house):
    first = house.news(state="declined")
    Commission.objects.filter(pk=rows.commission.pk).update(submission=first)
    link(rows.commission, rows.submission, by=house.editor)
    rows.commission.refresh_from_db()
    assert rows.commission.submission == rows.submission


def test_a_drafts_commission_is_left_to_the_window(at_work, rows, house):
    draft = house.news(state="draft")
    Commission.objects.filter(pk=rows.commission.pk).update(submission=draft)
    answer = at_work.post(url("call_unlink", rows.call.pk, rows.commission.pk))
    assert said(answer) == "窗口正在写这一篇，不能取消。"
    assert draft.handed_in not in at_work.get(answer.url).content.decode()


@pytest.mark.parametrize("typed", ["", "x", "999999"])
def test_nothing_chosen_is_said(at_work, rows, typed):
    for at, field in (
        (url("submission_commission", rows.submission.pk), "commission"),
        (url("call_link", rows.call.pk, rows.commission.pk), "submission"),
    ):
        assert "没有选上" in said(at_work.post(at, {field: typed}))
    assert Commission.objects.filter(submission__isnull=False).count() == 0


def test_an_approver_joins_nothing(client, rows, house):
    with pytest.raises(MoveRefused, match="您的角色"):
        link(rows.commission, rows.submission, by=house.approver)
    client.force_login(house.approver)
    page = client.get(url("submission_change", rows.submission.pk)).content.decode()
    assert 'name="commission"' not in page
    assert Submission.objects.get(pk=rows.submission.pk).state == "submitted"
