"""Every door of the newsroom × every role × one's own, another centre's and no object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import resolve, reverse

from bulletin.commenting import add_comment
from bulletin.models import Edition, Issue, ReturnedCopy, SignLink, Submission, Trail
from bulletin.publishing import make_link
from tests.factories import House, IndicatorFactory
from tests.newsroom import Newsroom, url
from windows import roles

AT_THE_CENTRE = (
    roles.EDITOR,
    roles.APPROVER,
    roles.PUBLISHER,
    roles.DATA_CLERK,
    roles.AUDITOR,
    roles.ADMINISTRATOR,
)
ABSENT = 999_999

# name → (method, what it is about, the answer to each role above); 409 is a refusal in words.
DOORS = {
    "submission_changelist": ("get", None, (200, 200, 200, 200, 403, 403)),
    "submission_change": ("get", "submission", (200, 200, 200, 404, 404, 404)),
    "submission_edit": ("post", "submission", (302, 302, 302, 404, 404, 404)),
    "submission_move": ("post", "submission", (302, 409, 409, 404, 404, 404)),
    "submission_commission": ("post", "submission", (302, 403, 403, 404, 404, 404)),
    "submission_uncommission": ("post", "submission", (302, 403, 403, 404, 404, 404)),
    "comment_changelist": ("get", None, (200, 200, 200, 200, 403, 403)),
    "comment_about": ("post", "submission", (302, 302, 302, 404, 404, 404)),
    "comment_mark": ("post", "comment", (302, 302, 302, 404, 404, 404)),
    "submission_presence": ("post", "submission", (200, 200, 200, 404, 404, 404)),
    "issue_presence": ("post", "issue", (200, 200, 200, 404, 404, 404)),
    "issue_changelist": ("get", None, (200, 200, 200, 403, 403, 403)),
    "issue_add": ("get", None, (200, 403, 403, 403, 403, 403)),
    "issue_change": ("get", "issue", (200, 200, 200, 404, 404, 404)),
    "issue_particulars": ("get", "issue", (200, 403, 403, 404, 404, 404)),
    "issue_collect": ("post", "issue", (302, 403, 403, 404, 404, 404)),
    "issue_send": ("post", "issue", (302, 302, 302, 404, 404, 404)),
    "issue_returned": ("get", "issue", (200, 403, 403, 404, 404, 404)),
    "issue_returned_copy": ("get", "copy", (200, 403, 403, 404, 404, 404)),
    "issue_returned_settle": ("post", "copy", (302, 403, 403, 404, 404, 404)),
    "issue_page": ("get", "issue", (200, 200, 200, 404, 404, 404)),
    "issue_draft": ("get", "issue", (200, 200, 200, 404, 404, 404)),
    "issue_entry": ("get", "entry", (200, 403, 403, 404, 404, 404)),
    "issue_place": ("post", "entry", (302, 403, 403, 404, 404, 404)),
    "issue_drop": ("post", "entry", (302, 403, 403, 404, 404, 404)),
    "issue_undo": ("post", "issue", (302, 403, 403, 404, 404, 404)),
    "issue_acknowledge": ("post", "issue", (302, 403, 403, 404, 404, 404)),
    "issue_restore": ("post", "aside", (302, 403, 403, 404, 404, 404)),
    "issue_place_waiting": ("post", "waiting", (302, 403, 403, 404, 404, 404)),
    "issue_carry_waiting": ("post", "waiting", (302, 403, 403, 404, 404, 404)),
    "issue_carry": ("post", "entry", (302, 403, 403, 404, 404, 404)),
    "issue_fix": ("post", "entry", (302, 403, 403, 404, 404, 404)),
    "issue_composed": ("post", "entry", (302, 403, 403, 404, 404, 404)),
    "issue_merge_with": ("post", "entry", (302, 403, 403, 404, 404, 404)),
    "issue_merge": ("get", "pair", (200, 403, 403, 404, 404, 404)),
    "issue_add_section": ("post", "issue", (302, 403, 403, 404, 404, 404)),
    "issue_section": ("post", "section", (302, 403, 403, 404, 404, 404)),
    "issue_number": ("get", "number", (200, 200, 200, 404, 404, 404)),
    "issue_template": ("get", "issue", (200, 403, 403, 404, 404, 404)),
    "edition_changelist": ("get", None, (200, 200, 200, 403, 403, 403)),
    "edition_change": ("get", "edition", (200, 200, 200, 404, 404, 404)),
    "edition_page": ("get", "edition", (200, 200, 200, 404, 404, 404)),
    "edition_file": ("get", "edition", (200, 200, 200, 404, 404, 404)),
    "edition_sign": ("post", "edition", (409, 302, 409, 404, 404, 404)),
    "edition_return": ("post", "edition", (409, 302, 409, 404, 404, 404)),
    "edition_void": ("post", "edition", (302, 409, 409, 404, 404, 404)),
    "edition_revoke": ("post", "edition", (409, 409, 409, 404, 404, 404)),
    "edition_publish": ("post", "edition", (409, 409, 409, 404, 404, 404)),
    "edition_schedule": ("post", "edition", (409, 409, 409, 404, 404, 404)),
    "edition_unschedule": ("post", "edition", (409, 409, 409, 404, 404, 404)),
    "edition_sheet": ("get", "edition", (200, 200, 200, 404, 404, 404)),
    "edition_confirm": ("post", "edition", (409, 409, 409, 404, 404, 404)),
    "edition_make_link": ("post", "edition", (409, 409, 409, 404, 404, 404)),
    "edition_revoke_link": ("post", "link", (302, 302, 302, 404, 404, 404)),
    "edition_link": ("get", "token", (404, 200, 404, 404, 404, 404)),
    "edition_rehearsal": ("get", "edition", (200, 200, 200, 404, 404, 404)),
    "edition_correct": ("post", "edition", (409, 409, 409, 404, 404, 404)),
    "edition_abandon": ("post", "edition", (409, 409, 409, 404, 404, 404)),
    "edition_withdraw": ("post", "edition", (409, 409, 409, 404, 404, 404)),
    "call_changelist": ("get", None, (200, 403, 403, 403, 403, 403)),
    "call_add": ("get", None, (200, 403, 403, 403, 403, 403)),
    "call_change": ("get", "call", (200, 403, 403, 403, 403, 403)),
    "call_remind": ("post", "call", (302, 403, 403, 403, 403, 403)),
    "call_came_in": ("get", "commission", (200, 403, 403, 403, 403, 403)),
    "call_link": ("post", "commission", (302, 403, 403, 403, 403, 403)),
    "call_unlink": ("post", "commission", (302, 403, 403, 403, 403, 403)),
    "publication_changelist": ("get", None, (403, 403, 403, 403, 403, 200)),
    "publication_add": ("get", None, (403, 403, 403, 403, 403, 200)),
    "publication_sample": ("get", None, (403, 403, 403, 403, 403, 200)),
    "publication_change": ("get", "publication", (403, 403, 403, 403, 403, 200)),
    "trail_changelist": ("get", None, (200, 403, 403, 403, 200, 403)),
    "trail_export": ("get", None, (200, 403, 403, 403, 200, 403)),
    "mail_changelist": ("get", None, (200, 403, 403, 403, 403, 403)),
}
LEADING = {
    "submission_move": ("claim",),
    "issue_page": (1,),
    "issue_draft": ("txt",),
    "edition_page": (1,),
    "edition_file": ("txt",),
}
# Doors that a page and its form go through alike.
LOOKED_AT_AND_SENT = {
    "issue_particulars",
    "issue_entry",
    "issue_merge",
    "issue_template",
    "issue_returned",
    "comment_about",
    "edition_link",
}
ABOUT_ONE = [name for name, (_method, what, _answers) in DOORS.items() if what]


def address(name: str, rows: Newsroom) -> str:
    """The door's address for the house's own object."""
    what = DOORS[name][1]
    if what is None:
        return url(name)
    if what in PLACED:
        return url(name, *PLACED[what](rows))
    row = rows.house.publication if what == "publication" else getattr(rows, what)
    before = ("submission",) if name == "comment_about" else ()
    return url(name, *before, row.pk, *LEADING.get(name, ()))


def absent(name: str, at: str) -> str:
    """The same door for an object that is not there."""
    if name == "edition_link":
        return url(name, "x")
    return re.sub(r"(?<=/)\d+(?=/)", str(ABSENT), at, count=1 if name in LEADING else 0)


def _of_issue(what: Callable[[Newsroom], Any]) -> Callable[[Newsroom], tuple[Any, ...]]:
    return lambda rows: (rows.issue.pk, what(rows))


def _link(rows: Newsroom) -> tuple[SignLink, str]:
    return make_link(rows.edition, person=rows.house.approver, by=rows.house.editor)


def _revocable(rows: Newsroom) -> tuple[int, int]:
    return rows.edition.pk, _link(rows)[0].pk


def _token(rows: Newsroom) -> tuple[str]:
    return (resolve(_link(rows)[1]).kwargs["token"],)


def _comment(rows: Newsroom) -> tuple[int, str]:
    return add_comment(rows.submission, by=rows.house.editor, text="请核。").pk, "resolve"


def _returned(rows: Newsroom) -> int:
    return ReturnedCopy.objects.create(issue=rows.issue, name="改稿.docx", by=rows.house.editor).pk


# What a door is about → the parts of its address.
PLACED: Final[dict[str, Callable[[Newsroom], tuple[Any, ...]]]] = {
    "entry": _of_issue(lambda rows: rows.entry.pk),
    "aside": _of_issue(lambda rows: rows.aside.pk),
    "waiting": _of_issue(lambda rows: rows.aside.submissions.get().pk),
    "section": _of_issue(lambda rows: rows.entry.section_id),
    "number": _of_issue(lambda rows: IndicatorFactory(centre=rows.house.centre).key),
    "copy": _of_issue(_returned),
    "pair": lambda rows: (rows.issue.pk, rows.entry.pk, rows.second.pk),
    "commission": lambda rows: (rows.commission.call_id, rows.commission.pk),
    "comment": _comment,
    "link": _revocable,
    "token": _token,
}


def press(client, name: str, at: str, rows: Newsroom | None = None):
    if DOORS[name][0] == "get":
        return client.get(at)
    digest = rows.edition.digest if rows and name == "edition_sign" else ""
    return client.post(
        at,
        {
            "digest": digest,
            "comment": "请核对。",
            "note": "日期要改。",
            "go": "up",
            "at": "x",
            "deed": "decline",
        },
    )


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has not happened afterwards: the next role finds the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", DOORS)
def test_each_role_gets_the_answer_written_in_the_table(client, house, name):
    rows = Newsroom(house)
    if name.startswith("edition"):
        assert rows.edition
    at, people = address(name, rows), house.everyone()
    answers = []
    for who in AT_THE_CENTRE:
        with undone():
            client.force_login(people[who])
            answers.append(press(client, name, at, rows).status_code)
    assert tuple(answers) == DOORS[name][2]


@pytest.mark.parametrize("name", ABOUT_ONE)
def test_another_centres_object_answers_like_an_absent_one(client, house, name):
    foreign = Newsroom(House(slug="other"))
    if name.startswith("edition"):
        assert foreign.edition
    at = address(name, foreign)
    nowhere = absent(name, at)
    trails = Trail.objects.count()
    for who in AT_THE_CENTRE:
        client.force_login(house.everyone()[who])
        answer, nothing = press(client, name, at), press(client, name, nowhere)
        assert (who, answer.status_code) == (who, 404)
        assert answer.content == nothing.content
    assert Trail.objects.count() == trails


@pytest.mark.parametrize("name", DOORS)
def test_nobody_else_comes_in(client, house, name):
    at = address(name, Newsroom(house))
    assert press(client, name, at).url.startswith("/admin/login/")
    for who in (house.clerk, house.chief):
        client.force_login(who)
        answer = press(client, name, at)
        assert answer.url.startswith("/admin/login/")
        assert client.get(answer.url).status_code == 403


@pytest.mark.parametrize("name", sorted(set(ABOUT_ONE) - {"call_change", "publication_change"}))
def test_other_methods_are_refused(client, house, name):
    client.force_login(house.editor)
    at = address(name, Newsroom(house))
    wrong = client.post if DOORS[name][0] == "get" else client.get
    if name in LOOKED_AT_AND_SENT:
        wrong = client.put
    assert wrong(at).status_code == 405


def test_every_door_stands_in_the_table():
    doors = {
        str(pattern.name).removeprefix("bulletin_")
        for model, room in admin.site._registry.items()
        if model._meta.app_label == "bulletin"
        for pattern in room.get_urls()
    }
    assert doors == set(DOORS)


def test_a_number_that_is_none_is_absent_too(client, house):
    client.force_login(house.editor)
    for name in ("submission_change", "issue_change", "edition_change"):
        at = url(name, 1).replace("/1/", "/x/")
        assert client.get(at).status_code == 404


@pytest.mark.parametrize("who", AT_THE_CENTRE)
def test_everybody_at_the_centre_has_a_bench(client, house, who):
    client.force_login(house.everyone()[who])
    assert client.get(reverse("admin:index")).status_code == 200


def test_lists_show_ones_own_centre_only(client, house):
    mine, foreign = Newsroom(house), Newsroom(House(slug="other"))
    assert mine.edition
    assert foreign.edition
    client.force_login(house.editor)
    lists = {
        name: client.get(url(f"{name}_changelist")).context["cl"].queryset
        for name in ("submission", "issue", "edition", "trail", "mail", "call")
    }
    assert set(lists["submission"]) == set(Submission.objects.filter(centre=house.centre))
    assert set(lists["issue"]) == set(Issue.objects.filter(publication=house.publication))
    assert set(lists["edition"]) == set(Edition.objects.filter(pk=mine.edition.pk))
    assert {row.centre_id for row in lists["trail"]} == {house.centre.pk}


def test_a_window_of_another_centre_cannot_be_asked(client, house):
    foreign = House(slug="other")
    client.force_login(house.editor)
    form = client.get(url("call_add")).context["adminform"].form
    inline = client.get(url("call_add")).context["inline_admin_formsets"][0].formset.forms[0]
    assert list(form.fields["publication"].queryset) == [house.publication]
    assert foreign.window not in inline.fields["window"].queryset
