"""The files of an edition: every format, rendered once and kept under its digest."""

from __future__ import annotations

from bulletin import storage
from bulletin.document import IssueDocument
from bulletin.marking import public_marks, replaced_marks
from bulletin.models import Edition, EditionFile
from bulletin.renderers import FORMATS, Format, Marks
from bulletin.typeset import lay_out


def ensure_files(edition: Edition) -> list[EditionFile]:
    """Every format of the edition, rendered once however often this runs."""
    return _ensure(edition, tuple(FORMATS.values()), public_marks(edition.digest))


def ensure_stamped(edition: Edition, successor: Edition) -> list[EditionFile]:
    """Copies of the paged formats that name the edition taking this one's place; what was
    published before stays as it is."""
    paged = tuple(form for form in FORMATS.values() if form.paged)
    return _ensure(edition, paged, replaced_marks(edition, successor), successor)


def _ensure(
    edition: Edition, forms: tuple[Format, ...], marks: Marks, stamp: Edition | None = None
) -> list[EditionFile]:
    have = {file.format: file for file in edition.files.filter(stamp=stamp)}
    missing = [form for form in forms if form.name not in have]
    document = edition.document if missing else None
    for form in missing:
        assert document is not None  # noqa: S101  read where anything is missing
        have[form.name] = _made(edition, document, form, marks, stamp)
    return [have[form.name] for form in forms]


def _made(
    edition: Edition, document: IssueDocument, form: Format, marks: Marks, stamp: Edition | None
) -> EditionFile:
    data = form.render(document, marks=marks)
    sha256, path = storage.keep(data, form.extension)
    made, _is_new = EditionFile.objects.get_or_create(
        edition=edition,
        format=form.name,
        stamp=stamp,
        defaults={
            "sha256": sha256,
            "size": len(data),
            "path": path,
            "pages": len(lay_out(document)) if form.paged else None,
        },
    )
    return made
