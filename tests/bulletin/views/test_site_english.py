"""The English interface: every label of the public pages, and nothing of the content."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from tests import press
from tests.bulletin.site_words import words

_SLOTS = re.compile(r"%\(\w+\)s|%s")


def test_every_label_has_an_english_one_with_the_same_slots():
    with translation.override("en"):
        pairs = {word: gettext(word) for word in words()}
    # What is left in Chinese on purpose: how the paper is cited, and how a file is named.
    left = {word for word, english in pairs.items() if word == english}
    assert left == {
        "%(title)s%(year)s年%(number)s",
        "《%(title)s》%(year)s年%(number)s第%(page)s页",
    }
    for word, english in pairs.items():
        assert sorted(_SLOTS.findall(word)) == sorted(_SLOTS.findall(english)), word


@pytest.mark.django_db
def test_pages_answer_in_the_language_of_their_address(client, house):
    press.publish(house.publication, press.document(2026, 9), house.editor)
    english = client.get("/monthly/2026/9/?view=en").content.decode()
    assert "Download and verify" in english
    assert "社保关系转移进度查询" in english
    assert 'hreflang="zh-Hans">中文</a>' in english
    chinese = client.get("/monthly/2026/9/").content.decode()
    assert "下载与核对" in chinese
    assert 'hreflang="en">English</a>' in chinese
    for page in (english, chinese):
        assert '<link rel="alternate" hreflang="en" href="http://localhost:8000' in page
    assert 'rel="canonical" href="http://localhost:8000/monthly/2026/9/?view=en"' in english
