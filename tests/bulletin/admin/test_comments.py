"""Comments on a submission and an issue: open or resolved, one pinned, for the newsroom only."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages

from bulletin.commenting import add_comment, mark_comment
from bulletin.models import Comment, Trail
from tests.factories import House
from tests.newsroom import Newsroom, url

WORDS = "请再核一遍“43件”。"


@pytest.fixture
def rows(house):
    return Newsroom(house)


@pytest.fixture
def at_work(client, house):
    client.force_login(house.editor)
    return client


@pytest.fixture(params=["submission", "issue"])
def target(request, rows):
    return getattr(rows, request.param)


def page(client, target) -> str:
    return client.get(url(f"{target._meta.model_name}_change", target.pk)).content.decode()


def write(client, target, text: str, **more: str):
    at = url(f"{target._meta.model_name}_comment", target.pk)
    return client.post(at, {"comment": text, **more})


def press(client, comment, deed: str):
    target = comment.about
    at = url(f"{target._meta.model_name}_comment_mark", target.pk, comment.pk, deed)
    return client.post(at)


def test_a_comment_is_shown_resolved_and_opened_again(at_work, house, target):
    answer = write(at_work, target, f" {WORDS} ")
    assert answer.url.endswith("#comments")
    comment = Comment.objects.get()
    assert (comment.text, comment.author, comment.about) == (WORDS, house.editor, target)
    assert WORDS in page(at_work, target)
    press(at_work, comment, "resolve")
    comment.refresh_from_db()
    assert comment.resolved_by == house.editor
    assert "办结</small>" in page(at_work, target)
    press(at_work, comment, "reopen")
    comment.refresh_from_db()
    assert (comment.resolved_at, comment.resolved_by) == (None, None)
    trail = Trail.objects.of(target._meta.model_name, target.pk).order_by("serial")
    deeds = [row.action for row in trail if "comment" in row.action]
    assert deeds == ["comment", "resolve_comment", "reopen_comment"]


def test_a_new_note_takes_the_place_of_the_old(at_work, target):
    write(at_work, target, "第一条。", pin="1")
    write(at_work, target, "第二条。", pin="1")
    write(at_work, target, "第三条。")
    shown = list(Comment.objects.about(target).values_list("text", "pinned"))
    assert shown == [("第二条。", True), ("第一条。", False), ("第三条。", False)]
    press(at_work, Comment.objects.get(pinned=True), "unpin")
    assert not Comment.objects.filter(pinned=True).exists()


def test_pressed_twice_it_is_told_once(house, rows):
    comment = add_comment(rows.submission, by=house.editor, text=WORDS)
    for _twice in range(2):
        mark_comment(comment, "resolve", by=house.editor)
    assert Trail.objects.filter(action="resolve_comment").count() == 1


@pytest.mark.parametrize(("text", "why"), [("  ", "批注是空的"), ("长" * 2001, "最多2000字")])
def test_an_empty_or_endless_one_is_refused(at_work, rows, text, why):
    answer = write(at_work, rows.submission, text)
    assert why in str(list(get_messages(answer.wsgi_request))[0])
    assert Comment.objects.count() == 0


def test_windows_never_see_them(client, house, rows):
    add_comment(rows.submission, by=house.editor, text=WORDS)
    for who in (house.clerk, house.chief, house.auditor, house.administrator):
        assert not Comment.objects.visible_to(who).exists()
    client.force_login(house.clerk)
    assert WORDS not in client.get(f"/desk/submissions/{rows.submission.pk}/").content.decode()


def test_a_data_clerk_sees_those_on_counts_only(house, rows):
    report = house.report(state="submitted")
    seen = add_comment(report, by=house.editor, text="比上月大。")
    add_comment(rows.submission, by=house.editor, text=WORDS)
    add_comment(rows.issue, by=house.editor, text=WORDS)
    assert list(Comment.objects.visible_to(house.data_clerk)) == [seen]


def test_another_objects_comment_has_no_door_here(at_work, house, rows):
    foreign = Newsroom(House(slug="other"))
    theirs = add_comment(foreign.submission, by=foreign.house.editor, text=WORDS)
    other = add_comment(rows.submitted(), by=house.editor, text=WORDS)
    for comment in (theirs, other):
        at = url("submission_comment_mark", rows.submission.pk, comment.pk, "resolve")
        assert at_work.post(at).status_code == 404
    assert not Comment.objects.visible_to(house.editor).filter(pk=theirs.pk).exists()
    assert press(at_work, other, "delete").status_code == 404


def test_what_is_written_is_shown_as_text(at_work, rows):
    write(at_work, rows.submission, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in page(at_work, rows.submission)
