"""Warnings acknowledged by name and reason; they lapse when the text they concern changes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.models import Entry, Issue, Waiver
from bulletin.moves import MoveRefused, leave_trail, lock
from bulletin.readiness import Problem, check_issue
from windows.access import scope_of
from windows.models import User
from windows.roles import APPROVER, EDITOR


def acknowledged(issue: Issue, problems: Sequence[Problem]) -> dict[str, Waiver]:
    """Key of a problem → the acknowledgement that holds for it; two queries."""
    digests = _digests(issue, problems)
    rows = Waiver.objects.filter(issue=issue).select_related("by")
    return {row.key: row for row in rows if digests.get(row.key) == row.text_digest}


def unanswered(issue: Issue, problems: Sequence[Problem]) -> list[Problem]:
    """The warnings nobody has looked at, as the texts stand now."""
    answered = acknowledged(issue, problems)
    return [one for one in problems if one.severity == "warn" and one.key not in answered]


def acknowledge(issue: Issue, keys: Collection[str], *, by: User, reason: str) -> list[Waiver]:
    """Answer for those problems as they stand. Raises MoveRefused without a reason, for what
    must be put right, and for a problem that is not there any more."""
    words = reason.strip()
    if not words:
        raise MoveRefused(_("请写明为什么可以不改。"))
    with transaction.atomic():
        row = lock(issue)
        _require_reader(row, by)
        found = {one.key: one for one in check_issue(row)}
        chosen = [found[key] for key in dict.fromkeys(keys) if key in found]
        if not chosen or len(chosen) < len(set(keys)):
            raise MoveRefused(_("这些提醒已经变了，请看最新的清单再确认。"))
        if any(one.severity == "block" for one in chosen):
            raise MoveRefused(_("必须改的问题不能只确认，请先改好。"))
        digests = _digests(row, chosen)
        made = [_keep(row, one, digests[one.key], by, words) for one in chosen]
        told = {"keys": [one.key for one in chosen], "messages": [one.message for one in chosen]}
        leave_trail(row, "acknowledge", by=by, note=words, data=told)
    return made


def take_back(waiver: Waiver, *, by: User) -> None:
    """The warning stands again."""
    with transaction.atomic():
        issue = lock(waiver.issue)
        _require_reader(issue, by)
        Waiver.objects.filter(pk=waiver.pk).delete()
        told = {"keys": [waiver.key], "messages": [waiver.message]}
        leave_trail(issue, "take_back_acknowledgement", by=by, data=told)


def _keep(issue: Issue, problem: Problem, digest: str, by: User, reason: str) -> Waiver:
    row, _made = Waiver.objects.update_or_create(
        issue=issue,
        key=problem.key,
        text_digest=digest,
        defaults={"message": problem.message, "reason": reason, "by": by},
    )
    return row


def _require_reader(issue: Issue, by: User) -> None:
    """Editors and approvers of the centre answer for its warnings."""
    scope = scope_of(by)
    if not scope.everything and issue.centre.pk not in scope.centres_as(EDITOR, APPROVER):
        raise MoveRefused(_("您的角色不能确认本期的提醒。"))


def _digests(issue: Issue, problems: Sequence[Problem]) -> dict[str, str]:
    """Key → SHA-256 of the text concerned: the entry's, else the words of the problem, which
    name what they count."""
    wanted = [one.entry_id for one in problems if one.entry_id]
    texts = dict(Entry.objects.filter(issue=issue, pk__in=wanted).values_list("pk", "text"))
    return {
        one.key: hashlib.sha256(texts.get(one.entry_id or 0, one.message).encode()).hexdigest()
        for one in problems
    }
