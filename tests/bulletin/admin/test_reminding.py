"""催报: one mail a person, step and working day; a text to copy; the call that it is about."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from bulletin.models import Commission, Job, Mail, NilReturn, Trail
from bulletin.moves import MoveRefused, make_move
from bulletin.progress import wall
from bulletin.reminding import remind
from tests.factories import DepartmentFactory, House, StaffFactory, WindowFactory
from tests.newsroom import Newsroom, url
from windows import roles
from windows.models import WorkDay

NOW = dt.datetime(2026, 3, 4, 10, 20, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # Wednesday


@pytest.fixture
def at(monkeypatch):
    def set_clock(moment: dt.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_clock(NOW)
    return set_clock


@pytest.fixture
def call(house):
    assert house.clerk
    return house.call()


@pytest.fixture
def at_work(client, house, at):
    client.force_login(house.editor)
    return client


def press(client, call) -> str:
    answer = client.post(url("call_remind", call.pk))
    return str(list(get_messages(answer.wsgi_request))[-1])


def test_a_second_press_sends_nothing_again(at_work, call, house):
    assert press(at_work, call) == "催报邮件写给了1人。"
    mail = Mail.objects.get()
    assert mail.to == house.clerk.email
    assert "商务厅窗口：数据、资讯、到访" in mail.body
    assert "3月5日17:00前报齐" in mail.body
    assert press(at_work, call) == "1人今天已经催过，没有重发。"
    assert (Mail.objects.count(), Job.objects.filter(kind="mail").count()) == (1, 1)
    assert Trail.objects.filter(subject="call", action="remind").count() == 1


def test_the_next_working_day_and_the_next_step_are_told_again(call, house, at):
    remind(call, by=house.editor)
    at(NOW + dt.timedelta(days=1))
    assert remind(call, by=house.editor).sent == 1
    at(NOW + dt.timedelta(days=1, hours=8))  # past the cut-off of the same day
    assert remind(call, by=house.editor).sent == 1
    assert "逾期1天" in Mail.objects.latest("pk").body


def test_a_person_of_two_windows_gets_one_mail(call, house, at):
    other = WindowFactory(department=house.department, name="商务厅二窗口")
    StaffFactory(user=house.clerk, centre=house.centre, role=roles.WINDOW, window=other)
    assert remind(call, by=house.editor).sent == 1
    body = Mail.objects.get().body
    assert "商务厅窗口：" in body
    assert "商务厅二窗口：" in body


def test_only_what_a_window_lacks_is_asked(call, house, at):
    second = WindowFactory(department=house.department, name="商务厅二窗口")
    house.report(state="accepted")
    for kind in ("news", "visit"):
        NilReturn.objects.create(
            publication=house.publication, window=house.window, year=2026, month=2, kind=kind
        )
    (row,) = wall(house.publication).lacking
    assert row.due == ((second.pk, "数据"),)
    assert remind(call, by=house.editor).sent == 0


def test_a_day_off_and_a_holiday_send_nothing(at_work, call, house, at):
    at(NOW + dt.timedelta(days=3))  # Saturday
    with pytest.raises(MoveRefused):
        remind(call, by=house.editor)
    at(NOW)
    WorkDay.objects.create(centre=house.centre, date=NOW.date(), is_working=False)
    assert "不是工作日" in press(at_work, call)
    assert Mail.objects.count() == 0


def test_who_has_no_address_is_named(at_work, call, house):
    house.clerk.email = ""
    house.clerk.save()
    assert press(at_work, call) == f"{house.clerk}没有邮箱，请打电话。"


def test_a_task_comes_whatever_was_opted_out_of(call, house, at):
    house.clerk.only_tasks_by_mail = True
    house.clerk.save()
    rows = Newsroom(house)
    first, second = rows.claimed(), rows.claimed()
    make_move(first, "decline", by=house.editor, note="重复。")
    assert Mail.objects.count() == 0
    make_move(second, "return", by=house.editor, note="哪一天？")
    remind(call, by=house.editor)
    assert Mail.objects.count() == 2


def test_the_wall_gives_the_text_and_shows_what_lacks_only(at_work, call, house):
    done = WindowFactory(department=DepartmentFactory(centre=house.centre, short_name="气象局"))
    house.report(state="accepted", window=done)
    for kind in ("news", "visit"):
        NilReturn.objects.create(
            publication=house.publication, window=done, year=2026, month=2, kind=kind
        )
    page = at_work.get(reverse("admin:index")).content.decode()
    assert "2月报送催报：截至3月4日10:20，下列1个单位还有缺项。\n商务厅：数据、资讯、到访" in page
    assert '<th scope="row">气象局</th>' in page
    page = at_work.get(reverse("admin:index") + "?only=lacking").content.decode()
    assert '<th scope="row">气象局</th>' not in page
    assert '<th scope="row">商务厅</th>' in page
    assert "1/2" in page


def test_no_call_no_button(at_work, house):
    page = at_work.get(reverse("admin:index")).content.decode()
    assert "发催报邮件</button>" not in page


def fields(call, **more: str) -> dict[str, str]:
    return {
        "publication": str(call.publication_id), "year": "2026", "month": "2",
        "cutoff": "2026-03-06T17:00", "topics": "以旧换新", "is_open": "on",
        "commissions-TOTAL_FORMS": "1", "commissions-INITIAL_FORMS": "0",
        "commissions-0-call": str(call.pk), **more,
    }  # fmt: skip


def test_a_change_of_a_call_stands_in_the_trail(at_work, call, house):
    asked = {
        "commissions-0-window": str(house.window.pk),
        "commissions-0-topic": "以旧换新一次办",
        "commissions-0-due": "2026-03-05T12:00",
    }
    assert at_work.post(url("call_change", call.pk), fields(call, **asked)).status_code == 302
    trail = Trail.objects.of("call", call.pk).get()
    assert (trail.action, trail.centre) == ("change", house.centre)
    assert trail.note == "改截止、选题；加约稿“以旧换新一次办”"


def test_a_commission_is_linked_to_what_came_in(at_work, call, house):
    row = Newsroom(house).submitted()
    asked = {"call": call, "window": house.window, "due": NOW}
    Commission.objects.create(**asked, topic="以旧换新", submission=row)
    Commission.objects.create(**asked, topic="另一篇")
    page = at_work.get(url("call_change", call.pk)).content.decode()
    assert f'<a href="{url("submission_change", row.pk)}">' in page
    assert "还没有来稿" in page
    assert "约2篇，来1篇" in at_work.get(url("call_changelist")).content.decode()


def test_another_centres_windows_are_not_written_to(call, house, at):
    foreign = House(slug="other")
    assert foreign.clerk
    remind(call, by=house.editor)
    assert {mail.to for mail in Mail.objects.all()} == {house.clerk.email}
