"""A file between its preview and its confirmation, and the signed slip that leads back to it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from windows.importing.refusals import Refused

FOLDER: Final = "imports"
LASTS: Final = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Slip:
    """What was shown: the file, the choices made in the form, and the digest of the preview."""

    stored: str
    name: str
    choices: dict[str, Any]
    digest: str


def store(data: bytes) -> str:
    """Keeps the file under a name nobody can guess; sweeps out what was never confirmed."""
    return default_storage.save(new_path(), ContentFile(data))


def new_path() -> str:
    _sweep()
    return f"{FOLDER}/{uuid.uuid4().hex}"


def load(slip: Slip) -> bytes:
    """Raises Refused."""
    try:
        with default_storage.open(slip.stored) as file:
            return file.read()
    except FileNotFoundError:
        raise Refused("这个文件已经导入过，或放得太久。请重新上传。") from None


def discard(slip: Slip) -> None:
    default_storage.delete(slip.stored)


def sign(slip: Slip, salt: str) -> str:
    """`salt` names the model and the person: nobody else's slip fits."""
    return signing.dumps(asdict(slip), salt=salt, compress=True)


def unsign(text: str, salt: str) -> Slip:
    """Raises Refused."""
    try:
        return Slip(**signing.loads(text, salt=salt, max_age=LASTS))
    except signing.BadSignature:
        raise Refused("核对过的文件已过期。请重新上传。") from None


def _sweep() -> None:
    if not default_storage.exists(FOLDER):
        return
    _folders, names = default_storage.listdir(FOLDER)
    for name in names:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < timezone.now() - 2 * LASTS:
            default_storage.delete(path)
