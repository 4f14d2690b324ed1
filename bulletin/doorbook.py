"""Who came in, who was refused, from where: rows of subject "account" in the trail.

等保 2.0 三级 (GB/T 22239-2019, 8.1.4.3) asks for success and failure, who and from where.
Whose chain a row belongs to: decision 16.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bulletin.chaining import add_link
from bulletin.middleware import client_address
from windows.models import Centre, User

SUBJECT: Final = "account"
FAILED: Final = frozenset({"sign_in_failed", "sign_in_locked", "code_failed", "proof_failed"})
_SHOWN: Final = 2  # characters of a name that nobody has: it may be a password


def note(
    user: User | None, action: str, request: HttpRequest, *, typed: str = "", how: str = ""
) -> None:
    """One row in every chain it belongs to; who failed has proved nothing and is no actor.

    `typed` is the name entered where no such user is; `how` says more (恢复码).
    """
    address, succeeded = address_of(request), action not in FAILED
    words = _("来自%(address)s") % {"address": address}
    with transaction.atomic():
        for centre in centres_of(user):
            add_link(
                centre,
                by=user if succeeded else None,
                who="" if succeeded else _("未登录的人"),
                subject=SUBJECT,
                subject_id=user.pk if user else 0,
                label=named(user) if user else masked(typed),
                action=action,
                note=f"{words}，{how}" if how else words,
                data={"address": address, "succeeded": succeeded},
            )


def centres_of(user: User | None) -> Iterable[Centre]:
    """In order of their keys, so that two events lock the heads of chains alike."""
    centres = Centre.objects.order_by("pk")
    if user is None:
        return centres
    return centres.filter(staff__user=user).distinct() or centres


def address_of(request: HttpRequest) -> str:
    return client_address(request) or _("不明地址")


def masked(typed: str) -> str:
    """zh…（共8字）: enough to recognise a slip of the pen, too little for a password typed in."""
    return _("没有这个用户：%(begin)s…（共%(n)s字）") % {"begin": typed[:_SHOWN], "n": len(typed)}


def named(user: User) -> str:
    return f"{user}（{user.username}）"
