"""The printed value: numbering once, canonical bytes, one digest."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from bulletin.document import (
    Definition,
    FigureRecord,
    ImprintLine,
    IssueDocument,
    Item,
    Period,
    RestatementRecord,
    Section,
    VisitRecord,
    dumps,
    loads,
    numeral,
)


def document(**changes) -> IssueDocument:
    values = {
        "masthead": "政务窗口月报",
        "number": 2,
        "period": Period(2026, 2),
        "issuer": "云川省政府政务服务中心",
        "issued_on": dt.date(2026, 3, 25),
        "sections": (
            Section("overview", "2026年2月总体运行情况", (Item("2月，一切如常。"),), False),
            Section("news", "窗口资讯", (Item("甲。"), Item("乙。", date=dt.date(2026, 2, 3)))),
        ),
        "imprint": (ImprintLine("报", "省中心领导。"),),
        "visits": (VisitRecord("方伯成", "厅长", "商务厅", dt.date(2026, 2, 4)),),
        "figures": (FigureRecord("mailed", "邮寄", "件", 600, 550, 650, "0.06万件"),),
        **changes,
    }
    return IssueDocument(**values)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"),
        (100, "一百"), (105, "一百〇五"), (110, "一百一十"), (200, "二百"), (999, "九百九十九"),
    ],
)  # fmt: skip
def test_ordinals(number, words):
    assert numeral(number) == words


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_no_ordinal_beyond_three_digits(number):
    with pytest.raises(ValueError, match="no ordinal"):
        numeral(number)


def test_numbers_are_given_to_items_of_numbered_sections_only():
    assert [line.text for line in document().lines()] == [
        "政务窗口月报",
        "第2期",
        "云川省政府政务服务中心",
        "2026年3月25日",
        "一、2026年2月总体运行情况",
        "2月，一切如常。",
        "二、窗口资讯",
        "（一）甲。",
        "（二）乙。",
        "报：省中心领导。",
    ]


def test_anchors_are_stable_and_unique():
    anchors = [line.anchor for line in document().lines() if line.anchor]
    assert anchors == ["s1", "s1-1", "s2", "s2-1", "s2-2"]


def test_bytes_come_back_as_the_same_value():
    assert loads(dumps(document())) == document()


def test_the_digest_tells_any_change():
    digests = {
        document().digest,
        document(number=3).digest,
        document(issued_on=None).digest,
        document(visits=()).digest,
        document(imprint=()).digest,
    }
    assert len(digests) == 5


def test_another_schema_is_refused():
    with pytest.raises(ValueError, match="schema"):
        loads(b'{"schema": "other/1"}')


def test_combined_periods_are_written_with_a_long_dash():
    assert (Period(2026, 1, 2).label, Period(2026, 1, 2).months) == ("2026年1—2月", "1—2月")
    assert document(number=1, number_to=2).number_line == "第1—2期"


def test_a_dump_older_than_a_setting_of_the_layout_is_read_with_its_default():
    old = json.loads(dumps(document()))
    del old["layout"]["hang"], old["layout"]["autospace"]
    assert loads(json.dumps(old)) == document()


def test_an_edition_older_than_the_definitions_keeps_its_bytes_and_its_digest():
    raw = json.loads(dumps(document()))
    assert {"definition", "given_by"} & set(raw["figures"][0]) == set()
    assert "restatements" not in raw
    assert dumps(loads(dumps(document()))) == dumps(document())


def test_definitions_and_restatements_come_back_from_their_bytes():
    figure = FigureRecord(
        "mailed", "邮寄", "件", 610, 610, 610, "0.06万件",
        definition=Definition(10_000, 2, group="办件", note="在大厅交寄的。"), given_by=31,
    )  # fmt: skip
    told = RestatementRecord(Period(2026, 1), "0.05万件", figure, "补报")
    paper = document(figures=(figure,), restatements=(told,))
    assert loads(dumps(paper)) == paper
    assert paper.digest != document(figures=(figure,)).digest
