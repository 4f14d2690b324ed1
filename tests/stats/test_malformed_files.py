"""Ten thousand spoilt files: a sentence each, no crash, no row written.

Made from a few hundred bases by seeded mutation, so that every run has the same ones.
"""

import hashlib
import io
import random
import zipfile

import pytest

from stats.figure_files import packed, read_figures
from stats.figure_resources import FigureResource
from stats.models import Figure, MonthlyReport
from tests.factories import IndicatorFactory
from tests.windows.importing.files import MAIN, XML, rezipped, xlsx
from windows.importing.guard import Limits
from windows.importing.preview import preview_of
from windows.importing.refusals import Refused

FILES = 10_000
LONG = ["年", "月", "窗口", "指标", "数值"]
ROW = [2026, 2, "商务厅窗口", "受理", 3120]
NAMES = ("表.xlsx", "表.csv", "表.xls", "表", "表.zip", "表.xlsm", "表.docx")
# Each in place of a good cell: the file can be read, and says something impossible.
WRONG = (
    -1, 1.5, 10**12, 1e300, True, "", "二百", "=1+1", "3.79123万", "#REF!", "NaN", "1e9",
    "2026-02-30",
    "\u202e12", "١٢", "1,23", "0x1F", "<script>", "'; DROP TABLE stats_figure; --", "\U0001f4ca",
)  # fmt: skip
MARKUP = (
    b'<!DOCTYPE x [<!ENTITY a "aaaa">]>',
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    b"<f>SUM(A1:A9)</f>",
    b'<c r="ZZZ1048576"><v>1</v></c>',
    b'<c r="A1048576"><v>1</v></c>',
    b'<mergeCells count="1"><mergeCell ref="A1:E2"/></mergeCells>',
    b"</row></sheetData>",
    b"\x00\x01\x02",
    b"<v>",
    b'<row r="-1">',
    b'<c r="E2" t="e"><v>#DIV/0!</v></c>',
    b'<c r="E2" t="s"><v>99999</v></c>',
)
PARTS = {
    "xl__vbaProject.bin": b"\xd0\xcf\x11\xe0",
    "xl__embeddings__oleObject1.bin": b"x",
    "xl__externalLinks__externalLink1.xml": XML.encode() + b"<x/>",
    "xl__connections.xml": XML.encode() + b"<x/>",
    "xl__worksheets__sheet9.xml": XML.encode()
    + f'<!DOCTYPE a><worksheet xmlns="{MAIN}"/>'.encode(),
    "..__..__etc__passwd": b"x",
}
OTHERS = (
    b"",
    b"\x00" * 64,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,  # XLS of old, or a locked workbook
    b"%PDF-1.7\n",
    b"PK\x05\x06" + b"\x00" * 18,
    b"PK\x03\x04",
    b"<html><table><tr><td>1</td></tr></table></html>",
    b"{\\rtf1}",
    b"GIF89a",
    b"\x1f\x8b\x08",
    "年,月\n".encode("utf-16"),
    "年\t月\n".encode("utf-16-be"),
    b"\xff\xfe\x00",
    '年,月,窗口,指标,数值\n2026,2,"商务厅窗口,受理,1'.encode(),
    "年,月".encode("big5"),
)


@pytest.fixture
def centre(house):
    IndicatorFactory(centre=house.centre, key="accepted", label="受理")
    return house.centre


def bases():
    """Some hundred small files: good tables, wrong tables, parts that have no place, no tables."""
    yield xlsx(LONG, ROW)
    yield xlsx(LONG, ROW, [2026, 3, *ROW[2:]])
    yield from OTHERS
    for wrong in WRONG:
        for column in range(len(ROW)):
            yield xlsx(LONG, [*ROW[:column], wrong, *ROW[column + 1 :]])
    for heading in range(len(LONG)):
        yield xlsx([*LONG[:heading], "别的", *LONG[heading + 1 :]], ROW)
        yield xlsx([*LONG[:heading], *LONG[heading + 1 :]], ROW)
    for name, content in PARTS.items():
        yield rezipped(xlsx(LONG, ROW), **{name: content})
    for markup in MARKUP:
        yield rezipped(xlsx(LONG, ROW), lambda name, held, m=markup: _inserted(name, held, m))
    for encoding in ("utf-16", "utf-8", "gb18030", "big5", "latin-1"):
        yield ",".join(map(str, LONG)).encode(encoding, "replace") + b"\n1,2,3,4,5\n"
    yield packed([("a.xlsx", xlsx(LONG, ROW)), ("b.xlsx", b"no workbook")])[1]
    yield _bomb()


def _inserted(name, content, markup):
    if name != "xl/worksheets/sheet1.xml":
        return content
    at = content.find(b"<row")
    return content[:at] + markup + content[at:]


def _bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 3_000_000)
    return out.getvalue()


def spoilt(data, dice):
    """The file cut short, with bytes changed, doubled, swapped or strewn in."""
    if not data:
        return bytes([dice.randrange(256)])
    kind, at = dice.randrange(6), dice.randrange(len(data))
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]
    if kind == 2:
        return data[:at] + dice.randbytes(dice.randrange(1, 40)) + data[at:]
    if kind == 3:
        return data[:at] + data[at + dice.randrange(1, 200) :]
    if kind == 4:
        return data + dice.randbytes(dice.randrange(1, 60))
    return data[at:] + data[:at]


def corpus():
    dice = random.Random("spoilt")  # noqa: S311 - the same files every time
    made = list(bases())
    for number in range(FILES):
        data = made[number % len(made)]
        for _time in range(dice.randrange(3) if number >= len(made) else 0):
            data = spoilt(data, dice)
        yield (dice.choice(NAMES) if number % 3 == 0 else NAMES[0]), data


def answer(centre, name, data):
    """What the person is told; "" where the file is good after all. Nothing is written."""
    try:
        sheet = read_figures(name, data, centre, Limits(rows=2_000))
    except Refused as refusal:
        return str(refusal)
    resource = FigureResource(centre=centre)
    preview = resource.bulk(sheet.dataset(), dry_run=True)
    if preview is None:
        resource = FigureResource(centre=centre)
        preview = preview_of(resource.import_data(sheet.dataset(), dry_run=True), resource)
    return "".join(problem.message for problem in preview.problems)


def tables():
    return Figure.objects.count(), MonthlyReport.objects.count()


@pytest.mark.django_db
def test_ten_thousand_spoilt_files_get_a_sentence_each_and_write_nothing(centre):
    told: dict[str, str] = {}
    empty, files = [], 0
    for name, data in corpus():
        files += 1
        key = name + hashlib.sha256(data).hexdigest()
        if key not in told:
            told[key] = answer(centre, name, data)
        if not told[key]:
            empty.append(data)
        elif told[key][-1] not in "。？" or not any("一" <= c <= "鿿" for c in told[key]):
            pytest.fail(f"no sentence: {told[key]!r}")
    assert files == FILES
    assert tables() == (0, 0)
    assert len(empty) < FILES // 20  # spoilt where it does not matter: behind the end, in a margin
    assert len(told) > FILES // 2
