"""A one-time link to one proof, for an approver who is away.

The link leads one named person to one proof. It opens no door by itself: that person signs in,
with the second factor, and proves again who they are when they press the button. Its token
names the row and is signed; the row says whether it is used, taken back or expired.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin import outbox
from bulletin.models import Edition, SignLink
from bulletin.moves import MoveRefused, leave_trail, lock
from windows.access import scope_of
from windows.models import Staff, User
from windows.roles import APPROVER, EDITOR, PUBLISHER

GOOD_FOR: Final = dt.timedelta(hours=48)
_SALT: Final = "bulletin.signing-link"


class LinkRefused(MoveRefused):
    """Why a link leads nowhere any more."""


def approvers(edition: Edition) -> list[User]:
    """Who may be sent a link: the centre's approvers."""
    rows = Staff.objects.with_role(APPROVER, timezone.localdate()).filter(centre=edition.centre)
    return list(User.objects.filter(staff__in=rows, is_active=True).distinct().order_by("pk"))


def make_link(edition: Edition, *, person: User | None, by: User) -> tuple[SignLink, str]:
    """A new link and its address, which is mailed to `person`; an earlier one ends.

    Raises MoveRefused.
    """
    with transaction.atomic():
        issue = lock(edition.issue)
        row = Edition.objects.select_related("issue__publication").get(pk=edition.pk)
        _require_staff(row, by)
        if issue.state != "proof" or row.voided_at or row.signed_at:
            raise MoveRefused(_("这份校样不在等签发，不用发链接。"))
        if person is None or person not in approvers(row):
            raise MoveRefused(_("只能发给本中心的签发人。"))
        now = timezone.now()
        open_links = SignLink.objects.filter(edition=row, person=person, used_at=None)
        open_links.filter(revoked_at=None).update(revoked_at=now)
        link = SignLink.objects.create(
            edition=row, person=person, made_by=by, expires_at=now + GOOD_FOR
        )
        told = {"link": link.pk, "proof": row.proof_no, "to": str(person)}
        leave_trail(issue, "make_link", by=by, data=told)
        address = link_address(link)
        _mail(link, address)
    return link, address


def revoke_link(link: SignLink, *, by: User) -> None:
    with transaction.atomic():
        issue = lock(link.edition.issue)
        _require_staff(link.edition, by)
        open_now = SignLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None)
        if not open_now.update(revoked_at=timezone.now()):
            raise LinkRefused(_("这个签发链接已经用过或收回。"))
        told = {"link": link.pk, "to": str(link.person)}
        leave_trail(issue, "revoke_link", by=by, data=told)


def link_address(link: SignLink) -> str:
    token = signing.dumps(
        {"link": link.pk, "digest": link.edition.digest, "person": link.person_id},
        salt=_SALT,
        compress=True,
    )
    return reverse("admin:bulletin_edition_link", args=[token])


def link_of(token: str, user: User) -> SignLink | None:
    """The row of a token that was made for `user` and for that digest; None for any other."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    rows = SignLink.objects.select_related("edition__issue__publication", "person")
    row = rows.filter(pk=told["link"], person=user).first()
    named = row and (row.edition.digest, row.person_id) == (told["digest"], told["person"])
    return row if named else None


def why_closed(link: SignLink) -> str:
    """Why nothing can be signed through the link now; empty while it is open."""
    edition = link.edition
    if link.used_at:
        return _("这个签发链接已经用过，只能用一次。")
    if link.revoked_at:
        return _("这个签发链接已经收回。请联系编辑部。")
    if not link.is_open(timezone.now()):
        return _("这个签发链接已经到期。请联系编辑部重发。")
    if edition.voided_at:
        return _("这份校样已经作废：%(why)s") % {"why": edition.void_reason}
    return ""


def _require_staff(edition: Edition, by: User) -> None:
    scope = scope_of(by)
    allowed = scope.centres_as(EDITOR, APPROVER, PUBLISHER)
    if not scope.everything and edition.centre.pk not in allowed:
        raise MoveRefused(_("您的角色不能发签发链接。"))


def _mail(link: SignLink, address: str) -> None:
    local = timezone.localtime(link.expires_at)
    words = {
        "what": link.edition,
        "who": link.made_by,
        "at": f"{local.month}月{local.day}日 {local:%H:%M}",
        "address": settings.SITE_URL + address,
        "digest": link.edition.digest[:12].upper(),
    }
    body = _(
        "%(who)s请您签发%(what)s（指纹 %(digest)s）。\n\n%(address)s\n\n"
        "链接只给您本人，只能用一次，%(at)s到期；打开后要登录，签发时要再确认一次身份。"
        "不是您等的邮件，请不要打开，并告诉编辑部。"
    )
    subject = _("请签发：%(what)s") % words
    outbox.post(
        link.edition.centre, link.person, subject[:120], body % words, key=f"link:{link.pk}"
    )
