"""The list of what came in: who holds what, chips in the address, many at once."""

from __future__ import annotations

import datetime as dt

from django.contrib.messages import get_messages
from django.utils import timezone

from bulletin.models import Commission, KeptFilter, Submission
from tests.newsroom import TEXT, url

LIST = "submission_changelist"


def titles(answer) -> list[int]:
    return sorted(row.pk for row in answer.context["cl"].result_list)


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def press(client, action: str, *submissions: Submission):
    chosen = [row.pk for row in submissions]
    data = {"action": action, "index": 0, "select_across": 0, "_selected_action": chosen}
    return client.post(url(LIST), data)


def test_a_row_says_what_from_whom_in_which_state_and_who_holds_it(at_work, rows, house):
    rows.claimed()
    page = at_work.get(url(LIST)).content.decode()
    for words in (TEXT[:30], "商务厅", str(house.clerk), "已认领", str(house.editor), "刚刚"):
        assert words in page


def test_drafts_and_what_was_withdrawn_are_no_business_of_the_centre(at_work, rows, house):
    draft = house.news()
    shown = rows.submitted()
    assert titles(at_work.get(url(LIST))) == [shown.pk]
    assert at_work.get(url("submission_change", draft.pk)).status_code == 404


def test_chips_narrow_the_list_and_stand_in_the_address(at_work, rows, house):
    waiting, mine = rows.submitted(), rows.claimed()
    other = rows.submitted(year=2026, month=1)
    report = house.report(state="submitted")
    found = {
        query: titles(at_work.get(f"{url(LIST)}?{query}"))
        for query in (
            "state=claimed",
            "holder=me",
            "holder=nobody",
            "kind=report",
            "month=2026-1",
            "month=2026-1&state=claimed",
            "q=企业备案",
        )
    }
    assert found == {
        "state=claimed": [mine.pk],
        "holder=me": [mine.pk],
        "holder=nobody": [waiting.pk, other.pk, report.pk],
        "kind=report": [report.pk],
        "month=2026-1": [other.pk],
        "month=2026-1&state=claimed": [],
        "q=企业备案": [waiting.pk, mine.pk, other.pk],
    }


def test_a_chip_tells_how_many(at_work, rows):
    rows.submitted()
    rows.claimed()
    page = at_work.get(url(LIST)).content.decode()
    assert '<a class="chip" href="?state=claimed">已认领 <b>1</b></a>' in page


def test_claiming_many_says_what_happened_to_how_many(at_work, rows, house):
    free = [rows.submitted(), rows.submitted()]
    taken = rows.submitted()
    Submission.objects.filter(pk=taken.pk).update(state="claimed", holder=house.other_editor)
    answer = press(at_work, "claim_selected", *free, taken)
    assert said(answer) == [
        "认领了2条。",
        f"1条没有动（“{taken.headline}…”等）：现在是“已认领”，不能认领。请刷新页面看最新状态。",
    ]
    held = Submission.objects.filter(holder=house.editor, state="claimed")
    assert set(held) == set(free)


def test_putting_many_back(at_work, rows):
    mine = rows.claimed()
    assert said(press(at_work, "release_selected", mine)) == ["放回了1条。"]
    mine.refresh_from_db()
    assert (mine.state, mine.holder) == ("submitted", None)


def test_an_approver_is_offered_no_bulk_action_and_gets_none(client, rows, house):
    client.force_login(house.approver)
    waiting = rows.submitted()
    page = client.get(url(LIST)).content.decode()
    assert "claim_selected" not in page
    press(client, "claim_selected", waiting)
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_the_consequence_is_said_before(at_work, rows):
    rows.submitted()
    page = at_work.get(url(LIST)).content.decode()
    assert "认领后归您处理，别人只能看；窗口看到“在您处”。不发邮件。" in page


def test_a_data_clerk_sees_counts_only(client, rows, house):
    rows.submitted()
    report = house.report(state="submitted")
    client.force_login(house.data_clerk)
    assert titles(client.get(url(LIST))) == [report.pk]


def test_a_row_says_when_it_is_due_and_for_which_call(at_work, rows, house):
    call = house.call(cutoff=timezone.now() - dt.timedelta(days=1))
    late = rows.submitted(call=call)
    asked = rows.submitted(call=call)
    due = timezone.now() + dt.timedelta(days=40)
    Commission.objects.create(
        call=call, window=house.window, topic="以旧换新", due=due, submission=asked
    )
    page = at_work.get(url(LIST)).content.decode()
    assert "<small>2026年2月征稿</small>" in page
    assert "<small>约稿“以旧换新”</small>" in page
    assert titles(at_work.get(f"{url(LIST)}?due=late")) == [late.pk]
    assert titles(at_work.get(f"{url(LIST)}?due=today")) == []
    page = at_work.get(url("submission_change", asked.pk)).content.decode()
    assert "约稿“以旧换新”，" in page


def test_the_last_filters_are_one_press_away(at_work, rows, client, house):
    row = rows.claimed()
    at_work.get(f"{url(LIST)}?state=claimed&holder=me&p=0")
    link = "?state=claimed&amp;holder=me"
    assert f'href="{link}">回到上次的筛选' in at_work.get(url(LIST)).content.decode()
    assert (
        f'href="{url(LIST)}{link}"'
        in at_work.get(url("submission_change", row.pk)).content.decode()
    )
    assert "回到上次的筛选" not in at_work.get(f"{url(LIST)}?state=claimed").content.decode()
    client.force_login(house.other_editor)
    assert "回到上次的筛选" not in client.get(url(LIST)).content.decode()


def test_the_sidebar_leads_to_what_it_counts(at_work, rows):
    for make in (rows.submitted, rows.claimed, rows.accepted):
        make()
    sidebar = at_work.get("/admin/").content.decode()
    assert 'href="/admin/bulletin/submission/?state=todo"' in sidebar
    assert '<span class="count">2</span>' in sidebar
    shown = at_work.get(url("submission_changelist"), {"state": "todo"})
    assert shown.context["cl"].result_count == 2
    assert not KeptFilter.objects.exists()  # pressed to come in, not chosen
