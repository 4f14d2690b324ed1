from __future__ import annotations

import pytest
from django.db import transaction

from bulletin import baking
from tests import press


@pytest.fixture(autouse=True)
def _baked(settings):
    settings.BAKED = True


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def publish(house, committed):
    def publish(paper, **given):
        with committed(), transaction.atomic():
            edition = press.publish(house.publication, paper, house.editor, **given)
            baking.bake(edition.issue)
        return edition

    return publish
