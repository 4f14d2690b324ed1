"""三员分立: kept by the database, said by the form."""

import datetime as dt
import itertools
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from tests.factories import House, StaffFactory, UserFactory
from windows.models import Staff, User
from windows.roles import ADMINISTRATOR, AUDITOR, EDITOR

pytestmark = pytest.mark.django_db
BOTH = list(itertools.permutations([ADMINISTRATOR, AUDITOR]))


@pytest.mark.parametrize(("held", "asked"), BOTH)
def test_one_person_is_not_administrator_and_auditor(house, held, asked):
    user = house.person(held)
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffFactory(user=user, centre=house.centre, role=asked)
    with pytest.raises(ValidationError, match="三员分立"):
        Staff(user=user, centre=house.centre, role=asked).full_clean()


@pytest.mark.parametrize(("held", "asked"), BOTH)
def test_nor_in_two_centres(house, held, asked):
    user = house.person(held)
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffFactory(user=user, centre=House("other").centre, role=asked)


@pytest.mark.parametrize(("held", "asked"), BOTH)
def test_nor_by_a_change_of_role(house, held, asked):
    user = house.person(held)
    row = StaffFactory(user=user, centre=house.centre, role=EDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.filter(pk=row.pk).update(role=asked)


@pytest.mark.parametrize("role", [ADMINISTRATOR, AUDITOR])
def test_the_system_s_own_account_is_neither(house, role):
    root = UserFactory(is_superuser=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffFactory(user=root, centre=house.centre, role=role)
    with pytest.raises(ValidationError, match="三员分立"):
        Staff(user=root, centre=house.centre, role=role).full_clean()
    person = house.person(role)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(is_superuser=True)


def test_one_after_the_other_is_possible(house):
    user = UserFactory()
    first = {"valid_to": dt.date(2025, 12, 31)}
    StaffFactory(user=user, centre=house.centre, role=ADMINISTRATOR, **first)
    second = Staff(user=user, centre=house.centre, role=AUDITOR, valid_from=dt.date(2026, 1, 1))
    second.full_clean()
    second.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.filter(pk=second.pk).update(valid_from=dt.date(2025, 12, 31))


def test_other_roles_go_together(house):
    user = house.person(ADMINISTRATOR)
    StaffFactory(user=user, centre=house.centre, role=EDITOR)
    StaffFactory(user=user, centre=House("other").centre, role=ADMINISTRATOR)
    assert user.staff.count() == 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_grants_at_once():
    """Each alone is legal: the second waits for the first, and is refused."""
    house = House()
    results = []

    def grant(user, role, gate):
        gate.wait()
        try:
            Staff.objects.create(user=user, centre=house.centre, role=role)
            results.append("made")
        except IntegrityError:
            results.append("refused")
        finally:
            connection.close()

    for _ in range(20):
        user, gate = UserFactory(), threading.Barrier(2)
        threads = [
            threading.Thread(target=grant, args=(user, role, gate))
            for role in (ADMINISTRATOR, AUDITOR)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(results) == ["made"] * 20 + ["refused"] * 20
