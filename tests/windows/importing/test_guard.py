"""Files that must not be read are told apart and refused in words."""

import io
import random
import struct
import zipfile

import openpyxl
import pytest

from tests.windows.importing.files import MAIN, XML, rezipped, saved, xlsx
from windows.importing.formats import read_sheet
from windows.importing.guard import Limits, check_upload
from windows.importing.refusals import Refused

GOOD = xlsx(["规范简称", "全称"], ["商务厅", "云川省商务厅"])
PLAIN_ZIP = io.BytesIO()
with zipfile.ZipFile(PLAIN_ZIP, "w") as made:
    made.writestr("a.txt", "a")


def sheet_with(cells: str) -> bytes:
    xml = f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    return rezipped(GOOD, lambda name, old: xml.encode() if "sheet1" in name else old)


def encrypted() -> bytes:
    """The flag of a password set on the first member."""
    data = bytearray(GOOD)
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


def lying(size: int) -> bytes:
    """The first member says it is `size` bytes, whatever it is."""
    data = bytearray(GOOD)
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", size)
    return bytes(data)


def twice() -> bytes:
    out = io.BytesIO(GOOD)
    with (
        zipfile.ZipFile(out, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("xl/workbook.xml", "<a/>")
    return out.getvalue()


REFUSED = {
    "empty": ("a.xlsx", b"", "文件是空的"),
    "a picture": ("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "图片"),
    "a PDF": ("a.csv", b"%PDF-1.7\n", "PDF"),
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ".xls"),
    "a web page": ("a.csv", b"<!doctype html><table></table>", "网页"),
    "bytes of no kind": ("a.csv", bytes(range(256)) * 4, "不是文字文件"),
    "text called xlsx": ("a.xlsx", "甲,乙\n1,2\n".encode(), "内容却是文字"),
    "a workbook called csv": ("a.csv", GOOD, "内容却是Excel工作簿"),
    "another name": ("a.docx", GOOD, "这是.docx文件"),
    "another archive": ("a.xlsx", PLAIN_ZIP.getvalue(), "压缩包"),
    "cut off": ("a.xlsx", GOOD[: len(GOOD) // 2], "已损坏"),
    "a password": ("a.xlsx", encrypted(), "密码"),
    "a lie about size": ("a.xlsx", lying(10), "大得不正常"),
    "a lie upwards": ("a.xlsx", lying(900_000), "已损坏"),
    "a bomb": ("a.xlsx", rezipped(GOOD, xl__media__a=b"0" * 40_000_000), "大得不正常"),
    "a name twice": ("a.xlsx", None, "已损坏"),
    "a way out": ("a.xlsx", rezipped(GOOD, **{"..__..__etc": b"1"}), "已损坏"),
    "too many parts": ("a.xlsx", rezipped(GOOD, **{f"p{n}": b"" for n in range(300)}), "部件太多"),
    "macros": ("a.xlsx", rezipped(GOOD, **{"xl__vbaProject.bin": b"1"}), "宏"),
    "embedded": ("a.xlsx", rezipped(GOOD, **{"xl__embeddings__o.bin": b"1"}), "嵌有"),
    "links": ("a.xlsx", rezipped(GOOD, **{"xl__externalLinks__e.xml": b"<a/>"}), "链接"),
    "a DTD": (
        "a.xlsx",
        rezipped(GOOD, **{"xl__x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "DTD",
    ),
    "UTF-16": ("a.xlsx", rezipped(GOOD, **{"xl__x.xml": "<a/>".encode("utf-16")}), "不是Excel"),
    "broken XML": ("a.xlsx", rezipped(GOOD, **{"xl__x.xml": b"<a>"}), "不完整"),
    "a far corner": (
        "a.xlsx",
        sheet_with('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "第1048576行",
    ),
    "a far column": ("a.xlsx", sheet_with('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "16384列"),
    "an empty sheet": ("a.xlsx", xlsx(), "没有数据"),
    "a heading alone": ("a.xlsx", xlsx(["规范简称"]), "只有表头"),
    "a cell without heading": ("a.xlsx", xlsx(["甲", ""], [1, 2]), "第2行 B列"),
    "a long cell": ("a.xlsx", xlsx(["甲"], ["长" * 3000]), "3000个字"),
    "an open quote": ("a.csv", '甲,乙\n"1,2\n'.encode(), "引号不成对"),
    "a NUL": ("a.csv", b"a,b\n1,\x002\n", "不是文字文件"),
    "UTF-16 text": ("a.csv", "甲,乙\n1,2".encode("utf-16"), "UTF-16"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_must_not_be_read_is_refused_with_a_reason(case):
    name, data, words = REFUSED[case]
    with pytest.raises(Refused, match=words) as refused:
        read_sheet(name, twice() if data is None else data)
    assert str(refused.value).endswith("。")


def test_a_file_above_the_limit_is_refused_unread():
    with pytest.raises(Refused, match="超过0MB"):
        check_upload("a.csv", b"a" * 101, Limits(size=100))


def test_too_many_rows_are_refused():
    rows = "甲\n" + "1\n" * 30
    with pytest.raises(Refused, match="最多20行"):
        read_sheet("a.csv", rows.encode(), Limits(rows=20))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_text_is_read_in_the_encodings_of_the_office(encoding):
    sheet = read_sheet("表.csv", "窗口,数值\n商务厅窗口,12\n".encode(encoding))
    assert sheet.headings == ("窗口", "数值")
    assert sheet.lines[0].cells == ("商务厅窗口", "12")


def test_letters_and_numbers_are_those_of_the_file():
    sheet = read_sheet("a.xlsx", xlsx([], ["", "甲", "", "乙"], [], ["", 1, "", "二"]))
    assert (sheet.headings, sheet.letters) == (("甲", "乙"), ("B", "D"))
    assert [(line.number, line.cells) for line in sheet.lines] == [(4, (1.0, "二"))]


def test_headings_are_compared_without_width_and_spaces():
    assert read_sheet("a.csv", "全称 *,受理(件)\na,1".encode()).headings == ("全称", "受理（件）")


def test_styled_empty_cells_far_below_do_no_harm():
    sheet = sheet_with(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    assert read_sheet("a.xlsx", sheet).lines[0].cells == (1.0,)


def test_a_formula_without_a_value_and_an_error_are_marked_where_they_stand():
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["甲", "乙"])
    sheet.append(["=1+1", 2])
    sheet["B3"] = "#REF!"
    troubles = [line.troubles for line in read_sheet("a.xlsx", saved(workbook)).lines]
    assert ["公式" in troubles[0][0], "错误值" in troubles[1][1]] == [True, True]


def test_a_hidden_sheet_is_passed_over():
    workbook = openpyxl.Workbook()
    workbook.active.append(["丙"])
    workbook.active.sheet_state = "hidden"
    shown = workbook.create_sheet("汇总")
    shown.append(["甲"])
    shown.append([1])
    sheet = read_sheet("a.xlsx", saved(workbook))
    assert (sheet.title, sheet.headings) == ("汇总", ("甲",))


def test_any_damage_is_refused_and_never_crashes():
    dice = random.Random(5)  # noqa: S311 - the same damage every time
    for _round in range(400):
        data = bytearray(GOOD)
        for _bite in range(dice.randint(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        cut = dice.randrange(len(data)) if dice.random() < 0.3 else len(data)
        try:
            read_sheet("a.xlsx", bytes(data[:cut]))
        except Refused as refused:
            assert str(refused).endswith("。")
