"""How a paragraph is cut for the screen, and what a page of the site tells."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.document import Item
from bulletin.site.looks import LOOKS, Look
from bulletin.site.printed import page_of_lines, page_starts
from bulletin.site.reading import headlines, lead, parts
from bulletin.site.sentences import date_and_rest, first_sentence, headline, pieces
from bulletin.site.takeaway import disposition, read_name, size
from bulletin.typeset import lay_out
from bulletin.views.site.kept import Kept
from tests import press, press_figures


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("甲。乙。", "甲。"),
        ("没有句号", "没有句号"),
        ("他说“甲。乙。”丙。丁。", "他说“甲。乙。”丙。"),
        ("（甲。）乙。丙。", "（甲。）乙。"),
        ("乱的”引号。之后。", "乱的”引号。"),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_outside_quotes(text, sentence):
    first, rest = first_sentence(text)
    assert first == sentence
    assert first + rest == text


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("9月8日，省政府开会。", dt.date(2026, 9, 8), ("9月8日", "省政府开会。")),
        ("2025年12月8日，开会。", dt.date(2025, 12, 8), ("12月8日", "开会。")),
        ("9月，省中心评议。", None, ("9月", "省中心评议。")),
        ("推进事项材料精简。", None, ("", "推进事项材料精简。")),
        ("9月7日，预备会。", dt.date(2026, 9, 8), ("", "9月7日，预备会。")),
    ],
)
def test_the_date_stands_in_its_own_column(text, date, expected):
    assert date_and_rest(Item(text, date=date)) == expected


@given(
    st.text(alphabet="甲乙12.万件人（次）年月日，。：%"), st.sets(st.integers(0, 30), max_size=3)
)
def test_pieces_lose_nothing_and_mark_each_page_once(text, offsets):
    breaks = {offset: number for number, offset in enumerate(sorted(offsets), 2)}
    found = pieces(text, breaks)
    assert "".join(piece.text for piece in found) == text
    within = [page for offset, page in sorted(breaks.items()) if offset < len(text)]
    assert [piece.page for piece in found if piece.page] == within


def test_numbers_keep_their_unit():
    found = pieces("办理4.6万件，咨询1036人（次），9月8日满意率99.1%，比例1：10000。", {})
    kept = [piece.text for piece in found if piece.keep]
    assert kept == ["4.6万件", "1036人（次）", "9月8日", "99.1%", "1：10000"]


def test_pages_begin_where_the_typesetter_begins_them():
    paper = press.document()
    lines = paper.lines()
    for page in lay_out(paper)[1:]:
        row = page.rows[0]
        offset = next(
            at for at, number in page_starts(paper)[row.line].items() if number == page.number
        )
        assert lines[row.line].text[offset:].startswith(row.text[:5])
    assert list(page_of_lines(paper)) == sorted(page_of_lines(paper))


def test_the_parts_are_the_lines(settings):
    paper = press.document()
    told = []
    for part in parts(paper):
        told.append(part.label + part.heading)
        for paragraph in part.paragraphs:
            told.append(paragraph.label + "".join(piece.text for piece in paragraph.pieces))
    wanted = [x.text for x in paper.lines() if x.role in ("heading", "item", "paragraph")]
    assert told == wanted


def test_the_front_page_takes_first_sentences_and_counts_the_rest():
    paper = press.document()
    assert "".join(p.text for p in lead(paper).sentence) == "9月，省本级办理政务服务事项4.6万件。"
    found = headlines(paper)
    assert [(part.label, len(part.items), part.more) for part in found] == [
        ("二、", 3, 0),
        ("三、", 3, 0),
        ("四、", 4, 3),
        ("五、", 3, 0),
    ]
    first = found[0].items[0]
    assert (first.anchor, first.when, first.page) == ("s2-1", "9月8日", 1)


def test_a_look_is_one_of_twelve_and_keeps_the_fragment():
    chinese = {"", "dark", "large", "large-dark", "large-light", "light"}
    assert set(LOOKS) == chinese | {f"en-{view}".strip("-") for view in chinese}
    assert Look().link("/a/#b") == "/a/#b"
    assert Look(large=True, tone="dark").link("/a/#b") == "/a/?view=large-dark#b"


def test_pages_are_kept_within_bounds_and_drawn_once():
    kept = Kept(most=2)
    drawn = []

    def draw(name):
        def page():
            drawn.append(name)
            return name.encode()

        return page

    for name in ("a", "b", "a", "c", "a", "b"):
        assert kept.get(name, draw(name)) == name.encode()
    assert drawn == ["a", "b", "c", "b"]
    assert len(kept) == 2


def test_file_names_are_read_strictly():
    plain = read_name("monthly-2026-2.pdf")
    assert plain and (plain.stem, plain.digest, plain.extension) == ("monthly-2026-2", "", "pdf")
    named = read_name(f"monthly-2026-2.{'a' * 16}.docx")
    assert named and (named.digest, named.extension) == ("a" * 16, "docx")
    for bad in ("", "pdf", "../x.pdf", "x.pdf\n", "x.aa.pdf", "x.p", "月报.pdf"):
        assert read_name(bad) is None


def test_sizes_are_told_in_round_words():
    assert [size(n) for n in (1, 1024, 325_000, 1_300_000)] == ["1 KB", "1 KB", "318 KB", "1.2 MB"]


def test_the_disposition_cannot_be_broken_out_of():
    header = disposition("inline", "a.pdf", '月"报;\r\n.pdf')
    assert (
        header == "inline; filename=\"a.pdf\"; filename*=UTF-8''%E6%9C%88%22%E6%8A%A5%3B%0D%0A.pdf"
    )


@pytest.mark.django_db
def test_the_issue_page_prints_every_line_once_in_order(client, house):
    paper = press.document(2026, 3)
    press.publish(house.publication, paper, house.editor)
    page = client.get("/monthly/2026/3/").content.decode()
    body = page[page.index("<main") : page.index('id="files"')]
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"\s*\n\s*", "", body)))
    at = 0
    for line in paper.lines():
        at = text.index(line.text, at) + len(line.text)


@pytest.mark.django_db
def test_the_archive_tells_what_the_issues_say(client, house):
    for paper in (press.document(2025, 12), press.document(2026, 1, month_to=2)):
        press.publish(house.publication, paper, house.editor)
    page = client.get("/monthly/").content.decode()
    assert "2025年以来，共2期" in page
    assert "共1期，其中合刊1期" in page
    assert '<span lang="zh-Hans">办理4.6万件</span>，刊出16条' in page
    assert ">第1—2期</a>" in page
    assert "2026年1月21日" in page  # the December issue printed in January
    assert ">3月21日<" in page


@pytest.mark.parametrize(
    "text, told",
    [
        ("9月2日，教育厅窗口搬进校园。共接待1286人。", "教育厅窗口搬进校园"),
        ("推进事项材料精简。", "推进事项材料精简"),
        ("9月，" + "住房城乡建设厅副厅长房玉衡，" * 4 + "到大厅值守。",
         "住房城乡建设厅副厅长房玉衡，住房城乡建设厅副厅长房玉衡……"),
        ("字" * 60, "字" * 40 + "……"),
    ],
)  # fmt: skip
def test_a_headline_is_the_first_sentence_without_its_date(text, told):
    assert headline(text) == told


@pytest.mark.django_db
def test_a_tab_and_a_card_tell_what_an_item_tells(client, house):
    press.publish(house.publication, press.document(2026, 9), house.editor)
    page = client.get("/monthly/2026/9/s4-1/").content.decode()
    told = "人力资源社会保障厅窗口上线社保关系转移进度查询"
    assert f"<title>{told} 政务窗口月报2026年第9期</title>" in page
    assert f'<meta itemprop="headline" content="{told}">' in page
    assert '<meta property="og:type" content="article">' in page
    assert 'content="http://localhost:8000/static/bulletin/icon-512.png"' in page
    titles = {
        client.get(f"/monthly/2026/9/s{n}-1/").content.split(b"title>")[1] for n in range(2, 6)
    }
    assert len(titles) == 4


@pytest.mark.django_db
def test_the_front_page_draws_the_year_and_searches(client, house):
    press_figures.two_years(house)
    page = client.get("/?view=en").content.decode()
    [line] = re.findall(r'points="([^"]+)"', page)
    places = [tuple(map(float, point.split(","))) for point in line.split()]
    assert len(places) == 13
    assert (places[0][0], places[-1][0]) == (5.0, 195.0)
    assert {5.0, 39.0} <= {y for _x, y in places}
    assert 'href="/monthly/statistics/total_handled/?view=en">See statistics</a>' in page
    assert '<form class="ask" role="search" action="/monthly/search/"' in page


@pytest.mark.django_db
def test_too_few_months_draw_no_line(client, house):
    press.publish(house.publication, press_figures.told(2026, 9, 46_012), house.editor)
    assert "polyline" not in client.get("/").content.decode()
