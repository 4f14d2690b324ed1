"""Every format says exactly what the document says, and says it the same way twice."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.document import dumps
from bulletin.renderers import FORMATS
from bulletin.renderers.extract import EXTRACTORS, extract
from tests.bulletin.documents import DOCUMENTS, february, small
from tests.shared import needs_shared

NAMES = sorted(FORMATS)
QUICK = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def texts(document):
    return [line.text for line in document.lines()]


def test_every_format_can_be_read_back():
    assert sorted(EXTRACTORS) == NAMES


@needs_shared
@pytest.mark.parametrize("name", NAMES)
def test_the_february_issue_comes_out_whole(name):
    document = february()
    assert extract(name, FORMATS[name].render(document)) == texts(document)


@pytest.mark.parametrize("name", NAMES)
@QUICK
@given(document=DOCUMENTS)
def test_the_text_of_any_document_comes_out_whole(name, document):
    assert extract(name, FORMATS[name].render(document)) == texts(document)


@pytest.mark.parametrize("name", NAMES)
@QUICK
@given(text=st.text(max_size=60))
def test_no_character_breaks_a_format(name, text):
    document = small(text, masthead=text, issuer=text)
    first = FORMATS[name].render(document)
    assert first == FORMATS[name].render(document)
    assert extract(name, first)


CHILD = """
import sys
from hashlib import sha256
from bulletin.document import loads
from bulletin.renderers import FORMATS
document = loads(sys.stdin.buffer.read())
for name in sorted(FORMATS):
    print(sha256(FORMATS[name].render(document)).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "20250326"])
def test_another_process_with_another_hash_seed_gives_the_same_bytes(seed):
    document = small("2月7日，省政府召开会议（一）。", "张喆、王祎与镕。" * 20)
    done = subprocess.run(  # noqa: S603 - this interpreter, this text
        [sys.executable, "-c", CHILD],
        input=dumps(document),
        capture_output=True,
        check=True,
        cwd=Path(__file__).resolve().parents[3],
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    here = [sha256(FORMATS[name].render(document)).hexdigest() for name in NAMES]
    assert done.stdout.decode().split() == here


@pytest.mark.parametrize("name", NAMES)
def test_a_paragraph_too_long_to_set_is_refused_in_words(name):
    with pytest.raises(ValueError, match="20005字，超过20000字的上限，无法排版。请拆成几段。"):
        FORMATS[name].render(small("一" * 20_002))


def test_an_unknown_format_is_refused_in_words():
    with pytest.raises(ValueError, match="没有“doc”这种格式"):
        extract("doc", b"")
