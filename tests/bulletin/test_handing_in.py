"""The service under the desk: one transaction, one submission however often and at once posted."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection

from bulletin.handing_in import (
    Count,
    Counts,
    News,
    Person,
    Place,
    StaleDraft,
    Target,
    Visit,
    nil_return,
    own_key,
    read_back,
    save,
)
from bulletin.models import NewsItem, NilReturn, Submission, Trail
from bulletin.moves import MoveRefused, make_move
from stats.models import Figure, MonthlyReport
from tests.factories import House, IndicatorFactory, LeaderFactory
from windows.models import LeaderVisit

DAY = dt.date(2026, 2, 25)
NEWS = News("window_news", DAY, "商务厅窗口", "推出企业备案当日办结。")
KEY = uuid.UUID(int=7)


def place_of(house):
    return Place(house.window, house.publication, 2026, 2)


def test_the_month_has_its_last_day():
    assert Place(None, None, 2024, 2).last_day == dt.date(2024, 2, 29)  # type: ignore[arg-type]
    assert Place(None, None, 2025, 12).last_day == dt.date(2025, 12, 31)  # type: ignore[arg-type]


def test_what_is_kept_reads_back_as_it_was_written(house):
    place = place_of(house)
    leader = LeaderFactory(department=house.department)
    people = (
        Person("商务厅", "党组书记、厅长", "方伯成", leader),
        Person("公安厅", "二级警务专员", "沈望舒"),
    )
    indicator = IndicatorFactory(centre=house.centre)
    for written in (
        NEWS,
        Visit(DAY, house.window, "guidance", "他强调，", "要办得快。", people),
        Counts((Count(indicator, 12, None, "说明"),)),
        Counts(nil=True),
    ):
        row = save(place, written, by=house.clerk, target=Target(key=uuid.uuid4()))
        assert read_back(Submission.objects.get(pk=row.pk)) == written


def test_a_refused_submit_writes_nothing(house):
    with pytest.raises(MoveRefused, match="您的角色不能提交"):
        save(place_of(house), NEWS, by=house.editor, target=Target(key=KEY), submit=True)
    assert not (Submission.objects.exists() or NewsItem.objects.exists())


def test_an_empty_visit_is_not_handed_in(house):
    empty = Visit(DAY, house.window, "guidance", "他强调，", "")
    with pytest.raises(MoveRefused, match="还没有内容"):
        save(place_of(house), empty, by=house.clerk, target=Target(key=KEY), submit=True)
    assert not LeaderVisit.objects.exists()


def test_a_key_belongs_to_a_person_and_a_window(house):
    keys = {
        own_key(house.clerk, house.window, KEY),
        own_key(house.chief, house.window, KEY),
        own_key(house.clerk, House(slug="elsewhere").window, KEY),
    }
    assert len(keys) == 3


def test_the_key_decides_what_is_the_same(house):
    place, target = place_of(house), Target(key=KEY)
    first = save(place, NEWS, by=house.clerk, target=target)
    again = save(place, NEWS, by=house.clerk, target=target, submit=True)
    third = save(place, News("politics", DAY, "", "别的。"), by=house.clerk, target=target)
    assert (first.pk, third.pk) == (again.pk, again.pk)
    assert (third.state, NewsItem.objects.get().text) == ("submitted", NEWS.text)


def test_an_older_version_is_refused_and_says_what_stands_there(house):
    place = place_of(house)
    row = save(place, NEWS, by=house.clerk, target=Target(key=KEY))
    new = News("window_news", DAY, "", "甲的。")
    save(place, new, by=house.clerk, target=Target(pk=row.pk, version=row.version))
    with pytest.raises(StaleDraft) as stale:
        save(place, NEWS, by=house.chief, target=Target(pk=row.pk, version=row.version))
    assert read_back(stale.value.saved) == new


def test_the_trail_keeps_what_was_handed_in_each_time(house):
    place, target = place_of(house), Target(key=KEY)
    row = save(place, NEWS, by=house.clerk, target=target, submit=True)
    make_move(row, "recall", by=house.clerk)
    row = save(place, News("", DAY, "", "改过。"), by=house.clerk, target=target, submit=True)
    texts = [t.data["text"] for t in Trail.objects.order_by("serial") if t.action == "submit"]
    assert texts == ["2月25日，商务厅窗口推出企业备案当日办结。", "2月25日，改过。"]


def test_a_visit_is_counted_in_the_month_it_happened(house):
    january = Visit(dt.date(2026, 1, 28), house.window, "duty", "", "")
    row = save(place_of(house), january, by=house.clerk, target=Target(key=KEY))
    assert (row.month, LeaderVisit.objects.get().month) == (2, 1)


def test_figures_of_an_import_are_taken_over_by_the_window(house):
    indicator = IndicatorFactory(centre=house.centre)
    report = MonthlyReport.objects.create(
        centre=house.centre, window=house.window, year=2026, month=2
    )
    Figure.objects.create(report=report, indicator=indicator, value=5, source="import")
    counts = Counts((Count(indicator, 6),))
    row = save(place_of(house), counts, by=house.clerk, target=Target(), submit=True)
    figure = report.figures.get()
    assert (row.report, figure.value, figure.source) == (report, 6, "desk")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["news", "counts", "nil counts", "nil visit"])
def test_eight_posts_at_once_are_one_submission(kind):
    house = House()
    place, clerk = place_of(house), house.clerk
    counts = Counts((Count(IndicatorFactory(centre=house.centre), 6),))
    target = Target(key=KEY)
    acts = {
        "news": lambda: save(place, NEWS, by=clerk, target=target, submit=True),
        "counts": lambda: save(place, counts, by=clerk, target=Target(), submit=True),
        "nil counts": lambda: nil_return(place, "report", by=clerk),
        "nil visit": lambda: nil_return(place, "visit", by=clerk),
    }
    together(8, acts[kind])
    if kind == "nil visit":
        assert NilReturn.objects.count() == 1
    else:
        assert Submission.objects.get().state == "submitted"
    assert Trail.objects.count() == 1
    assert NewsItem.objects.count() == (kind == "news")
    assert MonthlyReport.objects.count() == (kind in {"counts", "nil counts"})


def together(count, act):
    """Runs `act` in that many threads at once; raises what any of them raised."""
    start, failures = threading.Barrier(count), []

    def run():
        start.wait()
        try:
            act()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
