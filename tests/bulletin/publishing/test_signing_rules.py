"""Who may sign what: two persons, the marked exception, the word changed after, the link."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import resolve
from django.utils import timezone

from bulletin.assembly import edit_entry
from bulletin.models import Mail, SignLink, Trail
from bulletin.moves import MoveRefused
from bulletin.publishing import (
    SignRefused,
    confirm_exception,
    link_of,
    make_link,
    publish,
    revoke_link,
    schedule,
    send_proof,
    sign,
    stays_marked,
    why_closed,
)
from windows.roles import APPROVER


@pytest.fixture
def exception(rows):
    """Signed by its editor, who is an approver too."""
    rows.house.person(APPROVER, user=rows.house.editor)
    edition = rows.edition
    return sign(edition, by=rows.house.editor, digest=edition.digest, note="签发人出差。")


def confirm(edition, by):
    return confirm_exception(edition, by=by, digest=edition.digest)


def test_who_signs_what_they_edited_leaves_a_mark_that_publication_does_not_take_away(
    rows, exception
):
    assert exception.is_exception
    published = publish(exception.issue, by=rows.house.publisher)
    assert stays_marked(published)


def test_another_approver_who_did_not_edit_takes_the_mark_away(rows, exception):
    edition = confirm(exception, rows.house.approver)
    assert not stays_marked(edition)
    assert (edition.confirmed_by, edition.signed_by) == (rows.house.approver, rows.house.editor)
    assert Trail.objects.filter(action="confirm_exception").count() == 1


def test_it_may_be_confirmed_after_publication_and_once_only(rows, exception):
    published = publish(exception.issue, by=rows.house.publisher)
    assert not stays_marked(confirm(published, rows.house.approver))
    with pytest.raises(SignRefused, match="没有要复核"):
        confirm(published, rows.house.approver)


def test_nobody_confirms_their_own_exception_or_an_issue_they_edited(rows, exception):
    with pytest.raises(SignRefused, match="另一位"):
        confirm(exception, rows.house.editor)
    with pytest.raises(SignRefused, match="只有签发人"):
        confirm(exception, rows.house.publisher)
    second = rows.house.person(APPROVER)
    rows.house.person("editor", user=second)
    entry = exception.issue.entries.get()
    edit_entry(entry, by=second, text=entry.text + "改。", version=entry.version, revoking=True)
    proof = send_proof(exception.issue, by=rows.house.editor)
    again = sign(proof, by=rows.house.editor, digest=proof.digest, note="急。")
    with pytest.raises(SignRefused, match="编辑过本期"):
        confirm(again, second)


def test_a_normal_sign_off_has_no_mark(signed):
    assert not stays_marked(signed)


def test_one_word_after_sign_off_takes_it_back_and_says_which(rows, fresh, signed):
    entry = rows.entry
    text = entry.text.replace("43", "58")
    with pytest.raises(MoveRefused, match="撤销签发"):
        edit_entry(entry, by=rows.house.editor, text=text, version=entry.version)
    edit_entry(entry, by=rows.house.editor, text=text, version=entry.version, revoking=True)
    signed.refresh_from_db()
    assert fresh(signed).state == "open"
    assert signed.void_reason == f"改了“{rows.entry.text[:20]}”：43→58"


def test_a_scheduled_issue_does_not_come_out_after_its_word_was_changed(rows, fresh, signed):
    schedule(signed.issue, by=rows.house.publisher, at=timezone.now() + dt.timedelta(hours=1))
    entry = rows.entry
    text = entry.text.replace("43", "58")
    edit_entry(entry, by=rows.house.editor, text=text, version=entry.version, revoking=True)
    assert fresh(signed).state == "open"


def test_the_void_proof_says_what_was_changed(rows):
    entry, edition = rows.entry, rows.edition
    text = entry.text.replace("三天", "两天").replace("43", "58")
    edit_entry(entry, by=rows.house.editor, text=text, version=entry.version)
    edition.refresh_from_db()
    assert edition.void_reason.endswith("：43→58；三→两")


# The link


@pytest.fixture
def sent(rows):
    """(the row, its token)"""
    link, address = make_link(rows.edition, person=rows.house.approver, by=rows.house.editor)
    return link, resolve(address).kwargs["token"]


def test_a_link_leads_the_person_it_was_made_for_to_the_proof(rows, sent):
    link, token = sent
    assert link_of(token, rows.house.approver) == link
    assert why_closed(link) == ""
    mail = Mail.objects.get(to=rows.house.approver.email, key__startswith="link:")
    assert token in mail.body
    assert Trail.objects.filter(action="make_link").count() == 1


def test_it_leads_nobody_else_anywhere(rows, sent):
    second = rows.house.person(APPROVER)
    assert link_of(sent[1], second) is None
    assert link_of(sent[1][:-1] + "x", rows.house.approver) is None
    assert link_of("no-token", rows.house.approver) is None


def test_it_signs_once(rows, sent):
    link, _token = sent
    edition = rows.edition
    sign(edition, by=rows.house.approver, digest=edition.digest, link=link)
    link.refresh_from_db()
    assert why_closed(link) == "这个签发链接已经用过，只能用一次。"
    assert Trail.objects.get(action="sign").data["link"] == link.pk


def test_two_devices_at_once_sign_once(rows, sent):
    """The second holds the row as it was before the first pressed."""
    edition, link = rows.edition, sent[0]
    SignLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    with pytest.raises(SignRefused, match="用过"):
        sign(edition, by=rows.house.approver, digest=edition.digest, link=link)
    edition.refresh_from_db()
    assert edition.signed_at is None


def test_it_is_taken_back_and_ends_by_itself(rows, sent):
    link, _token = sent
    SignLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    link.refresh_from_db()
    assert "到期" in why_closed(link)
    revoke_link(link, by=rows.house.editor)
    link.refresh_from_db()
    assert "收回" in why_closed(link)
    with pytest.raises(MoveRefused, match="用过或收回"):
        revoke_link(link, by=rows.house.editor)


def test_a_change_of_the_issue_closes_it(rows, sent):
    link, token = sent
    entry = rows.entry
    edit_entry(entry, by=rows.house.editor, text="2月3日，改了。", version=entry.version)
    assert link_of(token, rows.house.approver) == link
    link.refresh_from_db()
    assert "已经作废" in why_closed(link)


@pytest.mark.parametrize("who", ["clerk", "auditor", "data_clerk"])
def test_only_the_issue_s_staff_send_links_and_only_to_approvers(rows, who):
    house = rows.house
    with pytest.raises(MoveRefused):
        make_link(rows.edition, person=house.approver, by=getattr(house, who))
    with pytest.raises(MoveRefused, match="签发人"):
        make_link(rows.edition, person=house.publisher, by=house.editor)
