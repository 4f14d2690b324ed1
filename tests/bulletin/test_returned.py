"""A document that came back, held against the issue: nothing is missed, nothing made up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.returned import compare
from tests.bulletin.documents import february, small
from tests.shared import needs_shared

ITEMS = (
    "2月7日，省政府召开第三次廉政工作会议，部署全年工作。",
    "2月20日，住房城乡建设厅窗口推出资质延续到期提醒，办理43件。",
    "2月26日，省中心举办数字政府大讲堂，86名窗口人员参加。",
)
LINES = small(*ITEMS).lines()
TEXTS = [line.text for line in LINES]
FIRST = next(at for at, line in enumerate(LINES) if line.role == "item")


def found(texts):
    return [(one.sort, one.at, one.moved) for one in compare(LINES, texts)]


def test_the_same_document_has_no_changes():
    assert found(TEXTS) == []
    assert found([line.body for line in LINES[:-1]] + [LINES[-1].text]) == []


def test_a_changed_paragraph_is_offered_with_both_texts():
    texts = [text.replace("43件", "34件") for text in TEXTS]
    (change,) = compare(LINES, texts)
    assert (change.sort, change.at) == ("changed", FIRST + 1)
    assert (change.old, change.new) == (ITEMS[1], ITEMS[1].replace("43", "34"))


def test_paragraphs_that_changed_places_have_moved():
    texts = [*TEXTS[:FIRST], TEXTS[FIRST + 1], TEXTS[FIRST], *TEXTS[FIRST + 2 :]]
    assert [sort for sort, _at, _moved in found(texts)] == ["moved"]


def test_a_new_paragraph_is_named_with_its_place():
    texts = [*TEXTS[: FIRST + 1], "2月9日，民政厅窗口迁至二楼。", *TEXTS[FIRST + 1 :]]
    (change,) = compare(LINES, texts)
    assert (change.sort, change.after, change.new) == (
        "added",
        FIRST,
        "2月9日，民政厅窗口迁至二楼。",
    )


def test_a_paragraph_left_out_is_named():
    assert found(TEXTS[:FIRST] + TEXTS[FIRST + 1 :]) == [("gone", FIRST, False)]


def test_a_short_line_that_was_rewritten_is_a_change():
    texts = ["便民月刊" if text == "政务窗口月报" else text for text in TEXTS]
    assert found(texts) == [("changed", 0, False)]


@needs_shared
def test_the_february_issue_comes_back_as_it_went():
    document = february()
    assert compare(document.lines(), [line.text for line in document.lines()]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*TEXTS, "新的一段。", ""]), max_size=12))
def test_every_line_and_every_text_is_accounted_for(texts):
    changes = compare(LINES, texts)
    gone = sum(one.sort == "gone" for one in changes)
    added = sum(one.sort == "added" for one in changes)
    assert len(LINES) - gone == len(texts) - added
