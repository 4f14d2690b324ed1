"""Files kept outside the web root, under a name nobody can guess."""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.handing_in import EDITABLE
from bulletin.models import Attachment, Submission
from bulletin.moves import leave_trail, lock
from bulletin.uploads.checking import LARGEST, Checked, check
from windows.importing.refusals import Refused
from windows.models import User

MOST: Final = 9  # files of one submission


def attach(submission: Submission, file: File, by: User) -> Attachment:
    """Check and keep `file`; the same bytes a second time are the same attachment.

    Raises Refused; then nothing was stored.
    """
    checked = check(file.name or "", file.read(LARGEST + 1))
    sha256 = hashlib.sha256(checked.data).hexdigest()
    with transaction.atomic():
        row = _editable(submission)
        others = Attachment.objects.filter(submission=row)
        if known := others.filter(sha256=sha256).first():
            return known
        if others.count() >= MOST:
            raise Refused(_("一条报送最多%(most)s个附件。请先去掉一个。") % {"most": MOST})
        return _keep(row, checked, sha256, by)


def detach(attachment: Attachment, by: User) -> None:
    """Raises Refused once the submission is out of the window's hands."""
    with transaction.atomic():
        row = _editable(attachment.submission)
        leave_trail(row, "detach", by=by, data=_facts(attachment))
        attachment.delete()
    location(attachment).unlink(missing_ok=True)


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "attachments"


def location(attachment: Attachment) -> Path:
    return root() / attachment.path


def read(attachment: Attachment) -> bytes:
    """The kept bytes. Raises FileNotFoundError, and ValueError when they were altered."""
    data = location(attachment).read_bytes()
    if hashlib.sha256(data).hexdigest() != attachment.sha256:
        raise ValueError(f"attachment {attachment.pk}: stored bytes do not match their digest")
    return data


def _editable(submission: Submission) -> Submission:
    row = lock(submission)
    if row.state not in EDITABLE:
        raise Refused(_("已经提交，不能再改附件。请先撤回修改。"))
    return row


def _keep(row: Submission, checked: Checked, sha256: str, by: User) -> Attachment:
    attachment = Attachment(
        submission=row,
        name=checked.name,
        kind=checked.kind,
        size=len(checked.data),
        sha256=sha256,
        path=uuid.uuid4().hex,
        by=by,
    )
    target = location(attachment)
    _write(target, checked.data)
    try:
        with transaction.atomic():
            attachment.save(force_insert=True)
            leave_trail(row, "attach", by=by, data=_facts(attachment))
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return attachment


def _write(target: Path, data: bytes) -> None:
    """Whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".part")
    try:
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o640)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _facts(attachment: Attachment) -> dict[str, str]:
    return {"name": attachment.name, "sha256": attachment.sha256}
