from __future__ import annotations

import pytest

from tests.desk import stop_the_clock


@pytest.fixture
def clerk(client, house, monkeypatch):
    """The browser of a signed-in clerk, on 3 March 2026."""
    stop_the_clock(monkeypatch)
    house.call()
    client.force_login(house.clerk)
    return client
