"""What a baked file is, by the end of its name; nginx keeps the same list (deploy/nginx.conf)."""

from __future__ import annotations

from typing import Final, NamedTuple


class Type(NamedTuple):
    """`packed`: worth compressing in advance."""

    content_type: str
    packed: bool = True


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES: Final = {
    "html": Type("text/html; charset=utf-8"),
    "txt": Type("text/plain; charset=utf-8"),
    "xml": Type("application/xml; charset=utf-8"),
    "atom": Type("application/atom+xml; charset=utf-8"),
    "json": Type("application/json"),
    "svg": Type("image/svg+xml"),
    "csv": Type("text/csv; charset=utf-8"),
    "pdf": Type("application/pdf", packed=False),
    "docx": Type(_WORD, packed=False),
    "ofd": Type("application/ofd", packed=False),
}


def type_of(name: str) -> Type | None:
    """None for a name that nothing baked has."""
    return TYPES.get(name.rpartition(".")[2])
