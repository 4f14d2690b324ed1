"""Registering a leader's visit: picked from the directory of that day, or typed in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.html import escape

from bulletin.models import Submission, Trail
from tests.desk import VISIT, said, visit
from tests.factories import DepartmentFactory, LeaderFactory, WindowFactory
from windows.models import FormerName, LeaderVisit, Visitor


@pytest.fixture
def head(house):
    return LeaderFactory(department=house.department)


def nothing_was_written():
    return not (
        Submission.objects.exists() or LeaderVisit.objects.exists() or Trail.objects.exists()
    )


def test_a_visit_is_written_by_the_system_from_what_was_picked(clerk, head):
    response = clerk.post(VISIT, visit(head.pk), follow=True)
    row = Submission.objects.get()
    assert (row.state, row.kind) == ("submitted", "visit")
    assert row.handed_in == (
        "2月20日，商务厅党组书记、厅长方伯成到省政务服务大厅商务厅窗口调研指导工作。"
        "他强调，要把企业的事当作自己的事。"
    )
    person = Visitor.objects.get()
    assert (person.leader, person.name, person.department_name) == (head, "方伯成", "商务厅")
    assert response.redirect_chain[-1][0] == f"/desk/submissions/{row.pk}/submitted/"


def test_a_visit_posted_twice_is_one(clerk, head):
    form = visit(head.pk)
    clerk.post(VISIT, form)
    clerk.post(VISIT, form)
    assert Submission.objects.count() == LeaderVisit.objects.count() == Visitor.objects.count() == 1


def test_an_opening_may_name_the_leader(clerk, head):
    clerk.post(VISIT, visit(head.pk, opening="{name}鼓励", remarks="窗口多为企业着想。"))
    assert "工作。方伯成鼓励窗口多为企业着想。" in Submission.objects.get().handed_in


def test_somebody_the_directory_lacks_is_typed_in_and_known_by_that(clerk):
    typed = {"visitors-0-post": "党组成员、副厅长", "visitors-0-name": "胡 云"}
    clerk.post(VISIT, visit(**typed))
    person = Visitor.objects.get()
    assert (person.leader, person.name, person.department_name) == (None, "胡云", "商务厅")
    assert "商务厅党组成员、副厅长胡云到" in Submission.objects.get().handed_in


def test_several_come_together(clerk, head, house):
    second = LeaderFactory(department=house.department, name="蒋青禾", post="二级巡视员", rank=5)
    people = {"visitors-TOTAL": "2", "visitors-1-leader": str(second.pk)}
    clerk.post(VISIT, visit(head.pk, **people))
    assert (
        "厅长方伯成，商务厅二级巡视员蒋青禾到省政务服务大厅" in Submission.objects.get().handed_in
    )


def test_another_row_is_offered_without_keeping_anything(clerk, head):
    page = said(clerk.post(VISIT, visit(head.pk, action="add")))
    assert 'name="visitors-1-leader"' in page
    assert 'name="visitors-TOTAL" value="2"' in page
    assert nothing_was_written()


def test_there_are_at_most_twenty(clerk, head):
    page = said(clerk.post(VISIT, visit(head.pk, action="add", **{"visitors-TOTAL": "99999"})))
    assert 'name="visitors-20-leader"' not in page
    assert "再加一位" not in said(
        clerk.post(VISIT, visit(head.pk, action="add", **{"visitors-TOTAL": "20"}))
    )


def test_on_duty_no_remarks_are_asked_for(clerk, head):
    clerk.post(VISIT, visit(head.pk, kind="duty", remarks=""))
    row = Submission.objects.get()
    assert row.handed_in == "2月，商务厅党组书记、厅长方伯成到省政务服务大厅窗口调研值守。"


def test_the_window_visited_may_be_another(clerk, head, house):
    other = WindowFactory(department=DepartmentFactory(centre=house.centre, short_name="公安厅"))
    clerk.post(VISIT, visit(head.pk, where="other", other_window=str(other.pk)))
    row = Submission.objects.get()
    assert (row.window, LeaderVisit.objects.get().window) == (house.window, other)
    assert "到省政务服务大厅公安厅窗口调研指导工作。" in row.handed_in


def test_a_window_of_another_centre_cannot_be_named(clerk, head):
    stranger = WindowFactory()
    form = visit(head.pk, where="other", other_window=str(stranger.pk))
    assert clerk.post(VISIT, form).status_code == 200
    assert nothing_was_written()


def test_a_leader_of_another_centre_cannot_be_named(clerk):
    assert clerk.post(VISIT, visit(LeaderFactory().pk)).status_code == 200
    assert nothing_was_written()


def test_the_department_is_named_as_on_that_day(clerk, head, house):
    FormerName.objects.create(
        department=house.department, short_name="外经贸厅", valid_to=dt.date(2026, 2, 10)
    )
    clerk.post(VISIT, visit(head.pk, day="5"))
    clerk.post(VISIT, visit(head.pk, day="20"))
    old, new = Submission.objects.order_by("pk").values_list("handed_in", flat=True)
    assert old.startswith("2月5日，外经贸厅党组书记、厅长方伯成到省政务服务大厅外经贸厅窗口")
    assert new.startswith("2月20日，商务厅党组书记、厅长方伯成到省政务服务大厅商务厅窗口")


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({}, "visitors-0-leader", "请选择到访的领导；名录里没有的，在下面填写。"),
        ({"visitors-0-post": "副厅长"}, "visitors-0-name", "请填写到访领导的姓名。"),
        ({"visitors-0-department": "商务厅"}, "visitors-0-name", "请填写到访领导的姓名。"),
        (
            {"visitors-0-name": "胡云"},
            "visitors-0-post",
            "请填写职务，例如 党组成员、副厅长。",
        ),
    ],
)
def test_a_visitor_is_named(clerk, fields, place, words):
    page = said(clerk.post(VISIT, visit(**fields)))
    assert f'<a href="#id_{place}">{escape(words)}</a>' in page
    assert f"要改：{escape(words)}" in page
    assert nothing_was_written()


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"day": ""}, "day", "请填写日期，例如 2026年2月28日。"),
        ({"day": "30"}, "day", "2月没有30日，请核对日期。"),
        ({"month": "3", "day": "4"}, "day", "2026年3月4日还没有到，请核对日期。"),
        ({"remarks": ""}, "remarks", "请写讲话要点；没有讲话的，上面选“值守”。"),
        ({"remarks": "一。\n\n二。"}, "remarks", "讲话要点只写一段，请合成一段。"),
        ({"where": "other"}, "other_window", "请选择到访的窗口。"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(clerk, head, fields, place, words):
    page = said(clerk.post(VISIT, visit(head.pk, **fields)))
    assert f'<a href="#id_{place}">{escape(words)}</a>' in page
    assert f"要改：{escape(words)}" in page
    assert nothing_was_written()


def test_a_leader_not_yet_in_office_that_day_is_refused(clerk, house):
    late = LeaderFactory(department=house.department, valid_from=dt.date(2026, 2, 21))
    page = said(clerk.post(VISIT, visit(late.pk)))
    assert "要改：2月20日方伯成不任党组书记、厅长，请换一位，或在下面自己填写。" in page
    assert nothing_was_written()


def test_the_same_person_twice_is_a_slip(clerk, head):
    people = {"visitors-TOTAL": "2", "visitors-1-leader": str(head.pk)}
    assert "要改：这一位上面已经选过。" in said(clerk.post(VISIT, visit(head.pk, **people)))
    assert nothing_was_written()


def test_picked_and_typed_at_once_is_asked_about(clerk, head):
    page = said(clerk.post(VISIT, visit(head.pk, **{"visitors-0-name": "胡云"})))
    assert "要改：名录里选了，下面就不用填；要自己填，这里请改为没有选。" in page
    assert nothing_was_written()


def test_a_draft_comes_back_as_it_was_left(clerk, head, house):
    typed = {"visitors-TOTAL": "2", "visitors-1-post": "处长", "visitors-1-name": "胡云"}
    clerk.post(VISIT, visit(head.pk, action="save", day="", remarks="", **typed))
    row = Submission.objects.get()
    page = clerk.get(f"/desk/submissions/{row.pk}/edit/")
    form = page.context["form"]
    assert [person.name for person in form.visitors.people] == ["方伯成", "胡云"]
    assert form["day"].value() is None
    again = visit(head.pk, version=page.context["version"], **typed)
    clerk.post(f"/desk/submissions/{row.pk}/edit/", again)
    row.refresh_from_db()
    assert (row.state, Visitor.objects.count()) == ("submitted", 2)


def test_the_same_visit_saved_twice_is_no_quarrel(clerk, head):
    clerk.post(VISIT, visit(head.pk, action="save"))
    row = Submission.objects.get()
    page = clerk.get(f"/desk/submissions/{row.pk}/edit/")
    form = visit(head.pk, action="save", remarks="改过。", version=page.context["version"])
    for _time in range(2):
        assert clerk.post(f"/desk/submissions/{row.pk}/edit/", form).status_code == 302


def test_what_is_registered_already_stands_beside_the_form(clerk, head, house):
    house.visit(("商务厅", "二级巡视员", "蒋青禾"), state="submitted")
    assert "蒋青禾" in said(clerk.get(VISIT))
