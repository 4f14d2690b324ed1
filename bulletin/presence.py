"""某某正在编辑: touched while a page is open, shown for a minute, never a lock."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.models import Presence
from windows.models import User

SHOWN: Final = dt.timedelta(seconds=60)
KEPT: Final = dt.timedelta(days=1)


def touch(user: User, subject: str, pk: int) -> None:
    """Here now; what the person left yesterday is swept."""
    now = timezone.now()
    Presence.objects.filter(user=user, at__lt=now - KEPT).delete()
    Presence.objects.bulk_create(
        [Presence(user=user, subject=subject, subject_id=pk, at=now)],
        update_conflicts=True,
        unique_fields=["subject", "subject_id", "user"],
        update_fields=["at"],
    )


def others_at(user: User, subject: str, pk: int) -> str:
    """王敏、李书言正在编辑。 — or nothing. The caller has gated the object."""
    rows = Presence.objects.filter(
        subject=subject, subject_id=pk, at__gt=timezone.now() - SHOWN
    ).exclude(user=user)
    names = [str(row.user) for row in rows.select_related("user").order_by("at")]
    return _("%(who)s正在编辑。") % {"who": "、".join(names)} if names else ""
