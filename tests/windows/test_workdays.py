"""Working days round the Spring Festival of 2025, and the calendar that comes along."""

import datetime as dt

import pytest

from tests.factories import CentreFactory
from windows.holidays import default_days, load_defaults
from windows.models import WorkDay
from windows.workdays import add_workdays, exceptions_of, is_working, workdays_between

EXCEPTIONS = {day: worked for day, worked, _name in default_days()}


def day(month: int, number: int) -> dt.date:
    return dt.date(2025, month, number)


@pytest.mark.parametrize("worked", [day(1, 26), day(1, 27), day(2, 5), day(2, 8)])
def test_make_up_days_and_plain_days_are_worked(worked):
    assert is_working(worked, EXCEPTIONS)


@pytest.mark.parametrize("off", [day(1, 28), day(1, 31), day(2, 1), day(2, 4), day(2, 9)])
def test_the_festival_and_the_sunday_after_are_off(off):
    assert not is_working(off, EXCEPTIONS)


def test_without_exceptions_the_week_decides():
    assert is_working(day(1, 31), {}) and not is_working(day(1, 26), {})


def test_counting_working_days_includes_both_ends():
    assert workdays_between(day(1, 26), day(2, 8), EXCEPTIONS) == 6
    assert workdays_between(day(1, 28), day(2, 4), EXCEPTIONS) == 0
    assert workdays_between(day(2, 8), day(2, 1), EXCEPTIONS) == 0


def test_adding_working_days_steps_over_the_festival():
    assert add_workdays(day(1, 27), 1, EXCEPTIONS) == day(2, 5)
    assert add_workdays(day(2, 5), -1, EXCEPTIONS) == day(1, 27)
    assert add_workdays(day(2, 7), 1, EXCEPTIONS) == day(2, 8)
    assert add_workdays(day(2, 1), 0, EXCEPTIONS) == day(2, 1)


def test_the_list_holds_only_days_that_differ_from_the_week():
    assert all(worked == (date.weekday() >= 5) for date, worked, _name in default_days())


def test_a_year_not_checked_says_so():
    named = {date.year: name for date, _worked, name in default_days()}
    assert named[2026].endswith("（待核定）") and not named[2025].endswith("（待核定）")


@pytest.mark.django_db
def test_loading_keeps_what_the_centre_decided():
    centre = CentreFactory()
    WorkDay.objects.create(centre=centre, date=day(1, 28), is_working=True, name="值班")
    assert load_defaults(centre) == len(default_days()) - 1
    assert load_defaults(centre) == 0
    assert exceptions_of(centre, day(1, 28), day(1, 29)) == {day(1, 28): True, day(1, 29): False}
