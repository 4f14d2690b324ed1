"""Search finds what a substring scan finds, on either database."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bulletin.document import Item, VisitRecord
from bulletin.finding.asking import Question, matching, search, words_of
from bulletin.finding.names import directory, synonyms
from bulletin.folding import fold
from bulletin.models import Edition, Passage
from tests import factories, press
from tests.bulletin.finding.paragraphs import made_up, queries
from windows.models import FormerName

pytestmark = pytest.mark.django_db


def shelve(publication, texts, start=0):
    """The texts as the only paragraphs of the publication; place → folded text."""
    edition = Edition.objects.first()
    rows = Passage.objects.filter(publication=publication)
    rows.delete()
    Passage.objects.bulk_create(
        Passage(
            publication=publication,
            edition=edition,
            year=2026,
            number=9,
            rank=0,
            place=place,
            text=text,
            folded=fold(text),
        )
        for place, text in enumerate(texts, start)
    )
    return dict(rows.values_list("place", "folded"))


def ask(typed: str, **filters):
    slug = filters.pop("slug", "monthly")
    return search(Question(slug, words_of(typed), **filters), directory(slug))


@pytest.fixture
def published(house):
    for month in (7, 8, 9):
        press.publish(house.publication, press.document(2026, month), house.editor)
    return house


def test_nothing_is_missed_and_nothing_is_found_too_much(published):
    """1,000 queries of 1 to 8 characters against every paragraph of one of two publications, by
    brute force; what stands in the other one is not found."""
    chance = random.Random(7)  # noqa: S311
    texts = made_up(700, chance)
    mine, other = published.publication, factories.PublicationFactory(centre=published.centre)
    shelved = {mine.pk: shelve(mine, texts[:500]), other.pk: shelve(other, texts[500:], 500)}
    odd = ["社", "保", "1", "p", "%", "_", "\\", "'", "社保%", "无此字"]
    for word in queries(texts, 990, chance) + odd:
        publication = chance.choices((mine.pk, other.pk), (3, 1))[0]
        truth = {place for place, text in shelved[publication].items() if word in text}
        rows = Passage.objects.holding(publication, [word])
        assert set(rows.values_list("place", flat=True)) == truth, word


def test_no_publication_is_taken_for_another_and_no_character_for_a_pair(published):
    """Also at the edges of what one number holds: the last character and a high key."""
    one = published.publication
    other = factories.PublicationFactory(centre=published.centre, pk=2**21 - 1)
    last = chr(0x10FFFF)
    shelve(one, ["2社保", f"{last}𠮷", f"𠮷{last}"], 1000)
    shelve(other, ["社保", last], 2000)
    words = ("2社", "社", f"{last}𠮷", last, f"{last}{last}", "\x01")
    counts = [[Passage.objects.holding(row.pk, [w]).count() for w in words] for row in (one, other)]
    assert counts == [[1, 1, 1, 2, 0, 0], [0, 1, 0, 1, 0, 0]]


@pytest.mark.parametrize("typed", ["社保", "１２分钟", "“一件事”", "人(次)", "窗 口"])
def test_the_count_is_that_of_a_scan(published, typed):
    words = words_of(typed)
    rows = Passage.objects.values_list("folded", "number")
    truth = [number for text, number in rows if all(word in text for word in words)]
    found = ask(typed)
    assert (found.total, found.issues) == (len(truth), len(set(truth)))
    assert truth


def test_headings_imprint_and_masthead_are_found_after_the_text(published):
    found = ask("窗口资讯", exact=True)
    assert [p.text for p in found.passages] == ["窗口资讯"] * 3
    ranks = [p.rank for p in ask("政务", year=2026).passages if p.number == 9]
    assert ranks == sorted(ranks)
    assert ask("省政务办、省级").total == 3


def test_results_run_from_the_newest_issue_in_printed_order(published):
    found = ask("窗口")
    order = [(-p.year, -p.number, p.rank, p.place) for p in found.passages]
    assert order == sorted(order)


def test_pages_go_on_where_the_last_one_ended(published):
    one, two = ask("窗口"), ask("窗口", page=2)
    assert len(one.passages) == 20
    assert not {p.pk for p in one.passages} & {p.pk for p in two.passages}
    assert one.total == two.total > 20


def test_filters_narrow_and_say_how_many_they_would_leave(published):
    every = ask("窗口")
    news = ask("窗口", section="window_news")
    assert news.total == every.sections["window_news"] == sum(news.years.values())
    assert news.sections == every.sections
    assert ask("窗口", year=2025).total == 0
    assert ask("窗口", year=2025).years == every.years


def _filed(paper, **fields):
    """The paper with one more item, filed under a department, and its visitor."""
    first, second, *rest = paper.sections
    item = Item("9月2日，人事厅厅长周明远到省政务服务大厅窗口调研指导工作。", **fields)
    section = replace(second, items=(*second.items, item))
    visit = VisitRecord("周明远", "厅长", "人事厅")
    return replace(paper, sections=(first, section, *rest), visits=(visit,))


@pytest.fixture
def renamed(house):
    """人力资源社会保障厅 was 人事厅 until 2025; people say 人社厅."""
    house.department.short_name = "人力资源社会保障厅"
    house.department.save()
    for kind, name in (("former", "人事厅"), ("informal", "人社厅")):
        FormerName.objects.create(department=house.department, kind=kind, short_name=name)
    paper = _filed(press.document(2026, 9), departments=("人事厅",))
    press.publish(house.publication, paper, house.editor)
    return house


def test_a_department_is_found_by_its_present_name_whatever_was_printed(renamed):
    found = ask("大厅", department="人力资源社会保障厅")
    assert [p.text[:9] for p in found.passages] == ["9月2日，人事厅厅"]
    assert ask("大厅").departments == {"人力资源社会保障厅": 1}


def test_a_person_is_found_among_those_who_came(renamed):
    assert ask("大厅", person="周明远").total == 1
    assert ask("大厅").people == {"周明远": 1}


def test_other_names_are_looked_for_unless_switched_off(renamed):
    found = ask("人社厅")
    assert found.also == {"人社厅": ("人力资源社会保障厅", "人事厅")}
    assert {"人力资源社会保障厅", "人事厅"} <= set(found.words)
    assert found.total == 3
    assert ask("人社厅", exact=True).total == 0


def test_synonyms_are_the_publication_s_own(renamed):
    renamed.publication.synonyms = "社保 社会保险、社会保障\n\n单独"
    renamed.publication.save()
    assert synonyms(renamed.publication.synonyms) == [("社保", "社会保险", "社会保障")]
    renamed.publication.synonyms = "养老金 社保"
    renamed.publication.save()
    assert (ask("养老金").total, ask("养老金", exact=True).total) == (2, 0)


def test_the_words_of_a_query_are_bounded():
    assert words_of("a b a " + "社" * 200) == ("a", "b", "社" * 54)
    assert words_of("一 二 三 四 五 六 七") == ("一", "二", "三", "四", "五", "六")
    assert words_of(" \x00 　") == ()


def test_another_publication_is_not_searched(published):
    published.publication.is_public = False
    published.publication.save()
    assert ask("社保").total == 0


@pytest.fixture
def told(house):
    """Five issues of two years, a combined one among them, with departments and visitors; 张三
    and 张三丰 of two departments whose names need care."""
    visits = (VisitRecord("张三", "厅长", '"省"厅'), VisitRecord("张三丰", "厅长", "A局"))
    papers = [press.document(2025, month) for month in (1, 11)]
    papers += [press.document(2026, month) for month in (3, 9)]
    papers.append(press.document(2025, 2, month_to=4))
    for at, paper in enumerate(papers):
        paper = _filed(paper, departments=(f"{at % 2}厅", "人事厅"))
        paper = press.with_text(paper, f"窗口来了张三{'丰' * (at % 2)}。")
        press.publish(house.publication, press.with_visits(paper, visits), house.editor)
    return house


FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"year": 2025},
    {"section": "window_news"},
    {"department": "人事厅"},
    {"person": "张三"},
    {"year": 2025, "section": "window_news", "department": "A局", "person": "张三丰"},
    {"year": 2026, "department": '"省"厅'},
    {"person": "无此人"},
    {"department": "a局"},
)


def test_every_count_is_that_of_reading_all_paragraphs(told):
    rows = list(Passage.objects.prefetch_related("names"))
    for typed, filters in product(("窗口", "张三", "大厅 窗口", "", "无此字"), FILTERS):
        check(ask(typed, **filters), rows, words_of(typed), filters)


def check(found, rows, words, filters):
    held = [row for row in rows if all(word in row.folded for word in words)]
    fits = {row.pk: _fitting(row, filters) for row in held}
    right = [row for row in held if fits[row.pk] == EVERY]
    assert (found.total, found.issues) == (len(right), len({row.edition_id for row in right}))
    assert [row.pk for row in found.passages] == [row.pk for row in _ordered(right)[:20]]
    by_year = [row.year for row in held if fits[row.pk] >= EVERY - {"year"}]
    by_section = [row.section for row in held if fits[row.pk] >= EVERY - {"section"}]
    assert (found.years, found.sections) == (Counter(by_year), Counter(by_section))
    placed = [row for row in held if fits[row.pk] >= {"year", "section"}]
    named = Counter((one.kind, one.name) for row in placed for one in row.names.all())
    counted = [("department", found.departments), ("person", found.people)]
    assert {(kind, name): n for kind, ns in counted for name, n in ns.items()} == named


EVERY = {"year", "section", "department", "person"}


def _fitting(row, filters) -> set[str]:
    """Which of the filters the paragraph meets; one that is not set is met by all."""
    names = {(one.kind, one.name) for one in row.names.all()}
    values = {name: getattr(row, name) for name in ("year", "section")}
    return {
        name
        for name in EVERY
        if name not in filters
        or values.get(name) == filters[name]
        or (name, filters[name]) in names
    }


def _ordered(rows):
    return sorted(rows, key=lambda row: (-row.year, -row.number, row.rank, row.place))


def test_any_page_is_what_stands_there_in_the_whole(told):
    names = directory("monthly")
    for question in (Question("monthly", ("窗口",)), Question("monthly", person="张三")):
        found = matching(question, names)
        whole = [row.pk for row in found[:1000]]
        assert len(whole) == found.count()
        assert whole == [row.pk for row in _ordered(found[:1000])]
        for start in range(found.count() + 2):
            assert [row.pk for row in found[start : start + 7]] == whole[start : start + 7]


def test_a_combined_issue_keeps_both_its_numbers(told):
    assert set(Passage.objects.values_list("number", "number_to")) == {
        (1, None), (2, 4), (3, None), (9, None), (11, None)
    }  # fmt: skip


def test_queries_do_not_grow_with_the_results(published, django_assert_num_queries):
    question, names = Question("monthly", ("窗口",)), directory("monthly")
    rare = Question("monthly", ("夜间申请",))
    for one in (question, rare):
        with django_assert_num_queries(2):
            found = search(one, names)
            assert [Passage.unlisted(p.about) for p in found.passages]


def test_no_page_costs_more_queries_than_the_first(published, django_assert_num_queries):
    found = matching(Question("monthly", ("窗口",), text_only=True), directory("monthly"))
    for start in (0, 10, 20):
        with django_assert_num_queries(1):
            assert found[start : start + 10]
    with django_assert_num_queries(0):
        assert found[found.count() :] == []


@pytest.mark.postgres
def test_words_are_looked_up_in_the_index_and_nothing_is_compiled_for_it(published):
    """A sequential scan would compute the pairs of every paragraph there is."""
    pk = published.publication.pk
    shelve(published.publication, made_up(200, random.Random(3)), 1000)  # noqa: S311
    for word in ("窗口", "社保", "公积金", "的"):
        plan = Passage.objects.holding(pk, [word]).explain(analyze=True)
        assert "Bitmap Index Scan on passages_by_pairs" in plan
        assert "JIT" not in plan
        assert "Parallel" not in plan
