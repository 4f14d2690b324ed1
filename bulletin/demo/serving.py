"""The demo's server: one process on this machine alone, the worker a thread of it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Final

from django.db import connections
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

HOST: Final = "127.0.0.1"


def cannot_listen(port: int) -> str:
    """Why the port cannot be had; empty when it can."""
    if not 1 <= port <= 65535:
        return _("端口要在1到65535之间，不能是%(port)s。") % {"port": port}
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return _(
                "端口%(port)s用不了：已经有程序在用，或者没有权限（%(why)s）。"
                "请换一个，例如 ./run demo %(other)s。"
            ) % {"port": port, "why": error.strerror, "other": port % 60000 + 1000}
    return ""


def serve(port: int, started: Callable[[], None]) -> None:
    """Serve until interrupted; `started` is called once the port is listened at."""
    connections.close_all()  # the worker is a fork of this process
    server = Granian(
        "bulletin.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
    )
    server.on_startup(started)
    server.serve()
