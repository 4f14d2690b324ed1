"""The demo's port, and the table of accounts in a terminal."""

from __future__ import annotations

import socket

import pytest

from bulletin.demo.serving import HOST, cannot_listen
from bulletin.demo.table import aligned


def test_a_free_port_can_be_had():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    assert cannot_listen(port) == ""


def test_a_busy_port_is_told_with_another_to_try():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        assert "./run demo" in cannot_listen(taken.getsockname()[1])


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_told(port):
    assert "1到65535" in cannot_listen(port)


def test_columns_line_up_although_a_hanzi_takes_two_cells():
    assert aligned([("编辑", "a"), ("abc", "b")]) == "编辑  a\nabc   b"


@pytest.mark.parametrize("path", ["/nowhere/", "/desk/submissions/404/"])
def test_visitors_of_the_demo_get_the_page_for_readers(settings, client, house, path):
    settings.DEMO = settings.DEBUG = True
    client.force_login(house.clerk)
    answer = client.get(path)
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()
    assert "URLconf" not in answer.content.decode()
