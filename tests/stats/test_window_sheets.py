"""A window's own workbook: out, filled in, in again; nobody else's, and all or nothing."""

import io
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from stats.figure_files import asked_of_windows, packed, read_figures, window_sheets_of
from stats.models import Figure
from stats.window_sheets import read_window_sheet, window_sheet
from tests.desk import COUNTS
from tests.factories import FigureFactory, House, IndicatorFactory, ReportFactory, WindowFactory
from tests.windows.importing.files import saved, upload, xlsx
from windows.importing.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def indicators(house):
    make = IndicatorFactory
    make(centre=house.centre, key="accepted", label="受理", order=1)
    make(
        centre=house.centre, key="pleased", label="满意率", unit="%", order=2,
        over_windows="ratio", over_months="ratio",
    )  # fmt: skip
    make(centre=house.centre, key="counter", label="综合窗口", owner="centre", order=3)


def sheet(window, year=2026, month=2):
    rows = asked_of_windows(window.centre, year, month)
    return window_sheet(window, year, month, rows, {}, {})


def filled(data, **cells):
    book = openpyxl.load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    return saved(book)


@pytest.fixture
def good(house):
    return filled(sheet(house.window), D4=120, D5=9, E5=10, F4="含线上。")


def test_only_what_is_to_be_filled_in_is_open(house):
    page = openpyxl.load_workbook(io.BytesIO(sheet(house.window))).worksheets[0]
    assert page.protection.sheet
    opened = {c.coordinate for row in page for c in row if not c.protection.locked}
    assert opened == {"D4", "F4", "D5", "E5", "F5"}
    assert [str(rule.sqref) for rule in page.data_validations.dataValidation] == ["D4:E5"]
    assert [page[f"B{n}"].value for n in (4, 5, 6)] == ["受理", "满意率", None]


def test_names_that_would_run_are_marked(house):
    house.window.name = "=cmd|' /C calc'!A0"
    page = openpyxl.load_workbook(io.BytesIO(sheet(house.window))).worksheets[0]
    assert page["A1"].value.startswith("'=cmd") and page["A1"].data_type == "s"


# At the centre


@pytest.fixture
def centre_page(client, house):
    client.force_login(house.data_clerk)
    return client


def sent(client, house, *files):
    at = reverse("admin:stats_monthlyreport_import")
    data = {"centre": house.centre.pk, "month": "2020-01", "file": list(files)}
    return client.post(at, data)


def confirmed(client, page):
    at = reverse("admin:stats_monthlyreport_process_import")
    return client.post(at, {"slip": page.context["slip"]}, follow=True)


def test_one_comes_in_through_the_import_of_figures(centre_page, house, good):
    page = sent(centre_page, house, upload(good, "商务厅.xlsx"))
    told = [(a.place, a.label) for a in page.context["preview"].additions]
    assert told[0] == ("第4行 D列", "商务厅窗口2026年2月 受理")
    assert Figure.objects.count() == 0
    confirmed(centre_page, page)
    stored = Figure.objects.order_by("indicator__order").values_list(
        "report__year", "report__month", "value", "denominator", "note"
    )
    assert list(stored) == [(2026, 2, 120, None, "含线上。"), (2026, 2, 9, 10, "")]


@pytest.mark.parametrize("as_archive", [False, True])
def test_forty_come_in_at_once_or_none_of_them(centre_page, house, as_archive):
    windows = [WindowFactory(department=house.department, name=f"{n}号") for n in range(40)]

    def files(last):
        held = [(f"{w}.xlsx", filled(sheet(w), D4=n)) for n, w in enumerate(windows[:-1])]
        return [*held, (f"{windows[-1]}.xlsx", filled(sheet(windows[-1]), D4=last))]

    def send(last):
        if as_archive:
            return sent(centre_page, house, upload(packed(files(last))[1], "交回.zip"))
        return sent(centre_page, house, *(upload(data, name) for name, data in files(last)))

    wrong = send("很多").context["preview"]
    assert [(p.place, p.value) for p in wrong.problems] == [("39号.xlsx 第4行 D列", "很多")]
    assert Figure.objects.count() == 0
    page = send(7)
    confirmed(centre_page, page)
    assert (len(page.context["preview"].additions), Figure.objects.count()) == (40, 40)


def test_the_centre_hands_out_every_windows_sheet(centre_page, house):
    at = reverse("admin:stats_monthlyreport_grid_sheets", args=[house.centre.pk, 2026, 2])
    archive = zipfile.ZipFile(io.BytesIO(centre_page.get(at).content))
    assert archive.namelist() == ["商务厅窗口.xlsx"]
    held = window_sheets_of(house.centre, 2026, 2)
    assert read_window_sheet("a.xlsx", zipfile.ZipFile(io.BytesIO(held)).read("商务厅窗口.xlsx"))


REFUSED = {
    "another centre's": (lambda h: sheet(House("other").window), "不是本中心窗口的"),
    "with its number changed": (lambda h: filled(sheet(h.window), B2="abc"), "编号认不出来"),
    "with other headings": (lambda h: filled(sheet(h.window), D3="个数"), "表头被改动"),
    "empty": (lambda h: sheet(h.window), "还没有填数"),
    "with a wrong file beside it": (
        lambda h: packed([("a.xlsx", sheet(h.window)), ("b.docx", b"x")])[1], "只放填报表",
    ),
    "with an archive inside": (
        lambda h: packed([("a.xlsx", packed([("b.xlsx", sheet(h.window))])[1])])[1], "压缩包",
    ),
    "sent twice": (
        lambda h: packed([("a.xlsx", sheet(h.window)), ("b.xlsx", sheet(h.window))])[1], "同一个",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("made", "message"), REFUSED.values(), ids=REFUSED)
def test_a_sheet_that_is_not_this_centres_is_refused_whole(house, made, message):
    data = made(house)
    is_archive = b"xl/workbook.xml" not in data
    with pytest.raises(Refused, match=message):
        read_figures("a.zip" if is_archive else "a.xlsx", data, house.centre)


def test_without_its_number_it_is_a_table_like_any_other(house):
    bare = filled(sheet(house.window), A2=None, B2=None)
    with pytest.raises(Refused, match="没有编号"):
        read_window_sheet("a.xlsx", bare)


def test_a_sheet_from_before_the_indicators_changed_is_refused(house, good):
    IndicatorFactory(centre=house.centre, key="new", label="新指标")
    with pytest.raises(Refused, match="指标有变化"):
        read_figures("a.xlsx", good, house.centre)


# On the desk


@pytest.fixture
def desk(client, house):
    client.force_login(house.clerk)
    return client


def taken(client, data):
    return client.post(f"{COUNTS}sheet/in/", {"sheet": upload(data)}, follow=True).content.decode()


def test_on_the_desk_it_goes_into_the_form_with_its_changes(desk, house, good):
    last = ReportFactory(window=house.window, month=1)
    accepted = house.centre.indicator_set.get(key="accepted")
    FigureFactory(report=last, indicator=accepted, value=77)
    out = desk.get(f"{COUNTS}sheet/")
    page = openpyxl.load_workbook(io.BytesIO(out.content)).worksheets[0]
    assert page["G4"].value == 77
    html = taken(desk, filled(out.content, D4="1,234", D5=9, E5=10))
    assert "改动3格" in html and "受理，单位：件 空→1234" in html
    assert 'value="1234"' in html and Figure.objects.count() == 1


def test_another_windows_sheet_is_refused_on_the_desk(desk, house):
    other = WindowFactory(department=house.department, name="二号")
    html = taken(desk, filled(sheet(other), D4=5))
    assert "这张表是别的窗口的。" in html and 'value="5"' not in html


def test_another_months_sheet_is_refused_on_the_desk(desk, house):
    assert "这张表是2026年1月的。" in taken(desk, filled(sheet(house.window, month=1), D4=5))


def test_every_wrong_cell_is_told_and_nothing_is_taken(desk, house):
    html = taken(desk, filled(sheet(house.window), D4="很多", D5=-1, E5=10))
    assert "第4行 D列：“很多”不是整数" in html and "第5行 D列：“-1”小于零" in html
    assert 'value="10"' not in html


def test_what_is_no_workbook_is_told(desk):
    assert "填报表没有读入：" in taken(desk, b"nothing")
    assert "没有编号" in taken(desk, xlsx(["窗口", "受理"], ["商务厅窗口", 1]))
