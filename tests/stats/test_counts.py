import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.counts import CAP, CountError, conversion, parse_cell, parse_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3120", 3120),
        ("3,120", 3120),
        ("３，１２０", 3120),
        (" \u3000 3120\t", 3120),
        ("\ufeff12", 12),
        ("0", 0),
        ("007", 7),
        (str(CAP), CAP),
    ],
)
def test_a_count_is_read_as_people_type_it(text, count):
    assert parse_count(text) == count


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "\u200b"])
def test_nothing_typed_is_not_zero(text):
    assert parse_count(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-1", "小于零"),
        ("－１", "小于零"),
        ("1.5", "不是整数；单位是件"),
        ("1e3", "科学记数法"),
        ("3.79126万", "不是整件数"),
        ("十万", "不是整件数"),
        ("3.79千", "只填数字"),
        ("1000000000000", "单位是件，不是万件吗"),
        ("31,20", "只填数字"),
        ("3 120", "只填数字"),
        ("十二", "只填数字"),
        ("=1+1", "只填数字"),
        ("²", "只填数字"),
        ("٣", "只填数字"),
        ("9" * 5000, "只填数字"),
    ],
)
def test_what_is_no_count_is_refused_with_what_to_do(text, message):
    with pytest.raises(CountError, match=message):
        parse_count(text)


def test_the_message_speaks_of_the_unit_asked_for():
    with pytest.raises(CountError, match="单位是人次，不是万人次吗"):
        parse_count("10000000000", "人次")


@pytest.mark.parametrize(("raw", "count"), [(None, None), (12.0, 12), (12, 12), ("12", 12)])
def test_a_cell_is_read_as_the_spreadsheet_gives_it(raw, count):
    assert parse_cell(raw) == count


@pytest.mark.parametrize(
    "raw", [True, 1.5, -1.0, 1e12, float("nan"), float("inf"), dt.date(2025, 2, 1), "x"]
)
def test_a_cell_that_is_no_count_is_refused(raw):
    with pytest.raises(CountError):
        parse_cell(raw)


@given(st.integers(0, CAP), st.sampled_from(["{}", "{:,}", " {} "]))
def test_every_count_comes_back(number, form):
    assert parse_count(form.format(number)) == number


@given(st.text(max_size=50))
def test_any_text_is_a_count_or_a_message(text):
    try:
        count = parse_count(text)
    except CountError as error:
        assert str(error).endswith(("。", "吗？"))
    else:
        assert count is None or 0 <= count <= CAP


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.79万", 37900),
        ("３．７９万件", 37900),
        ("1,234.5万", 12345000),
        ("2亿", 200000000),
        ("1,234 件", 1234),
    ],
)
def test_numbers_in_wan_and_with_their_unit_are_understood(text, number):
    assert parse_count(text) == number


def test_what_was_taken_for_another_number_is_said():
    assert conversion(" ３.79万件") == "“3.79万”按37900件计。"
    assert [conversion(text) for text in ("1,234", "", "12件", "3.79126万", "十万")] == [""] * 5
