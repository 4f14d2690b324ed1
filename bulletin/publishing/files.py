"""The files of an edition: every format, rendered once and kept under its digest."""

from __future__ import annotations

from typing import Final

from bulletin import storage
from bulletin.models import Edition, EditionFile
from bulletin.renderers import FORMATS
from bulletin.typeset import lay_out

PAGED: Final = ("pdf", "ofd", "docx")  # formats that are printed as pages


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
