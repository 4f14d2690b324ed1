"""The fragment that is pasted into the editor of an official account."""

import re

from bulletin.renderers import wechat
from tests.bulletin.documents import small


def fragment(*texts, **fields):
    return wechat.render(small(*texts, **fields)).decode()


def test_every_element_carries_its_own_style_and_nothing_else():
    for tag in re.findall(r"<[a-z][^>]*>", fragment("甲", "乙")):
        assert re.fullmatch(r'<(article|h1|h2|p) style="[^"]+">', tag)


def test_nothing_is_fetched_and_nothing_runs():
    assert not re.search(r"<script|<link|<style|<img|class=|href=|url\(", fragment("甲"))


def test_text_is_escaped():
    assert "&lt;b&gt;&amp;" in fragment("<b>&")
