"""Proof, sign-off, publication: what was signed is exactly what becomes public (law 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin import outbox, storage
from bulletin.assembly import build_document
from bulletin.document import IssueDocument, dumps
from bulletin.models import Edition, EditionFile, Issue, Submission, Trail
from bulletin.moves import MoveRefused, leave_trail, lock, make_move
from bulletin.proofs import active_proof, end_proof
from bulletin.readiness import Problem, blocks, check_issue
from bulletin.renderers import FORMATS
from bulletin.renderers.extract import extract
from bulletin.typeset import lay_out
from stats.models import MonthlyReport
from windows.models import User

# What counts as having edited an issue or one of its items.
EDITS: Final = ("collect", "edit_entry", "place_entry", "drop_entry", "open_issue")
PAGED: Final = ("pdf", "ofd", "docx")  # formats that are printed as pages
ITEM_EDITS: Final = ("accept", "edit")


class NotReady(MoveRefused):
    """The issue cannot be frozen yet; `problems` are those that block."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            _("还不能送签：") + "；".join(p.message.rstrip("。") for p in problems) + "。"
        )
        self.problems = tuple(problems)


class SignRefused(MoveRefused):
    """Why this proof cannot be signed by this person now."""


# Proof


def send_proof(issue: Issue, *, by: User) -> Edition:
    """Freeze the issue as its next proof and send it for sign-off. Raises NotReady."""
    with transaction.atomic():
        row = lock(issue)
        problems = blocks(check_issue(row))
        if problems:
            raise NotReady(problems)
        document = build_document(row)
        differing = differing_formats(document)
        if differing:
            raise NotReady([Problem("formats", "block", reason) for reason in differing])
        make_move(row, "send_proof", by=by)
        last = row.editions.aggregate(last=Max("proof_no"))["last"] or 0
        edition = Edition.objects.create(
            issue=row,
            proof_no=last + 1,
            content=dumps(document).decode(),
            digest=document.digest,
            year=row.year,
            number=row.number,
            sent_by=by,
        )
        leave_trail(edition, "freeze", by=by, data={"digest": edition.digest})
        outbox.enqueue("render", f"render:{edition.pk}", {"edition": edition.pk})
    return edition


def differing_formats(document: IssueDocument) -> list[str]:
    """The equality gate: formats whose text, drawn out again, is not `lines()`."""
    wanted = [line.text for line in document.lines()]
    return [
        _("%(format)s里的文字与校样不一致，不能送签。请把这一期告诉系统管理员。")
        % {"format": form.label}
        for name, form in FORMATS.items()
        if extract(name, form.render(document)) != wanted
    ]


def return_proof(edition: Edition, *, by: User, note: str) -> None:
    """The approver sends the proof back to the editors, with the reason."""
    end_proof(edition.issue, "return_proof", by=by, note=note)


def void_proof(issue: Issue, *, by: User, note: str) -> None:
    end_proof(issue, "void_proof", by=by, note=note)


# Sign-off


def edited_by(issue: Issue, user: User) -> bool:
    """Whether `user` had a hand in the issue or in an item that stands in it."""
    mine = Trail.objects.filter(actor_id=user.pk)
    if mine.filter(subject="issue", subject_id=issue.pk, action__in=EDITS).exists():
        return True
    placed = Submission.objects.filter(placement__entry__issue=issue).values("pk")
    return mine.filter(subject="submission", subject_id__in=placed, action__in=ITEM_EDITS).exists()


def sign(edition: Edition, *, by: User, digest: str, note: str = "") -> Edition:
    """Sign exactly the proof that was shown, named by its digest.

    Raises SignRefused when another digest was shown, when the proof is void or
    the issue has changed since, and when `by` edited the issue and gives no reason.
    """
    reason = ""
    with transaction.atomic():
        issue = lock(edition.issue)
        row = Edition.objects.select_for_update().get(pk=edition.pk)
        _check_proof(row, digest)
        if build_document(issue).digest == row.digest:
            if edited_by(issue, by) and not note.strip():
                raise SignRefused(_("您编辑过本期，不能自己签发。确需签发请写明理由。"))
            make_move(issue, "sign", by=by, note=note, data={"digest": digest})
            row.signed_by, row.signed_at, row.sign_note = by, timezone.now(), note.strip()
            row.save(update_fields=["signed_by", "signed_at", "sign_note"])
            return row
        reason = _("送签之后数据或条目有变动，这份校样已作废，请编辑重新送签。")
        end_proof(issue, "void_proof", by=None, note=reason)
    raise SignRefused(reason)


def _check_proof(row: Edition, digest: str) -> None:
    if row.voided_at:
        raise SignRefused(_("这份校样已经作废：%(why)s") % {"why": row.void_reason})
    if row.digest != digest:
        raise SignRefused(_("您看到的不是现在这份校样，请刷新页面再看。"))


def revoke(issue: Issue, *, by: User, note: str) -> None:
    """Take a sign-off back before publication; the proof is void."""
    end_proof(issue, "revoke", by=by, note=note)


# Files


def ensure_files(edition: Edition) -> list[EditionFile]:
    """Every format of the edition, rendered once however often this runs."""
    have = {file.format: file for file in edition.files.all()}
    missing = [form for name, form in FORMATS.items() if name not in have]
    document = edition.document if missing else None
    for form in missing:
        assert document is not None  # noqa: S101  read where anything is missing
        data = form.render(document)
        sha256, path = storage.keep(data, form.extension)
        have[form.name], _made = EditionFile.objects.get_or_create(
            edition=edition,
            format=form.name,
            defaults={
                "sha256": sha256,
                "size": len(data),
                "path": path,
                "pages": len(lay_out(document)) if form.name in PAGED else None,
            },
        )
    return [have[name] for name in FORMATS]


# Publication


def reasons_not_to_publish(issue: Issue) -> list[str]:
    """Why the issue cannot be published now; empty when it can."""
    if issue.state == "published":
        return [_("本期已经发布。")]
    if issue.state not in {"signed", "scheduled"}:
        return [_("本期还没有签发。")]
    proof = active_proof(issue)
    if proof is None or proof.signed_at is None:
        return [_("没有已签发的校样。")]
    return []


def publish(issue: Issue, *, by: User | None) -> Edition:
    """Make the signed edition public, whole and at once. Raises MoveRefused.

    Files are rendered before the transaction, so that nothing public waits for
    them; a second run finds the issue published and is refused.
    """
    proof = active_proof(issue)
    if proof is None:
        raise MoveRefused("".join(reasons_not_to_publish(issue)) or _("没有校样。"))
    ensure_files(proof)
    with transaction.atomic():
        row = lock(issue)
        if reasons := reasons_not_to_publish(row):
            raise MoveRefused("".join(reasons))
        edition = Edition.objects.select_for_update().get(pk=proof.pk)
        edition.supersedes = (
            Edition.objects.filter(issue=row, published_at__isnull=False, superseded_by=None)
            .exclude(pk=edition.pk)
            .first()
        )
        edition.published_at = timezone.now()
        edition.save(update_fields=["published_at", "supersedes"])
        make_move(row, "publish", by=by, data={"digest": edition.digest})
        _lock_figures(row)
    return edition


def _lock_figures(issue: Issue) -> None:
    """Confirmed figures of the published months are only restated from now on."""
    reports = MonthlyReport.objects.filter(
        centre=issue.centre, year=issue.year, month__in=issue.months, state="confirmed"
    )
    for report in reports:
        make_move(report, "lock", by=None)


def schedule(issue: Issue, *, by: User, at: dt.datetime) -> None:
    """Publish at a set time; the row is the truth, the sweep finds it."""
    if at <= timezone.now():
        raise MoveRefused(_("定时要晚于现在。要现在发布请按“发布”。"))
    with transaction.atomic():
        row = make_move(issue, "schedule", by=by, data={"at": at.isoformat()})
        row.scheduled_for = at
        row.save(update_fields=["scheduled_for"])
        key = f"publish:{row.pk}:{row.version}"
        outbox.enqueue("publish", key, {"issue": row.pk}, run_at=at)


def unschedule(issue: Issue, *, by: User) -> None:
    with transaction.atomic():
        row = make_move(issue, "unschedule", by=by)
        row.scheduled_for = None
        row.save(update_fields=["scheduled_for"])


def publish_if_due(issue_id: int) -> bool:
    """What a publish job does: nothing unless the issue is still scheduled and due."""
    issue = Issue.objects.get(pk=issue_id)
    due = issue.scheduled_for and issue.scheduled_for <= timezone.now()
    if issue.state != "scheduled" or not due:
        return False
    publish(issue, by=None)
    return True
