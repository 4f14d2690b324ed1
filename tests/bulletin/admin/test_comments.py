"""Comments on whatever the newsroom works with: open or resolved, one pinned, never for windows."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bulletin.assembly import drop_entry
from bulletin.commenting import add_comment, mark_comment
from bulletin.models import Comment, Submission, Trail
from bulletin.models.comments import ABOUT, subject_of
from stats.models import MonthlyReport
from tests.factories import House
from tests.newsroom import Newsroom, url

WORDS = "请再核一遍“43件”。"


@pytest.fixture(params=list(ABOUT))
def target(request, rows):
    return getattr(rows, request.param)


def door(target) -> str:
    return url("comment_about", subject_of(target), target.pk)


def page(client, target) -> str:
    """What is read where a comment on the object leads."""
    return client.get(door(target), follow=True).content.decode()


def write(client, target, text: str, **more: str):
    return client.post(door(target), {"comment": text, **more})


def press(client, comment, deed: str):
    return client.post(url("comment_mark", comment.pk, deed))


def test_a_comment_is_shown_resolved_and_opened_again(at_work, house, target):
    answer = write(at_work, target, f" {WORDS} ")
    assert answer.status_code == 302
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
    trail = Trail.objects.of(subject_of(target), target.pk).order_by("serial")
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


def test_another_centres_comment_has_no_door(at_work, house, rows):
    foreign = Newsroom(House(slug="other"))
    theirs = add_comment(foreign.submission, by=foreign.house.editor, text=WORDS)
    assert press(at_work, theirs, "resolve").status_code == 404
    assert write(at_work, foreign.submission, WORDS).status_code == 404
    own = add_comment(rows.submission, by=house.editor, text=WORDS)
    assert press(at_work, own, "delete").status_code == 404
    assert at_work.post(f"/admin/bulletin/comment/about/user/{house.clerk.pk}/").status_code == 404
    assert list(Comment.objects.visible_to(house.editor)) == [own]


def test_it_is_about_exactly_one_object(house, rows):
    for about in ({}, {"submission": rows.submission, "issue": rows.issue}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.create(centre=house.centre, text=WORDS, **about)


def test_beside_its_entry_on_the_page_of_the_issue(at_work, house, rows):
    add_comment(rows.entry, by=house.editor, text=WORDS, pin=True)
    done = add_comment(rows.entry, by=house.editor, text="已经核过。")
    mark_comment(done, "resolve", by=house.editor)
    entry = page(at_work, rows.issue).split(f'id="entry-{rows.entry.pk}"')[1].split("</details>")[0]
    assert WORDS in entry
    assert "已经核过。" not in entry
    assert "批注1条" in entry
    edit = at_work.get(url("issue_entry", rows.issue.pk, rows.entry.pk)).content.decode()
    assert "已经核过。" in edit


def test_what_was_said_of_an_entry_outlives_it(house, rows):
    add_comment(rows.entry, by=house.editor, text=WORDS, pin=True)
    drop_entry(rows.entry, by=house.editor)
    said = Comment.objects.get()
    assert (said.about, said.pinned, said.text) == (rows.issue, False, WORDS)


def test_counts_are_one_with_their_submission(at_work, house):
    before, handed_in = house.report(state="draft"), None
    early = add_comment(before.report, by=house.data_clerk, text="上月没有报。")
    assert early.about == before.report
    Submission.objects.filter(pk=before.pk).update(state="submitted")
    handed_in = MonthlyReport.objects.get(pk=before.report_id)
    late = add_comment(handed_in, by=house.editor, text="比上月大。")
    assert late.about == before
    shown = page(at_work, handed_in)
    assert "上月没有报。" in shown
    assert "比上月大。" in shown


def test_the_list_tells_what_is_open_and_leads_there(at_work, house, rows):
    for target in (rows.submission, rows.entry, rows.edition, rows.call, rows.report):
        add_comment(target, by=house.editor, text=f"核对{subject_of(target)}。")
    gone = add_comment(rows.issue, by=house.other_editor, text="已经定了。")
    mark_comment(gone, "resolve", by=house.editor)
    shown = at_work.get(url("comment_changelist"), {"done": "no"}).content.decode()
    assert [subject for subject in ABOUT if f"核对{subject}。" in shown] == [
        "submission", "entry", "edition", "call", "report",
    ]  # fmt: skip
    assert "已经定了。" not in shown
    assert f'href="{url("edition_change", rows.edition.pk)}#comments"' in shown
    only = at_work.get(url("comment_changelist"), {"subject": "call"}).content.decode()
    assert only.count("核对") == 1


def test_the_list_asks_the_database_as_often_for_many(at_work, house, rows):
    counted = []
    for at_most in (1, 6):
        while Comment.objects.count() < at_most * 5:
            for target in (rows.submission, rows.entry, rows.edition, rows.call, rows.issue):
                add_comment(target, by=house.editor, text=WORDS)
        with CaptureQueriesContext(connection) as asked:
            at_work.get(url("comment_changelist"))
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_what_is_written_is_shown_as_text(at_work, rows):
    write(at_work, rows.submission, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in page(at_work, rows.submission)
