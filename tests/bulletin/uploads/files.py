"""Files to upload, made by hand: honest ones, and the parts hostile ones are made of."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from docx import Document
from PIL import Image

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
    'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
    '"application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{more}</Types>'
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.'
    'org/package/2006/relationships">{rows}</Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = RELS.format(
    rows=f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
)
BODY = (
    '<?xml version="1.0" encoding="UTF-8"?>{dtd}<w:document xmlns:w="http://schemas.'
    'openxmlformats.org/wordprocessingml/2006/main" xmlns:r="' + OFFICE + '"><w:body>{body}'
    "</w:body></w:document>"
)
PARAGRAPH = "<w:p><w:r><w:t>2月3日，商务厅窗口推出企业备案当日办结。</w:t></w:r></w:p>"


def docx(*paragraphs):
    document = Document()
    for text in paragraphs or ("2月3日，商务厅窗口推出企业备案当日办结。",):
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def package(parts, compression=zipfile.ZIP_DEFLATED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def word(body=PARAGRAPH, *, dtd="", types="", rels="", more=()):
    """A small document; `rels` are the rows of word/_rels/document.xml.rels."""
    parts = [
        ("[Content_Types].xml", TYPES.format(more=types)),
        ("_rels/.rels", ROOT),
        ("word/document.xml", BODY.format(dtd=dtd, body=body)),
        *more,
    ]
    if rels:
        parts.append(("word/_rels/document.xml.rels", RELS.format(rows=rels)))
    return package(parts)


def link(kind, target, external=True):
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def field(text):
    return f"<w:p><w:r><w:instrText>{text}</w:instrText></w:r></w:p>"


def photo(kind="JPEG", size=(640, 480), **options):
    out = BytesIO()
    Image.new("RGB", size, (120, 90, 60)).save(out, kind, **options)
    return out.getvalue()


def png(width, height, rows=b"", extra=b""):
    """A PNG that says it is width × height, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def chunk(kind, content):
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def pdf(catalog="", page="", objects=(), trailer="", head=b"%PDF-1.7\n"):
    """One page; `catalog` and `page` are added to those dictionaries."""
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {page} >>",
        *objects,
    ]
    out, at = bytearray(head), []
    for number, body in enumerate(bodies, 1):
        at.append(len(out))
        content = body if isinstance(body, bytes) else body.encode()
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in at)
    size = len(bodies) + 1
    out += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n".encode()
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
