"""The month's figures on the readiness list: what is wrong, and what the windows explained."""

import pytest

from bulletin.readiness.month import check_figures
from tests.factories import (
    FigureFactory,
    IndicatorFactory,
    IssueFactory,
    ReportFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(house):
    return IssueFactory(publication=house.publication, year=2026, month=6)


@pytest.fixture
def accepted(house):
    return IndicatorFactory(centre=house.centre, key="accepted", label="受理")


def months(house, accepted, *values, window=None, note=""):
    """The last of the values stands in June."""
    for month, value in enumerate(values, 7 - len(values)):
        report = ReportFactory(window=window or house.window, month=month, state="confirmed")
        FigureFactory(report=report, indicator=accepted, value=value, note=note)


def told(issue):
    return [(p.code, p.severity, p.message) for p in check_figures(issue, 1)]


def test_a_steady_window_says_nothing(house, issue, accepted):
    months(house, accepted, 100, 110, 95, 105)
    assert told(issue) == []


def test_a_swing_wants_looking_at_until_it_is_explained(house, issue, accepted):
    months(house, accepted, 100, 110, 95, 2000)
    [(code, severity, message)] = told(issue)
    assert (code, severity) == ("figure-swing", "warn") and message.startswith(
        "商务厅窗口：受理2000件"
    )


def test_an_explanation_is_shown_to_the_editors(house, issue, accepted):
    months(house, accepted, 100, 110, 95, 2000, note="含线上。")
    assert told(issue) == [("figure-explained", "hint", "商务厅窗口的受理有口径说明：含线上。")]


def test_a_unit_slip_blocks(house, issue, accepted):
    months(house, accepted, 100, 110, 95, 1_000_000, note="没错。")
    assert [(code, severity) for code, severity, _words in told(issue)] == [
        ("figure-unit_slip", "block"),
        ("figure-explained", "hint"),
    ]


def test_queries_do_not_grow_with_the_windows(
    house, issue, accepted, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(20) as seen:
            told(issue)
        return len(seen)

    months(house, accepted, 100, 110, 95, 105)
    one = asked()
    for n in range(3):
        other = WindowFactory(department=house.department, name=f"{n}号")
        months(house, accepted, 100, 110, 95, 105, window=other)
    assert asked() == one
