"""Fixtures shared by all tests: a centre with its people, months and publication."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.db import connection

from bulletin.views.site.limits import BUCKETS
from tests import factories


def pytest_collection_modifyitems(items):
    """Row locks are no-ops on SQLite: what needs them says so and runs on PostgreSQL."""
    if connection.vendor == "postgresql":
        return
    skip = pytest.mark.skip(reason="runs on PostgreSQL (row locks)")
    for item in items:
        if "postgres" in item.keywords or "browser" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def _static_root(tmp_path_factory):
    """A folder that exists, for the live server too: whitenoise warns where there is none."""
    django_settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def _fresh_limits():
    for bucket in BUCKETS:
        bucket.clear()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BAKED_ROOT = tmp_path / "baked"
    settings.BAKED = False  # drawing is what costs: tests of baking ask for it
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def house(db):
    """One centre, its publication and one person in every role."""
    return factories.House()
