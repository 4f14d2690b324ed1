"""Search finds what a substring scan finds, on either database."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bulletin.document import Item, VisitRecord
from bulletin.finding.asking import Question, search, words_of
from bulletin.finding.names import directory, synonyms
from bulletin.folding import fold
from bulletin.models import Passage
from tests import press
from tests.bulletin.finding.paragraphs import made_up, queries
from windows.models import FormerName

pytestmark = pytest.mark.django_db


def ask(typed: str, **filters):
    slug = filters.pop("slug", "monthly")
    return search(Question(slug, words_of(typed), **filters), directory(slug))


@pytest.fixture
def published(house):
    for month in (7, 8, 9):
        press.publish(house.publication, press.document(2026, month), house.editor)
    return house


def test_nothing_is_missed_and_nothing_is_found_too_much(published):
    """1,000 queries of 1 to 8 characters against every paragraph, by brute force."""
    chance = random.Random(7)  # noqa: S311
    edition = Passage.objects.first().edition
    texts = made_up(600, chance)
    Passage.objects.all().delete()
    Passage.objects.bulk_create(
        Passage(
            publication=published.publication,
            edition=edition,
            year=2026,
            number=9,
            rank=0,
            place=place,
            text=text,
            folded=fold(text),
        )
        for place, text in enumerate(texts)
    )
    folded = [fold(text) for text in texts]
    asked = queries(texts, 990, chance) + [
        "社",
        "保",
        "1",
        "p",
        "%",
        "_",
        "\\",
        "'",
        "社保%",
        "无此字",
    ]
    for word in asked:
        truth = {place for place, text in enumerate(folded) if word in text}
        rows = Passage.objects.holding(published.publication.pk, [word])
        assert set(rows.values_list("place", flat=True)) == truth, word


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


def test_queries_do_not_grow_with_the_results(published, django_assert_num_queries):
    question, names = Question("monthly", ("窗口",)), directory("monthly")
    rare = Question("monthly", ("夜间申请",))
    for one in (question, rare):
        with django_assert_num_queries(2):
            found = search(one, names)
            assert [Passage.unlisted(p.about) for p in found.passages]
