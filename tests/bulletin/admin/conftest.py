from __future__ import annotations

import pytest

from tests.newsroom import Newsroom


@pytest.fixture
def rows(house):
    return Newsroom(house)


@pytest.fixture
def at_work(client, house):
    client.force_login(house.editor)
    return client
