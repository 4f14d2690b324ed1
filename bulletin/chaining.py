"""The next link of a centre's chain: the only code that adds a row to the trail."""

from __future__ import annotations

import re
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from bulletin.models import ChainHead, Trail
from windows.models import Centre, User

# What would begin a line of its own where a row is read as one: controls, and Unicode's breaks.
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def add_link(
    centre: Centre, *, by: User | None, subject: str, subject_id: int, label: str, action: str,
    **more: Any,
) -> Trail:  # fmt: skip
    """Inside the caller's transaction: the head is locked until it ends.

    `more` may hold source, target, note and data, and `who` where nobody has proved who they are.
    """
    ChainHead.objects.get_or_create(centre=centre)
    head = ChainHead.objects.select_for_update().get(centre=centre)
    row = Trail(
        centre=centre,
        serial=head.count + 1,
        at=timezone.now(),
        actor_id=by.pk if by else None,
        actor_name=one_line(more.pop("who", "") or by or _("系统"))[:60],
        subject=subject,
        subject_id=subject_id,
        label=one_line(label)[:120],
        action=action,
        previous=head.digest,
        **more,
    )
    row.digest = row.compute_digest()
    row.save(force_insert=True)
    head.count, head.digest = row.serial, row.digest
    head.save(update_fields=["count", "digest"])
    return row


def one_line(words: object) -> str:
    """What somebody typed, so that it cannot look like another row."""
    return _BREAKS.sub(" ", str(words))
