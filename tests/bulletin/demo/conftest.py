"""The demo, loaded once for all tests that only look at it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.test import override_settings

from bulletin import demo

TODAY = dt.date(2026, 11, 23)
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"


@pytest.fixture(scope="module")
def demo_media(tmp_path_factory):
    return tmp_path_factory.mktemp("demo-media")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, demo_media):
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, MEDIA_ROOT=demo_media, PASSWORD_HASHERS=[QUICK]),
        transaction.atomic(),
    ):
        yield demo.load(TODAY)
        transaction.set_rollback(True)
