"""Each hostile file is refused with a reason in Chinese; nothing is stored, nobody harmed."""

import re
import resource
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from bulletin.models import Attachment, Trail
from bulletin.uploads.keeping import attach
from tests.bulletin.uploads.hostile import corpus
from windows.importing.refusals import Refused

CASES = list(corpus())


def test_the_corpus_is_large_and_names_each_case_once():
    assert len(CASES) >= 100
    assert len({what for what, _name, _make in CASES}) == len(CASES)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "make"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_it_is_refused(house, settings, name, make):
    data = make()
    file = ContentFile(data)
    file.name = _Said(name)
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused) as refused:
        attach(house.news(), file, house.clerk)
    assert time.monotonic() - began < 15
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kB
    reason = str(refused.value)
    assert re.search(r"[一-鿿]{4}", reason)
    assert reason.endswith("。")
    assert not Attachment.objects.exists()
    assert not Trail.objects.filter(action="attach").exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


class _Said(str):
    """The name as the browser said it, whatever Django would make of it."""
