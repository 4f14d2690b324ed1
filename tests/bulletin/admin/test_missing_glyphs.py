"""Rare characters of names print; what no font has is shown at its place and stops the issue."""

from __future__ import annotations

from django.contrib.messages import get_messages

from bulletin import pages
from bulletin.models import Edition
from bulletin.typeset import fonts
from tests.newsroom import url

NAMES = "2月3日，省政务中心张镕、王喆、李祎、赵玥、钱䶮、孙㛃、周𬭎、吴堃到商务厅窗口调研。"
LOST = "\U0010fffd"


def with_text(client, rows, text):
    """The issue with its only entry edited to `text`, by the form."""
    entry = rows.entry
    change = {"text": text, "version": entry.version}
    assert client.post(url("issue_entry", entry.issue_id, entry.pk), change).status_code == 302
    return entry.issue


def shown(client, issue):
    """The lost characters on the assembly page: message and pages with an underlining."""
    context = client.get(url("issue_change", issue.pk)).context
    found = [one.problem for one in context["shown_problems"] if one.problem.code == "glyph"]
    return found, [page["number"] for page in context["pages"] if page["lined"]]


def test_names_of_rare_characters_are_printed_and_stop_nothing(at_work, rows):
    issue = with_text(at_work, rows, NAMES)
    assert shown(at_work, issue)[0] == []
    at_work.post(url("issue_send", issue.pk))
    assert Edition.objects.count() == 1


def test_a_character_no_font_has_is_named_underlined_and_stops_the_issue(at_work, rows):
    issue = with_text(at_work, rows, NAMES.replace("钱䶮", f"钱{LOST}"))
    (problem,), underlined = shown(at_work, issue)
    assert problem.message == f"一、（一）第24字的“{LOST}”没有字体能印，请换字或装字体。"
    assert (problem.entry_id, problem.start, problem.end) == (rows.entry.pk, 23, 24)
    assert underlined == [1]
    answer = at_work.post(url("issue_send", issue.pk))
    assert "还不能送签：一、（一）第24字" in str(*get_messages(answer.wsgi_request))
    assert not Edition.objects.exists()


def test_a_machine_without_fonts_is_told_so_once(at_work, rows, monkeypatch):
    bare = fonts.find_fonts([])
    monkeypatch.setattr(fonts, "system_fonts", lambda: bare)
    issue = with_text(at_work, rows, NAMES + "。")
    found, _ = shown(at_work, issue)
    assert len(found) == 21
    assert "像是没装中文字体，请管理员装上公文字体，办法见运维手册。" in found[-1].message


def test_the_pages_say_which_faces_stand_in(at_work, rows, monkeypatch):
    wheel = fonts.find_fonts(fonts.font_directories({})[-1:])
    monkeypatch.setattr(pages, "system_fonts", lambda: wheel)
    page = at_work.get(url("issue_change", rows.issue.pk)).content.decode()
    assert (
        "缺仿宋、小标宋、黑体、宋体、西文，用别的字体代替。请管理员装上公文字体，办法见运维手册。"
        in page
    )
