"""Published editions held against their digests: the content, and every file of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from bulletin import baking, storage
from bulletin.baking.inspecting import Fault
from bulletin.models import Edition, EditionFile


@dataclass(slots=True)
class Inspection:
    editions: int = 0
    files: int = 0
    pages: int = 0
    faults: list[Fault] = field(default_factory=list)


def inspect() -> Inspection:
    """Every published edition, superseded ones too."""
    done = Inspection()
    editions = Edition.objects.filter(published_at__isnull=False).order_by("pk")
    related = editions.select_related("issue__publication").prefetch_related("files")
    for edition in related.iterator(chunk_size=50):
        files = list(edition.files.all())
        done.editions += 1
        done.files += len(files)
        done.faults += [*_content(edition), *(f for file in files for f in _file(edition, file))]
    if settings.BAKED:
        done.pages, wrong = baking.inspect()
        done.faults += wrong
    return done


def _content(edition: Edition) -> Iterator[Fault]:
    if hashlib.sha256(edition.content.encode()).hexdigest() != edition.digest:
        yield Fault(str(edition), _("内容与签发的指纹不符。"))


def _file(edition: Edition, file: EditionFile) -> Iterator[Fault]:
    what = f"{edition} {file.format.upper()} {file.path}"
    try:
        data = storage.read(file)
    except FileNotFoundError:
        yield Fault(what, _("文件不见了。"))
    except ValueError:
        yield Fault(what, _("字节与指纹不符。"))
    except OSError as error:
        yield Fault(what, _("读不了：%(why)s。") % {"why": error.strerror})
    else:
        if len(data) != file.size:
            yield Fault(what, _("大小与登记的不符。"))
