import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.folding import fold, grams, places

TEXT = st.text(st.sampled_from("社保公积金窗口 　，,（)“”Ａa１1Ⅱ㎡……\u200b\x00%_\\"), max_size=30)


@pytest.mark.parametrize(
    "typed, printed",
    [
        ("PDF", "ＰＤＦ"),
        ("12345", "１２３４５"),
        ("人(次)", "人（次）"),
        ('"一件事"', "“一件事”"),
        ("胡云", "胡 云"),
        ("社 保", "社\u200b保"),
        ("1-2月", "1—2月"),
    ],
)
def test_two_shapes_of_the_same_words_are_one(typed, printed):
    assert fold(typed) == fold(printed)


def test_what_is_unseen_is_nothing():
    assert fold(" \t\x00\u200b　") == ""


@given(TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TEXT, st.data())
def test_every_place_of_a_word_is_found(text, data):
    """Each place, folded, holds the word; as many places begin there as a scan finds."""
    folded = fold(text)
    if not folded:
        return
    start = data.draw(st.integers(0, len(folded) - 1))
    word = folded[start : data.draw(st.integers(start + 1, len(folded)))]
    spans = places(text, [word])
    assert spans
    assert all(word in fold(text[begin:end]) for begin, end in spans)
    starts = [at for at in range(len(folded)) if folded.startswith(word, at)]
    assert len(spans) <= len(starts)


def test_marks_stand_on_the_printed_characters():
    text = "3月，人 （次）与“一件事”。"
    assert [text[a:b] for a, b in places(text, [fold("人(次)"), "一件"])] == ["人 （次）", "一件"]


def test_overlapping_places_are_one():
    assert places("哈哈哈哈", ["哈哈"]) == [(0, 4)]


@pytest.mark.parametrize(
    "word, pairs",
    [("保", ("保",)), ("社保", ("社保",)), ("公积金", ("公积", "积金")), ("", ())],
)
def test_pairs_cover_a_word(word, pairs):
    assert grams(word) == pairs
