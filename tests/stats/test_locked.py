"""The database itself keeps a printed month, on both engines: only a restatement opens it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from bulletin.restating import NewFigure, restate
from stats import locked
from stats.figure_writing import write_figures
from stats.models import Figure, MonthlyReport, Restatement
from tests.factories import FigureFactory, IndicatorFactory, ReportFactory, printed_figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(house):
    return IndicatorFactory(centre=house.centre, key="accepted", label="受理")


@pytest.fixture
def other(house):
    return IndicatorFactory(centre=house.centre, key="other", label="其他")


@pytest.fixture
def figure(house, accepted):
    return printed_figure(house.window, accepted)


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        return locked.REFUSED in str(error)
    return False


CHANGES: dict[str, dict[str, Any]] = {
    "value": {"value": 101},
    "denominator": {"denominator": 3},
    "precision": {"precision": 100},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_number_stays(figure, name):
    assert refused(lambda: Figure.objects.update(**CHANGES[name]))
    assert Figure.objects.get() == figure


def test_none_comes_goes_or_moves(house, figure, other):
    report = figure.report
    assert refused(lambda: Figure.objects.create(report=report, indicator=other, value=1))
    assert refused(
        lambda: Figure.objects.bulk_create([Figure(report=report, indicator=other, value=1)])
    )
    assert refused(figure.delete)
    assert refused(lambda: Figure.objects.update(indicator=other))
    open_report = ReportFactory(window=house.window, month=3)
    assert refused(lambda: Figure.objects.update(report=open_report))
    mobile = FigureFactory(report=open_report, indicator=other)
    assert refused(lambda: Figure.objects.filter(pk=mobile.pk).update(report=report))


def test_an_import_that_did_not_look_is_refused_whole(house, figure, accepted, other):
    fresh = ReportFactory(window=house.window, month=3)
    new = [(fresh.pk, accepted.pk, 5, None, ""), (figure.report.pk, other.pk, 5, None, "")]
    changed = [(figure.report.pk, accepted.pk, 5, None, "")]
    assert refused(lambda: write_figures(new, [], by=None))
    assert refused(lambda: write_figures([], changed, by=None))
    assert list(Figure.objects.values_list("value", flat=True)) == [100]


def test_what_is_no_number_may_be_written(house, figure):
    """An account is removed; a reader's note is put right."""
    assert Figure.objects.update(entered_by=None, note="含补录。") == 1
    assert Figure.objects.update(value=100) == 1


CLOSED: dict[str, dict[str, Any]] = {
    "state": {"state": "entered"},
    "nil": {"nil": True},
    "month": {"month": 4},
}


@pytest.mark.parametrize("name", CLOSED)
def test_the_report_stays_locked_as_it_was(figure, name):
    assert refused(lambda: MonthlyReport.objects.update(**CLOSED[name]))


def test_nor_is_it_deleted_with_all_its_figures(house):
    report = ReportFactory(window=house.window, nil=True)
    MonthlyReport.objects.update(state="locked")
    assert refused(report.delete)


def kept(figure, old, new):
    return Restatement.objects.create(
        centre_id=figure.report.centre_id, figure=figure, old=old, new=new, reason="漏计。"
    )


def test_a_restatement_opens_just_the_change_it_tells(figure):
    kept(figure, 100, 120)
    assert refused(lambda: Figure.objects.update(value=121))
    assert Figure.objects.update(value=120) == 1
    assert refused(lambda: Figure.objects.update(value=100))
    kept(figure, 120, 130)
    assert Figure.objects.update(value=130) == 1
    kept(figure, 100, 120)
    assert refused(lambda: Figure.objects.update(value=120)), "it tells of another number"


def test_a_restatement_is_never_changed_or_deleted(house, figure):
    row = kept(figure, 100, 120)
    assert refused(lambda: Restatement.objects.update(new=121))
    assert refused(lambda: Restatement.objects.update(reason="别的。"))
    assert refused(row.delete)
    assert Restatement.objects.update(by=house.data_clerk) == 1


def test_the_service_goes_through_for_old_figures_and_new_ones(house, figure, accepted, other):
    changes = [NewFigure(accepted, 120, seen=(100, None)), NewFigure(other, 7)]
    rows = restate(figure.report, changes, by=house.data_clerk, reason="漏计一天。")
    assert [(row.figure.value, row.old, row.new) for row in rows] == [(120, 100, 120), (7, None, 7)]
    assert Figure.objects.get(indicator=other).value == 7
    assert FigureFactory(report=ReportFactory(window=house.window, month=3), indicator=other).pk


def test_without_the_triggers_all_of_it_would_pass(figure):
    """The naive twin: the rows alone do not keep anybody out."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
    locked.GUARD.take_down("default")
    assert Figure.objects.update(value=101) == 1
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    locked.GUARD.put_up("default")
    assert refused(lambda: Figure.objects.update(value=102))
