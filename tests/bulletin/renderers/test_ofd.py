"""OFD: valid against the standard's schemas, and read back by a reader that is not ours."""

from io import BytesIO
from zipfile import ZipFile

import ofdkit
import pytest
import uharfbuzz as hb
from lxml import etree

from bulletin.renderers import FORMATS, Marks, ofd
from bulletin.renderers.extract import extract
from tests.bulletin.documents import february, small
from tests.bulletin.renderers.test_archive import ten
from tests.shared import SHARED, needs_shared

SCHEMAS = {
    "OFD.xml": "OFD",
    "Document.xml": "Document",
    "PublicRes.xml": "Res",
    "Content.xml": "Page",
}
MARKS = Marks("校样3", "更正", "A1B2-C3D4", "0" * 64)


def package(document, **options):
    return ZipFile(BytesIO(ofd.render(document, **options)))


def faults(files):
    for name in files.namelist():
        sort = SCHEMAS.get(name.rpartition("/")[2])
        if sort:
            schema = etree.XMLSchema(file=str(SHARED / "ofd-xsd" / f"{sort}.xsd"))
            schema.validate(etree.fromstring(files.read(name)))
            yield from (f"{name}: {fault.message}" for fault in schema.error_log)


@needs_shared
@pytest.mark.parametrize("place", range(10))
def test_ten_issues_are_valid_against_the_schemas(place):
    assert list(faults(package(list(ten())[place]))) == []


@needs_shared
def test_marks_are_valid_against_the_schemas():
    assert list(faults(package(small("甲"), marks=MARKS))) == []


def test_every_number_is_used_once():
    files = package(small("甲", "乙" * 900), marks=MARKS)
    found = [
        element.get("ID")
        for name in files.namelist()
        if name.endswith(".xml")
        for element in etree.fromstring(files.read(name)).iter("{*}*")
        if element.get("ID")
    ]
    assert len(found) == len(set(found))


@needs_shared
def test_an_independent_reader_returns_the_text_verbatim():
    document = february()
    found = ""
    with ofdkit.open(BytesIO(ofd.render(document))) as opened:
        for number, page in enumerate(opened.pages, 1):
            text = "".join(run.text for run in page.runs)
            found += text.removesuffix(f"— {number} —")
    assert found == document.text.replace("\n", "")


@needs_shared
def test_an_independent_reader_sees_the_lines_in_order():
    document = february()
    with ofdkit.open(BytesIO(ofd.render(document))) as opened:
        pages = [page.text() for page in opened.pages]
    found = "".join(
        "".join(line.split())
        for number, page in enumerate(pages, 1)
        for line in page.splitlines()
        if "".join(line.split()) != f"—{number}—"
    )
    assert found == "".join(document.text.split())


def test_fonts_keep_the_table_that_finds_their_glyphs():
    files = package(small("政务2025"))
    names = [name for name in files.namelist() if name.startswith("Doc_0/Res/")]
    covered = set()
    for name in names:
        covered |= set(hb.Face(files.read(name)).unicodes)
    assert set(map(ord, "政务2025")) <= covered


def test_marks_are_no_text_of_the_issue():
    document = small("甲")
    data = FORMATS["ofd"].render(document, marks=MARKS)
    assert extract("ofd", data) == [line.text for line in document.lines()]
    assert data != FORMATS["ofd"].render(document)


@pytest.mark.parametrize("data", [b"", b"PK", b"<xml>"])
def test_what_is_no_ofd_of_ours_is_refused_in_words(data):
    with pytest.raises(ValueError, match="没有可读的结构"):
        extract("ofd", data)
