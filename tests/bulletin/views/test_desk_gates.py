"""Every view of the desk × every role × own, absent, another department's, another centre's."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

from bulletin.models import NilReturn, Submission, Trail
from bulletin.views.desk.urls import urlpatterns
from tests.desk import news, stop_the_clock
from tests.factories import DepartmentFactory, House, WindowFactory
from windows.roles import AT_THE_WINDOW, LABELS

MONTH = {"year": 2026, "month": 2}
ABSENT = 987_654_321

# view → what its address needs besides the window or submission, and the methods it takes
BY_WINDOW: dict[str, tuple[dict[str, Any], str]] = {
    "now": ({}, "get"),
    "month": (MONTH, "get"),
    "news": (MONTH, "get post"),
    "visit": (MONTH, "get post"),
    "counts": (MONTH, "get post"),
    "sheet": (MONTH, "get"),
    "take_sheet": (MONTH, "post"),
    "nil": ({**MONTH, "kind": "visit"}, "post"),
    "nil_month": (MONTH, "post"),
    "undo_nil": ({**MONTH, "kind": "visit"}, "post"),
    "scratch": ({**MONTH, "kind": "news"}, "post"),
    "split": (MONTH, "post"),
    "drafts": ({**MONTH, "key": uuid.UUID(int=1)}, "get"),
    "months": ({}, "get"),
    "directory": ({}, "get"),
    "help": ({}, "get"),
}
BY_SUBMISSION: dict[str, tuple[dict[str, Any], str]] = {
    "submission": ({}, "get"),
    "edit": ({}, "get post"),
    "scratch_of": ({}, "post"),
    "submitted": ({}, "get"),
    "move": ({"name": "recall"}, "post"),
}
CELLS = [
    (view, method, role)
    for view, (_kwargs, methods) in {**BY_WINDOW, **BY_SUBMISSION}.items()
    for method in methods.split()
    for role in LABELS
]


def address(view, subject):
    if view in BY_SUBMISSION:
        return reverse(f"desk:{view}", kwargs={**BY_SUBMISSION[view][0], "pk": subject})
    return reverse(f"desk:{view}", kwargs=BY_WINDOW[view][0]) + f"?window={subject}"


def answer(client, view, method, subject):
    data = news(action="save") if method == "post" else None
    response = getattr(client, method)(address(view, subject), data)
    return response.status_code, response.content


@pytest.fixture
def places(house, monkeypatch):
    """Windows and submissions of the house, of another department of it and of another centre."""
    stop_the_clock(monkeypatch)
    house.call()
    other = WindowFactory(department=DepartmentFactory(centre=house.centre))
    stranger = House(slug="elsewhere")
    return {
        "own": (house.window, house.news(state="submitted")),
        "department": (other, house.news(window=other, state="submitted")),
        "centre": (stranger.window, stranger.news(state="submitted")),
    }


def subjects(places, view):
    pick = 1 if view in BY_SUBMISSION else 0
    return {name: place[pick].pk for name, place in places.items()}


def test_the_table_names_every_view():
    assert {url.name for url in urlpatterns} == {*BY_WINDOW, *BY_SUBMISSION}


@pytest.mark.parametrize(("view", "method", "role"), CELLS)
def test_what_is_foreign_answers_like_what_is_absent(client, house, places, view, method, role):
    client.force_login(house.everyone()[role])
    before = Submission.objects.count(), Trail.objects.count(), NilReturn.objects.count()
    absent = answer(client, view, method, ABSENT)
    assert absent[0] == 404
    of = subjects(places, view)
    assert answer(client, view, method, of["department"]) == absent
    assert answer(client, view, method, of["centre"]) == absent
    after = Submission.objects.count(), Trail.objects.count(), NilReturn.objects.count()
    assert after == before
    own = answer(client, view, method, of["own"])[0]
    assert own in {200, 302} if role in AT_THE_WINDOW else own == 404


@pytest.mark.parametrize(("view", "method", "role"), [c for c in CELLS if c[2] == "editor"])
def test_a_stranger_is_asked_to_sign_in(client, places, view, method, role):
    response = getattr(client, method)(address(view, subjects(places, view)["own"]))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/desk/")


@pytest.mark.parametrize(("view", "method", "role"), [c for c in CELLS if c[2] == "editor"])
def test_other_methods_are_refused(client, house, places, view, method, role):
    client.force_login(house.clerk)
    takes = {**BY_WINDOW, **BY_SUBMISSION}[view][1]
    place = address(view, subjects(places, view)["own"])
    assert client.delete(place).status_code == 405
    if "post" not in takes:
        assert client.post(place).status_code == 405
    if "get" not in takes:
        assert client.get(place).status_code == 405


@pytest.mark.parametrize("name", ["submit", "claim", "accept", "decline", "no_such_move"])
def test_moves_of_others_have_no_address_at_the_desk(client, house, places, name):
    client.force_login(house.clerk)
    row = places["own"][1]
    place = reverse("desk:move", kwargs={"pk": row.pk, "name": name})
    assert client.post(place).status_code == 404
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_window_out_of_use_is_gone_from_the_desk(client, house, places):
    client.force_login(house.clerk)
    house.window.is_open = False
    house.window.save()
    assert client.get("/desk/").status_code == 404


@pytest.mark.parametrize("month", ["2026/0", "2026/13", "1999/2", "2200/2", "99999999999/2"])
def test_a_month_that_is_none_is_absent(client, house, places, month):
    client.force_login(house.clerk)
    assert client.get(f"/desk/{month}/").status_code == 404


def test_the_kind_of_a_nil_return_is_one_of_three(client, house, places):
    client.force_login(house.clerk)
    assert client.post("/desk/2026/2/nil/gossip/").status_code == 404


def test_a_month_with_nothing_is_answered_in_one_press(client, house):
    house.call()
    client.force_login(house.clerk)
    client.post("/desk/2026/2/nil/")
    client.post("/desk/2026/2/nil/")
    assert sorted(NilReturn.objects.values_list("kind", flat=True)) == ["news", "visit"]
    report = Submission.objects.get(kind="report")
    assert (report.state, report.report.nil) == ("submitted", True)


def test_one_press_leaves_alone_what_was_begun(client, house):
    house.call()
    house.news(state="draft")
    client.force_login(house.clerk)
    client.post("/desk/2026/2/nil/")
    assert list(NilReturn.objects.values_list("kind", flat=True)) == ["visit"]
