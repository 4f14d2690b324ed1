"""Published figures to take away: for Excel, for programs, and for nobody's macros."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from bulletin.document import Definition
from tests import press
from tests.press_figures import record, told, told_late, two_years

pytestmark = pytest.mark.django_db
URL = "/monthly/statistics/figures."


def table(client) -> list[dict[str, str]]:
    whole = client.get(f"{URL}csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(whole)))


def test_the_csv_opens_in_excel_with_every_figure_and_its_definition(client, house):
    two_years(house)
    answer = client.get(f"{URL}csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = table(client)
    assert len(rows) == 8 * 21
    newest = next(r for r in rows if (r["年"], r["月"], r["指标代号"]) == ("2026", "9", "mailed"))
    shown = {name: newest[name] for name in (
        "期号", "指标", "单位", "数值", "刊出", "进位", "小数位", "各窗口", "各月", "口径",
        "报送窗口数", "印发日期",
    )}  # fmt: skip
    assert shown == {
        "期号": "9", "指标": "现场邮寄量", "单位": "件", "数值": "779", "刊出": "0.08万件",
        "进位": "10000", "小数位": "2", "各窗口": "相加", "各月": "相加",
        "口径": "在政务大厅现场交寄的件数。", "报送窗口数": "31", "印发日期": "2026-10-21",
    }  # fmt: skip


def test_what_was_corrected_and_restated_is_told_in_the_table(client, house):
    two_years(house)
    rows = {(r["年"], r["月"], r["指标代号"]): r for r in table(client)}
    late, right = rows["2026", "2", "total_handled"], rows["2026", "6", "total_handled"]
    assert (late["数值"], late["原刊"], late["订正原因"]) == ("30150", "3.0万件", "商务厅窗口补报")
    assert (right["数值"], right["更正"]) == ("45912", "是")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_begins_as_a_formula(client, house, start):
    evil = start + "HYPERLINK(1)"
    figure = replace(
        record("mailed", 5), label=evil, definition=Definition(note=evil, formula=evil)
    )
    press.publish(house.publication, told(2026, 1, figures=(figure,)), house.editor)
    [row] = table(client)
    assert {row[name] for name in ("指标", "口径", "公式")} == {"'" + evil}


def test_a_figure_read_from_print_says_between_what_it_lies(client, house):
    press.publish(house.publication, press.document(2026, 9), house.editor)
    [row] = table(client)
    assert (row["数值"], row["不小于"], row["小于"]) == ("46000", "45500", "46500")
    assert (row["进位"], row["小数位"], row["刊出单位"]) == ("10000", "1", "件")


def test_the_json_holds_definitions_figures_and_what_was_put_right(client, house):
    two_years(house)
    answer = client.get(f"{URL}json")
    assert answer.headers["Content-Type"] == "application/json"
    whole = json.loads(answer.content)
    assert (whole["schema"], whole["title"]) == ("bulletin-figures/1", "政务窗口月报")
    assert whole["indicators"][5] == {
        "key": "mailed", "label": "现场邮寄量", "unit": "件", "scale": 10000, "decimals": 2,
        "print_unit": "", "over_windows": "sum", "over_months": "sum", "formula": "",
        "note": "在政务大厅现场交寄的件数。", "group": "办件",
    }  # fmt: skip
    late = [f for f in whole["figures"] if f["restated"]]
    assert [(f["year"], f["month"], f["key"], f["value"]) for f in late] == [
        (2026, 2, "total_handled", told_late().figure.value)
    ]
    assert late[0]["restated"] == {
        "before": "3.0万件", "reason": "商务厅窗口补报", "told_in": [2026, 4],
    }  # fmt: skip


@pytest.mark.parametrize("extension", ["csv", "json"])
def test_the_name_of_the_bytes_holds_until_something_is_published(client, house, extension):
    two_years(house, upto=2)
    first = client.get(URL + extension)
    known = client.get(URL + extension, headers={"if-none-match": first.headers["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert client.get(URL + extension).content == first.content
    press.publish(house.publication, told(2026, 3, 30_000), house.editor)
    assert client.get(URL + extension).headers["ETag"] != first.headers["ETag"]


def test_one_query_however_many_months(client, house, django_assert_num_queries):
    two_years(house)
    for extension in ("csv", "json"):
        with django_assert_num_queries(1):
            client.get(URL + extension)
