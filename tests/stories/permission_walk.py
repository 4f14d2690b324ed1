"""Every address of the project, asked by everybody: what came back, as one letter a cell.

y  reached: the page, or an answer that acts or says why not
.  exactly like an object that does not exist: same status, same body
f  403, although absent objects answer otherwise
n  404     l  sent to sign in     m  405
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.stories.permission_table import EXTRA, Row
from tests.stories.permission_world import NEXT_DOOR, SECRET, World, absent
from tests.stories.response_checks import response_problems
from windows.roles import WINDOW

MOVING = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"'
    rb"|[0-9a-f]{8}-[0-9a-f-]{27}|\d+|absent|elsewhere|monthly"
)
PARAMETER = re.compile(r"(?:<(?:\w+:)?|\(\?P<)(\w+)>")


def patterns(
    resolver: URLResolver | None = None, route: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """(name, route) of every pattern; an unnamed one is called by its route."""
    for one in (resolver or get_resolver()).url_patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from patterns(one, here, inner)
        elif isinstance(one, URLPattern):
            yield (space + one.name if one.name else here), here


class Walk:
    def __init__(self, world: World) -> None:
        self.world = world
        self.routes = dict(patterns())
        self.problems: list[str] = []

    def cells(self, row: Row, role: str | None) -> str:
        """What `role` gets: for each of PLACES, then for a stranger of that role."""
        client = self.world.clients[False][role] if role else self.world.anonymous
        if not row.of:
            response = self.ask(client, row, {})
            self.look_for_leaks(row, role, response)
            return letter(response)
        objects = self.world.objects[row.of]
        nothing = self.ask(client, row, absent(row.of, objects[0]))
        answers = [self.ask(client, row, one) for one in objects]
        self.look_for_leaks(row, role, answers[0])
        cells = [compared(answer, nothing) for answer in answers]
        if role:
            stranger = self.world.clients[True][role]
            nothing = self.ask(stranger, row, absent(row.of, objects[0]))
            cells.append(compared(self.ask(stranger, row, objects[0]), nothing))
        return "".join(cells)

    def look_for_leaks(self, row: Row, role: str | None, response: Any) -> None:
        """Lists and pages without an object tell nothing of others."""
        hidden = [SECRET] if not row.name.startswith("site:") else []
        hidden += [NEXT_DOOR] if role == WINDOW else []
        text = response.whole.decode(errors="replace")
        self.problems += [f"{row.name} shows {role} {word}" for word in hidden if word in text]

    def ask(self, client: Client, row: Row, arguments: dict[str, Any]) -> Any:
        """The answer; whatever the request did to the database and the browser is undone."""
        cookies = copy.deepcopy(client.cookies)
        with transaction.atomic():
            response = getattr(client, row.method.lower())(self.address(row, arguments))
            response.whole, response.seen = _body(response)
            transaction.set_rollback(True)
        client.cookies = cookies
        self.problems += response_problems(response)
        return response

    def address(self, row: Row, arguments: dict[str, Any]) -> str:
        if row.address:
            return row.address.format(**arguments)
        asked = PARAMETER.findall(self.routes[row.name])
        given = {**EXTRA.get(row.name, {}), **arguments}
        return reverse(row.name, kwargs={name: given[name] for name in asked})


def letter(response: Any) -> str:
    if response.status_code == 302 and "/login/" in response["Location"]:
        return "l"
    return {404: "n", 403: "f", 405: "m"}.get(response.status_code, "y")


def compared(response: Any, nothing: Any) -> str:
    if response.status_code == nothing.status_code and _same(response, nothing):
        return "."
    return letter(response)


def _same(one: Any, other: Any) -> bool:
    places = (MOVING.sub(b"#", r.get("Location", "").encode()) for r in (one, other))
    return one.seen == other.seen and len(set(places)) == 1


def _body(response: Any) -> tuple[bytes, bytes]:
    """The body, and the body without what differs from one object to the next."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body, MOVING.sub(b"#", body)
