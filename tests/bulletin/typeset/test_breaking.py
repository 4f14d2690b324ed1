"""Nothing lost, nothing forbidden at an edge, nothing overfull.

HYPOTHESIS_PROFILE=thorough asks of 20,000 paragraphs what is otherwise asked of 300.
"""

import os

import pytest
from hypothesis import given, settings

from bulletin.typeset import Settings, system_fonts
from bulletin.typeset.breaking import WIDEST_GAP, break_lines, positions
from bulletin.typeset.characters import CLOSING, OPENING, Kind
from bulletin.typeset.measuring import CELL, HALF, NEVER, WITH_UNIT, ruler
from tests.bulletin.documents import TEXTS

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
ASKED = settings(max_examples=20_000 if THOROUGH else 300, deadline=None)
FIRST, REST = 26 * CELL, 28 * CELL


def measured(text, **options):
    return ruler(system_fonts(), "body", Settings(**options)).measure(text)


def broken(text, *, hang=False, autospace=0):
    found = measured(text, hang=hang, autospace=autospace)
    return [text[fit.start : fit.stop] for fit in break_lines(found, FIRST, REST, hang=hang)]


@ASKED
@given(TEXTS)
def test_no_character_is_lost(text):
    fits = break_lines(measured(text), FIRST, REST)
    assert "".join(text[fit.start : fit.stop] for fit in fits) == text
    assert all(fit.stop > fit.start for fit in fits) or not text


@ASKED
@given(TEXTS)
def test_no_line_begins_or_ends_where_the_standard_forbids(text):
    for fit in break_lines(measured(text), FIRST, REST)[:-1]:
        if not fit.forced:
            assert text[fit.stop] not in CLOSING or text[fit.stop :].startswith("——")
            assert text[fit.stop - 1] not in OPENING


@ASKED
@given(TEXTS)
def test_a_break_is_forced_only_where_no_place_was_left(text):
    found = measured(text)
    for fit in break_lines(found, FIRST, REST):
        if fit.forced:
            assert all(bond == NEVER for bond in found.bonds[fit.start + 1 : fit.stop + 1])


@ASKED
@given(TEXTS)
def test_no_line_is_overfull(text):
    found = measured(text)
    for place, fit in enumerate(break_lines(found, FIRST, REST)):
        stop = fit.stop
        while stop > fit.start and found.glyphs[stop - 1].kind is Kind.SPACE:
            stop -= 1
        edge = positions(found, fit)[max(stop - fit.start - 1, 0)]
        last = found.glyphs[stop - 1].width if stop > fit.start else 0
        room = found.glyphs[stop - 1].room if fit.squeeze and stop > fit.start else 0
        limit = REST if place else FIRST
        assert edge + last - room * fit.squeeze / 1000 <= limit + 1 or stop - fit.start == 1


@ASKED
@given(TEXTS)
def test_squeeze_and_spread_stay_within_bounds(text):
    found = measured(text)
    assert all(glyph.room <= HALF for glyph in found.glyphs)
    for fit in break_lines(found, FIRST, REST):
        assert 0 <= fit.squeeze <= 1000
        assert 0 <= fit.spread <= WIDEST_GAP or fit.forced


@ASKED
@given(TEXTS)
def test_cells_never_overlap(text):
    found = measured(text)
    for fit in break_lines(found, FIRST, REST):
        edges = positions(found, fit)
        assert edges == sorted(edges)


def test_a_mark_that_may_not_begin_a_line_is_squeezed_in():
    text = "一" * 12 + "，" + "二" * 12 + "、" + "三" * 5
    assert broken(text)[0] == "一" * 12 + "，" + "二" * 12 + "、"


def test_a_mark_that_finds_no_room_takes_a_character_with_it():
    assert broken("一" * 26 + "。二") == ["一" * 26 + "。", "二"] or broken("一" * 26 + "！？二三")


def test_a_mark_hangs_when_set_so():
    assert broken("一" * 26 + "，二三", hang=True) == ["一" * 26 + "，", "二三"]


@pytest.mark.parametrize("pair", ["——", "……"])
def test_dashes_and_ellipses_never_part(pair):
    assert broken("一" * 25 + pair + "二") == ["一" * 25, pair + "二"]


def test_a_number_is_never_torn():
    assert broken("一" * 24 + "3.79%二") == ["一" * 24, "3.79%二"]


def test_a_number_keeps_its_unit():
    assert broken("一" * 24 + "3.7万件二") == ["一" * 24, "3.7万件二"]


def test_a_very_long_word_is_broken_after_a_separator():
    address = "https://www.example.gov.cn/service/2025/02/index.html?from=bulletin&page=1"
    first, rest = broken(address)
    assert first + rest == address
    assert first[-1] in "/.-?=&"


def test_a_digit_takes_exactly_half_a_cell():
    assert measured("0123456789").widths == (HALF,) * 10


def test_a_full_line_reaches_the_right_edge():
    found = measured("一" * 24 + "3.79%二", autospace=0)
    fit = break_lines(found, FIRST, REST)[0]
    assert positions(found, fit)[-1] == pytest.approx(FIRST)


def test_units_are_let_go_before_a_line_is_torn_open():
    found = measured("1万")
    assert found.bonds == (0, WITH_UNIT)
