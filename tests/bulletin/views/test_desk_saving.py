"""A form that is typed is kept: no history of it, restored once, gone when handed in."""

from __future__ import annotations

import time

import pytest

from bulletin.models import NewsItem, Scratch, Submission, Trail
from tests.desk import COUNTS, NEWS, NOW, news, said, visit
from windows.accounts import hours

KEEP = "/desk/2026/2/scratch/news/"


def test_what_is_typed_is_kept_and_nothing_else_is_written(clerk, house):
    form = news(text="写到一半,还没")
    for words in ("写", "写到一半,还没"):
        answer = clerk.post(KEEP, {**form, "text": words}).json()
    assert answer == {"saved": "10:30", "at": NOW.isoformat()}
    row = Scratch.objects.get()
    assert (row.user, row.window, row.submission) == (house.clerk, house.window, None)
    assert row.words == "写到一半,还没"
    assert not {"action", "csrfmiddlewaretoken"} & row.fields.keys()
    assert not (Submission.objects.exists() or NewsItem.objects.exists() or Trail.objects.exists())


def test_the_form_opens_with_it_says_so_and_lets_go_of_it(clerk):
    clerk.post(KEEP, news(text="写到一半", day="30"))
    page = said(clerk.get(NEWS))
    assert f'data-saved="{NOW.isoformat()}"' in page
    assert "写到一半</textarea>" in page
    assert 'value="30"' in page
    assert "上次没写完的文字已经恢复" in page
    assert "已保存 10:30" in page
    assert "写到一半" in said(clerk.get("/desk/2026/2/"))
    assert clerk.post(NEWS, {"action": "discard"})["Location"] == NEWS
    assert "写到一半" not in said(clerk.get(NEWS))
    assert not Scratch.objects.exists()


@pytest.mark.parametrize("action", ["submit", "save"])
def test_it_is_cleared_when_the_form_is_kept_or_handed_in(clerk, action):
    form = news(action=action)
    clerk.post(KEEP, form)
    clerk.post(NEWS, form)
    assert not Scratch.objects.exists()
    assert clerk.post(KEEP, form).json() == {"over": True}  # on its way while that was posted
    assert not Scratch.objects.exists()


def test_a_form_in_the_next_tab_keeps_what_it_has(clerk):
    clerk.post(KEEP, news(text="另一条"))
    clerk.post(NEWS, news())
    assert Scratch.objects.get().words == "另一条"


def test_what_was_refused_is_kept_too(clerk):
    page = said(clerk.post(NEWS, news(day="30")))
    assert "已保存 10:30" in page
    assert Scratch.objects.get().words == "推出企业备案当日办结。"


def test_a_draft_has_its_own_and_goes_on_from_its_version(clerk):
    clerk.post(NEWS, news(action="save"))
    row = Submission.objects.get()
    place = f"/desk/submissions/{row.pk}/"
    clerk.post(f"{place}scratch/", news(text="接着写。", version="1"))
    page = said(clerk.get(f"{place}edit/"))
    assert "接着写。</textarea>" in page
    assert '<input type="hidden" name="version" value="1">' in page
    assert "接着写" not in said(clerk.get(NEWS))
    clerk.post(f"{place}edit/", news(text="接着写。", version="1"))
    row.refresh_from_db()
    assert (row.state, row.handed_in) == ("submitted", "2月25日，商务厅窗口接着写。")
    assert clerk.post(f"{place}scratch/", news(version="1")).json() == {"over": True}
    assert not Scratch.objects.exists()


def test_nobody_sees_what_another_person_has_begun(clerk, client, house):
    clerk.post(KEEP, news(text="我的半句"))
    client.force_login(house.chief)
    assert "我的半句" not in said(client.get(NEWS))
    assert "我的半句" not in said(client.get("/desk/2026/2/"))


@pytest.mark.parametrize(("kind", "form"), [("visit", visit(remarks="要快")), ("report", {})])
def test_visits_and_counts_are_kept_alike(clerk, kind, form):
    assert "saved" in clerk.post(f"/desk/2026/2/scratch/{kind}/", form).json()
    page = COUNTS if kind == "report" else f"/desk/2026/2/{kind}/"
    assert "上次没写完的文字已经恢复" in said(clerk.get(page))


def test_too_much_is_not_kept_and_no_other_kind_has_an_address(clerk):
    assert clerk.post(KEEP, news(text="长" * 60_001)).json() == {"over": True}
    assert clerk.post("/desk/2026/2/scratch/gossip/", news()).status_code == 404


def test_what_no_database_keeps_is_left_out(clerk):
    clerk.post(KEEP, news(text="写\0到", **{"x\0": "\0"}))
    assert (Scratch.objects.get().words, Scratch.objects.get().fields["x"]) == ("写到", [""])


def test_an_expired_session_is_not_offered_what_the_page_keeps_itself(clerk, monkeypatch):
    clerk.get(NEWS)
    later = time.time() + hours.IDLE + 60
    monkeypatch.setattr(time, "time", lambda: later)
    answer = clerk.post(KEEP, news(), headers={"Sec-Fetch-Mode": "cors"})
    assert (answer.status_code, "unsent" in clerk.session) == (401, False)


DIRTY = "- 走进园区,办理 12 项业务."


def test_what_was_cleaned_is_shown_by_its_characters(clerk):
    page = said(clerk.post(NEWS, news(action="preview", text=DIRTY)))
    assert "走进园区，办理12项业务。</textarea>" in page
    assert "<del>,</del><ins>，</ins>" in page
    assert "<del>␣</del>" in page


def test_cleaning_is_undone_without_script_and_told_of_until_the_text_changes(clerk):
    form = news(action="preview", text="走进园区，办理12项业务。", typed=DIRTY)
    assert "撤销整理" in said(clerk.post(NEWS, form))
    assert "撤销整理" not in said(clerk.post(NEWS, {**form, "text": "别的事。"}))
    page = said(clerk.post(NEWS, {**form, "action": "undo"}))
    assert f"{DIRTY}</textarea>" in page
    assert "按您写的，没有整理" in page


def test_what_an_editor_would_ask_is_said_and_stops_nothing(clerk):
    text = "近日，从三个方面压减环节：一是合并表单；二是压缩时限。"
    page = said(clerk.post(NEWS, news(action="preview", text=text)))
    assert "“近日”不明确，请写出“几月几日”。" in page
    response = clerk.post(NEWS, news(text=text), follow=True)
    assert Submission.objects.get().state == "submitted"
    assert "“近日”不明确" in said(response)
