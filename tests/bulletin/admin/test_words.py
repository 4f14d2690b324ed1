"""No English on any page of the newsroom, whoever looks: texts, names, titles, alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bulletin.commenting import add_comment
from bulletin.models import Commission
from bulletin.timeline import DEEDS
from bulletin.workflow import WORKFLOWS
from tests.factories import IndicatorFactory, LeaderFactory
from tests.newsroom import Newsroom
from windows import roles

ROLES = (
    roles.EDITOR,
    roles.APPROVER,
    roles.PUBLISHER,
    roles.DATA_CLERK,
    roles.AUDITOR,
    roles.ADMINISTRATOR,
)
# Names of formats and keys, and what people enter themselves.
ALLOWED = re.compile(
    r"Alt [A-Z]|(?<![A-Za-z])"
    r"(PDF|DOCX|OFD|ICP|JSON|TXT|Word|Excel|XLSX|xlsx|CSV|UTF-8|SHA-256)(?![A-Za-z])"
    r"|[\w.-]+@example\.cn|\buser-\d+|\bmonthly(-\d+)?\b|\bcentre-\d+|\b[0-9A-F]{4}\b|\bindicator_\w+"
    r"|\{\w+\}"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}")
SPOKEN = ("title", "alt", "placeholder", "aria-label", "data-done", "data-failed")
MOST = 60  # pages a role: enough for every kind, few enough for a test


class Spoken(HTMLParser):
    """What a page says, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.silent += tag in {"script", "style", "code"}
        self.said += [value for name in SPOKEN if (value := values.get(name))]
        if values.get("type") in {"submit", "button"} and values.get("value") and tag == "input":
            self.said.append(values["value"] or "")
        if tag == "a" and (values.get("href") or "").startswith(("/admin/", "?")):
            self.links.append(values["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "code"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def english(said: list[str]) -> Iterator[str]:
    for words in said:
        if ENGLISH.search(ALLOWED.sub("", words)):
            yield words.strip()


def crawl(client, start: str) -> Iterator[tuple[str, Spoken]]:
    """Every page that links lead to, one of each kind of address and query."""
    waiting = [start]
    seen: set[str] = set()
    while waiting and len(seen) < MOST:
        at = waiting.pop(0)
        kind = re.sub(r"\d+", "1", at)
        if kind in seen or "logout" in at:
            continue
        seen.add(kind)
        answer = client.get(at, follow=True)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        page = Spoken()
        page.feed(answer.content.decode())
        yield at, page
        base = at.partition("?")[0]
        links = [link if link.startswith("/") else base + link for link in page.links]
        waiting += [link.partition("#")[0] for link in links if "o=" not in link]


@pytest.fixture
def shown(house) -> Newsroom:
    rows = Newsroom(house)
    IndicatorFactory(centre=house.centre, key="indicator_mailed", label="邮寄")
    LeaderFactory(department=house.department)
    call = house.call()
    asked = rows.claimed(edited="改过的稿子。", call=call)
    Commission.objects.create(
        call=call, window=house.window, topic="以旧换新", due=call.cutoff, submission=asked
    )
    add_comment(asked, by=house.editor, text="请核。", pin=True)
    house.report({"indicator_mailed": 100}, state="submitted")
    house.visit(state="submitted")
    assert rows.edition
    return rows


@pytest.mark.parametrize("who", ROLES)
def test_not_a_word_of_english(client, shown, who):
    client.force_login(shown.house.everyone()[who])
    found: dict[str, str] = {}
    pages = 0
    for at, page in crawl(client, "/admin/"):
        pages += 1
        found |= dict.fromkeys(english(page.said), at)
    assert found == {}
    assert pages > 3


WRITTEN = re.compile(
    r'(?<!def )(?:leave_trail|note_change|_trail_nil|doorbook\.note|_tell)\([^"]*?"([a-z_]+)"',
    re.DOTALL,
)


def test_every_deed_of_the_trail_has_a_word():
    """No list shows the name by which the code calls it."""
    sources = (path.read_text() for path in Path("bulletin").rglob("*.py"))
    written = {name for source in sources for name in WRITTEN.findall(source)}
    assert len(written) > 30
    moves = {move.name for table in WORKFLOWS.values() for move in table.moves}
    assert written - moves - set(DEEDS) == set()
