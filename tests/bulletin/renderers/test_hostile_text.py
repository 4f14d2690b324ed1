"""Text made to hurt: every format sets it in bounded time, or refuses it in words."""

import resource
import time
import unicodedata

import pytest

from bulletin.proofreading.problems import Context
from bulletin.proofreading.rules import check_text
from bulletin.readiness import check_issue
from bulletin.renderers import FORMATS
from bulletin.renderers.extract import extract
from bulletin.renderers.limits import WHOLE, beyond
from tests.bulletin.documents import small
from tests.factories import EntryFactory, IssueFactory, SectionFactory

SIZE = 19_000
SECONDS = 8.0
"""Of CPU time, ten times what the slowest took; what grows with the square takes minutes."""
MEGABYTES = 600
HOSTILE = {
    "one word": "A" * SIZE,
    "only openings": "（" * SIZE,
    "only closings": "。" * SIZE,
    "one letter under all accents": "e" + "\u0301" * SIZE,
    "right to left": "\u202e" + "שלום " * (SIZE // 5),
    "joiners": "\u200d" * SIZE,
    "spaces that hold": "一\u00a0" * (SIZE // 2),
    "families": "👨‍👩‍👧‍👦" * (SIZE // 7),
    "numbers and units": "1年" * (SIZE // 2),
    "every character": "".join(
        chr(code) for code in range(0x20, 0x5000) if unicodedata.category(chr(code)) != "Cs"
    )[:SIZE],
    "control characters": "甲\x00乙\x07丙",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_set_in_bounded_time_and_memory(name):
    document = small(HOSTILE[name])
    begun, high = time.process_time(), peak()
    for form in ("pdf", "ofd", "docx"):
        assert FORMATS[form].render(document)
    assert time.process_time() - begun < SECONDS
    assert peak() - high < MEGABYTES


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_proofread_in_bounded_time(name):
    begun = time.process_time()
    list(check_text(HOSTILE[name], Context(year=2025, month=2)))
    assert time.process_time() - begun < SECONDS


def peak() -> float:
    """The most memory the process ever had, in megabytes; other tests ran in it before."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "control characters"])
def test_none_of_it_is_lost_on_the_pages(name):
    document = small(HOSTILE[name])
    assert extract("pdf", FORMATS["pdf"].render(document)) == [
        line.text for line in document.lines()
    ]


REFUSED = {
    "a paragraph too long": (small("一" * 32_000), "一段共32003字，超过20000字的上限"),
    "half a character": (small("甲\ud800乙"), "“（一）甲”后面的字是残缺的编码"),
    "an issue too long": (small(*["一" * 19_000] * 53), f"超过{WHOLE}字的上限"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("form", FORMATS)
def test_what_cannot_be_set_is_refused_in_words(name, form):
    document, words = REFUSED[name]
    with pytest.raises(ValueError, match=words):
        FORMATS[form].render(document)
    assert any(words in reason for reason in beyond(document))


@pytest.mark.django_db
def test_what_cannot_be_set_blocks_the_issue_in_words(house):
    issue = IssueFactory(publication=house.publication)
    text = "一" * 32_000 + "\U0010fffd。"
    EntryFactory(section=SectionFactory(issue=issue), issue=issue, text=text)
    found = {p.code: p.message for p in check_issue(issue) if p.severity == "block"}
    assert "超过20000字的上限" in found["limit"]
    assert "“\U0010fffd”没有字体能印" in found["glyph"]
