"""What was printed is corrected in the open, or withdrawn with the reason; nothing is lost."""

from __future__ import annotations

import pytest

from bulletin.assembly import edit_entry
from bulletin.changes import changed_lines
from bulletin.models import Correction, Edition, Mail
from bulletin.moves import MoveRefused
from bulletin.publishing import (
    abandon_correction,
    correct,
    publish,
    send_proof,
    sign,
    withdraw,
)

NOTICE = "第四部分（一）办理件数误作43件，应为58件。"


def corrected(rows, fresh, printed) -> Edition:
    """Opened, one number put right, sent, signed and published."""
    house = rows.house
    correct(fresh(printed), by=house.editor, notice=NOTICE)
    entry = fresh(printed).entries.get()
    text = entry.text.replace("43", "58")
    edit_entry(entry, by=house.editor, text=text, version=entry.version)
    proof = send_proof(fresh(printed), by=house.editor)
    sign(proof, by=house.approver, digest=proof.digest)
    return publish(fresh(printed), by=house.publisher)


def test_the_public_edition_stays_public_while_it_is_corrected(rows, fresh, printed):
    issue = correct(fresh(printed), by=rows.house.editor, notice=NOTICE)
    assert issue.state == "open"
    assert list(Edition.objects.current()) == [printed]


def test_the_new_edition_replaces_the_old_and_both_are_kept(rows, fresh, printed):
    new = corrected(rows, fresh, printed)
    assert list(Edition.objects.current()) == [new]
    assert set(Edition.objects.published()) == {printed, new}
    assert (new.supersedes, new.number, new.notice) == (printed, printed.number, NOTICE)
    told = Correction.objects.get()
    assert (told.old, told.new, told.notice) == (printed, new, NOTICE)
    (change,) = changed_lines(printed.document, new.document)
    assert [(p.kind, p.text) for p in change.pieces if p.kind != "same"] == [
        ("del", "43"),
        ("ins", "58"),
    ]


def test_the_list_is_told_of_publication_and_of_the_correction_once_each(
    rows, fresh, recipients, printed
):
    new = corrected(rows, fresh, printed)
    mails = Mail.objects.filter(to__in=[one.email for one in recipients])
    assert mails.filter(subject__endswith="已发布").count() == 2
    told = mails.filter(subject__endswith="已更正")
    assert {mail.to for mail in told} == {one.email for one in recipients}
    assert all(NOTICE in mail.body and new.trail_digest in mail.body for mail in told)


def test_who_is_not_written_to_is_not(recipients, rows, signed):
    recipients[0].is_active = False
    recipients[0].save()
    publish(signed.issue, by=rows.house.publisher)
    assert not Mail.objects.filter(to=recipients[0].email).exists()


def test_a_correction_needs_a_notice(rows, fresh, printed):
    with pytest.raises(MoveRefused, match="理由"):
        correct(fresh(printed), by=rows.house.editor, notice=" ")


def test_what_was_not_changed_is_abandoned_and_stands_as_it_was(rows, fresh, printed):
    correct(fresh(printed), by=rows.house.editor, notice=NOTICE)
    issue = abandon_correction(fresh(printed), by=rows.house.editor)
    assert (issue.state, issue.correction_notice) == ("published", "")
    assert list(Edition.objects.current()) == [printed]


def test_what_was_changed_is_not_abandoned_before_it_is_put_back(rows, fresh, printed):
    house = rows.house
    correct(fresh(printed), by=house.editor, notice=NOTICE)
    entry = fresh(printed).entries.get()
    before = entry.text
    entry = edit_entry(entry, by=house.editor, text="2月3日，改了。", version=entry.version)
    with pytest.raises(MoveRefused, match="改回原样"):
        abandon_correction(fresh(printed), by=house.editor)
    edit_entry(entry, by=house.editor, text=before, version=entry.version)
    assert abandon_correction(fresh(printed), by=house.editor).state == "published"


def test_withdrawal_takes_every_edition_down_and_keeps_the_reason(rows, fresh, recipients, printed):
    corrected(rows, fresh, printed)
    withdraw(fresh(printed), by=rows.house.approver, reason="涉及个人信息。")
    assert fresh(printed).state == "withdrawn"
    assert list(Edition.objects.published()) == []
    gone = Edition.objects.withdrawn()
    assert [(row.withdraw_reason, row.withdrawn_by) for row in gone] == [
        ("涉及个人信息。", rows.house.approver)
    ] * 2
    mails = Mail.objects.filter(subject__endswith="已撤下", to=recipients[0].email)
    assert "涉及个人信息。" in mails.get().body


@pytest.mark.parametrize("step", ["open", "proof", "signed"])
def test_a_mistake_that_cannot_wait_is_withdrawn_in_the_middle_of_a_correction(
    rows, fresh, printed, step
):
    house = rows.house
    correct(fresh(printed), by=house.editor, notice=NOTICE)
    if step != "open":
        proof = send_proof(fresh(printed), by=house.editor)
    if step == "signed":
        sign(proof, by=house.approver, digest=proof.digest)
    withdraw(fresh(printed), by=house.approver, reason="涉及个人信息。")
    assert fresh(printed).state == "withdrawn"
    assert not Edition.objects.filter(voided_at=None, published_at=None).exists()


def test_only_an_approver_withdraws_and_only_with_a_reason(rows, fresh, printed):
    with pytest.raises(MoveRefused, match="角色"):
        withdraw(fresh(printed), by=rows.house.editor, reason="不对。")
    with pytest.raises(MoveRefused, match="理由"):
        withdraw(fresh(printed), by=rows.house.approver, reason="")
    assert list(Edition.objects.current()) == [printed]


def test_publication_keeps_the_trail_as_it_stood(rows, printed):
    last = rows.house.centre.trail_set.order_by("-serial").first()
    assert (printed.trail_count, printed.trail_digest) == (last.serial, last.digest)
