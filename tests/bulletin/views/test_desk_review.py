"""The chief representative and a deputy; what came back and what was printed, word by word."""

from __future__ import annotations

import datetime as dt

import pytest

from bulletin.commenting import add_comment
from bulletin.models import Trail
from bulletin.moves import make_move
from tests.bulletin.views.test_desk_month import publish, reviewed
from tests.desk import said
from tests.factories import StaffFactory
from windows.roles import CHIEF

__all__ = ["reviewed"]


@pytest.fixture
def deputy(house):
    """Somebody who stands in for the chief representative until 5 March, and the chief is away."""
    house.chief.staff.update(valid_to=dt.date(2026, 3, 1))
    place = {"centre": house.centre, "role": CHIEF, "department": house.department}
    staff = StaffFactory(valid_from=dt.date(2026, 3, 2), valid_to=dt.date(2026, 3, 5), **place)
    return staff.user


def test_a_deputy_endorses_while_the_chief_is_away(client, clerk, house, reviewed, deputy):
    assert f"在{deputy}（至3月5日）处" in said(client.get("/desk/"))
    client.force_login(house.chief)
    assert client.get(f"/desk/submissions/{reviewed.pk}/").status_code == 404
    client.force_login(deputy)
    assert "待您审核" in said(client.get("/desk/"))
    client.post(f"/desk/submissions/{reviewed.pk}/moves/endorse/")
    reviewed.refresh_from_db()
    assert reviewed.state == "endorsed"


def test_a_deputy_whose_days_are_over_endorses_no_more(client, clerk, house, reviewed, deputy):
    deputy.staff.update(valid_to=dt.date(2026, 3, 2))
    assert "现在没有人能审核，请中心指定代理" in said(client.get("/desk/"))
    client.force_login(deputy)
    assert client.post(f"/desk/submissions/{reviewed.pk}/moves/endorse/").status_code == 404
    reviewed.refresh_from_db()
    assert reviewed.state == "submitted"


def test_what_is_endorsed_is_recalled_until_it_is_claimed(client, clerk, house, reviewed):
    make_move(reviewed, "endorse", by=house.chief)
    clerk.post(f"/desk/submissions/{reviewed.pk}/moves/recall/")
    reviewed.refresh_from_db()
    assert reviewed.state == "draft"
    make_move(make_move(reviewed, "submit", by=house.clerk), "endorse", by=house.chief)
    make_move(reviewed, "claim", by=house.editor)
    clerk.post(f"/desk/submissions/{reviewed.pk}/moves/recall/")
    reviewed.refresh_from_db()
    assert reviewed.state == "claimed"


def test_the_words_a_reason_quotes_are_marked_in_what_came_back(clerk, house):
    row = house.news(text="近日，从三个方面压减环节。", date=None)
    row = make_move(make_move(row, "submit", by=house.clerk), "claim", by=house.editor)
    make_move(row, "return", by=house.editor, note="“近日”请改为具体日期；“<b>”没有。")
    page = said(clerk.get("/desk/"))
    assert "<mark>近日</mark>" in page
    assert "<mark>&lt;b&gt;" not in page


def test_the_page_it_was_printed_on_and_the_editors_words_stand_beside_it(clerk, house):
    row = house.news(state="submitted")
    make_move(row, "claim", by=house.editor)
    make_move(row, "accept", by=house.editor, note="改成了印发的说法。")
    publish(house, row, row.handed_in.replace("当日", "次日"))
    assert "第1页" in said(clerk.get("/desk/"))
    page = said(clerk.get(f"/desk/submissions/{row.pk}/"))
    assert "改成了印发的说法。</p>" in page
    assert "第1页" in page


def test_a_chief_returns_with_a_class_and_words_as_editors_do(client, clerk, house, reviewed):
    client.force_login(house.chief)
    place = f"/desk/submissions/{reviewed.pk}/moves/return/"
    refused = client.post(place, {"note": "请写清是哪一天办的。"})
    assert refused.status_code == 409
    page = said(refused)
    assert "请选一类退回修改的理由。" in page
    assert "请写清是哪一天办的。</textarea>" in page  # nothing typed is lost
    client.post(place, {"note": "请写清是哪一天办的。", "reason": "date"})
    reviewed.refresh_from_db()
    assert reviewed.state == "returned"
    step = Trail.objects.get(action="return")
    assert step.note == "日期不明：请写清是哪一天办的。"
    assert step.data == {"reason": "date", "words": "请写清是哪一天办的。"}
    client.force_login(house.clerk)
    assert "日期不明：请写清是哪一天办的。" in said(client.get("/desk/"))


def test_the_windows_trail_tells_moves_and_nothing_of_the_newsroom(clerk, house, reviewed):
    add_comment(reviewed, by=house.editor, text="这条先放一放。", pin=True)
    steps = clerk.get(f"/desk/submissions/{reviewed.pk}/").context["steps"]
    assert [step.what for step in steps] == ["提交"]
