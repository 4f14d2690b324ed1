"""HTML: escaped once, addressable, in need of nothing outside itself."""

import base64
import hashlib
import re

from bulletin.renderers import html
from tests.bulletin.documents import small


def page(*texts, **fields):
    return html.render(small(*texts, **fields)).decode()


def test_text_is_escaped():
    assert '<script>alert("1")</script>' not in page('<script>alert("1")</script>')
    assert "&lt;b&gt;&amp;" in page("<b>&")


def test_every_item_has_an_address():
    found = html.fragment(small("甲", "乙"))
    assert '<section id="s1" aria-labelledby="s1-h">' in found
    assert '<p class="item" id="s1-2"><a class="num" href="#s1-2">（二）</a>乙</p>' in found


def test_an_unnumbered_paragraph_has_no_link():
    document = small()
    section = document.sections[0].__class__("o", "运行", (), numbered=False)
    assert 'class="num"' not in html.fragment(small(sections=(section,)))


def test_nothing_is_fetched_and_nothing_runs():
    found = page("甲")
    assert not re.search(r"<script|<link|src=|url\(|@import|style=", found)


def test_the_policy_allows_exactly_the_style_sheet():
    found = page("甲")
    style = found.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in found


def test_the_date_is_marked_for_machines():
    assert '<time class="date" datetime="2025-04-02">2025年4月2日</time>' in page("甲")
    assert "<time" not in page("甲", issued_on=None)
