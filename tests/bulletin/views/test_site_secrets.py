"""What is not published is not there; what is published no longer moves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from bulletin.models import (
    Correction,
    Edition,
    Entry,
    Issue,
    NewsItem,
    Publication,
    Section,
    Submission,
)
from stats.models import Figure
from tests import factories, press
from windows.models import LeaderVisit

pytestmark = pytest.mark.django_db

CANARY = "金丝雀密语"
ADDRESSES = (
    "/",
    "/about/",
    "/healthz",
    "/monthly/",
    "/monthly/2026/",
    "/monthly/2026/3/",
    "/monthly/2026/3/monthly-2026-3.pdf",
    "/monthly/2026/3/monthly-2026-3.txt",
    "/monthly/2026/4/",
    "/monthly/2026/3/editions/1/",
    "/monthly/2026/3/editions/2/",
    "/secret/",
    "/secret/2026/2/",
    "/?view=large",
)


@pytest.fixture
def canaries(house):
    """An issue is out; beside it stands a row of every unpublished kind, marked."""
    by = house.editor
    edition = press.publish(house.publication, press.document(2026, 3), by)
    factories.IndicatorFactory(centre=house.centre, key="mailed")
    house.report({"mailed": 900})
    house.news(text=CANARY, subject=CANARY, handed_in=CANARY, edited=CANARY)
    house.visit(("商务厅", "厅长", CANARY), remarks=CANARY, opening=CANARY)
    section = Section.objects.create(issue=edition.issue, key="extra", heading=CANARY, position=1)
    Entry.objects.create(issue=edition.issue, section=section, position=1, text=CANARY)
    unpublished = press.proof(
        house.publication, press.with_text(press.document(2026, 4), CANARY), by
    )
    Edition.objects.filter(pk=unpublished.pk).update(voided_at=_at(1), void_reason=CANARY)
    signed = press.proof(house.publication, press.with_text(press.document(2026, 5), CANARY), by)
    Edition.objects.filter(pk=signed.pk).update(signed_by=by, signed_at=_at(2), sign_note=CANARY)
    newer = press.proof(
        house.publication, press.with_text(press.document(2026, 3), CANARY), by, supersedes=edition
    )
    hidden = factories.PublicationFactory(
        centre=house.centre, slug="secret", title=CANARY, is_public=False
    )
    press.publish(hidden, press.with_text(press.document(2026, 2), CANARY), by)
    return {"edition": edition, "proofs": (unpublished, signed, newer)}


def _at(day: int) -> dt.datetime:
    return dt.datetime(2026, 6, day, tzinfo=dt.UTC)


@pytest.mark.parametrize("url", ADDRESSES)
def test_no_unpublished_word_is_on_any_public_page(client, house, canaries, url):
    for reader in (client, _signed_in(house)):
        answer = reader.get(url, follow=True)
        assert CANARY not in answer.content.decode(errors="replace")
        assert CANARY not in str(answer.headers)


def _signed_in(house) -> Client:
    reader = Client()
    reader.force_login(house.editor)
    return reader


def test_the_unpublished_answers_like_the_absent(client, house, canaries):
    absent = client.get("/monthly/2031/1/")
    addresses = ["/monthly/2026/4/", "/monthly/2026/5/", "/monthly/2026/3/editions/2/"]
    addresses += ["/secret/", "/secret/2026/", "/secret/2026/2/", "/nowhere/", "/monthly/2030/"]
    for proof in canaries["proofs"]:
        for file in proof.files.all():
            name = f"monthly-{proof.year}-{proof.number}"
            place = f"/monthly/{proof.year}/{proof.number}/{name}"
            addresses.append(f"{place}.{file.sha256[:16]}.{file.format}")
    addresses += ["/monthly/2026/4/monthly-2026-4.pdf", "/secret/2026/2/secret-2026-2.pdf"]
    for url in addresses:
        answer = client.get(url)
        assert (answer.status_code, answer.content) == (404, absent.content), url
        assert dict(answer.headers) == dict(absent.headers)


def test_published_bytes_do_not_follow_the_rows(client, house, canaries):
    urls = [url for url in ADDRESSES if client.get(url).status_code == 200]
    before = {url: _bytes(client, url) for url in urls if url not in ("/about/", "/healthz")}
    assert len(before) == 7
    Entry.objects.update(text="改了")
    Section.objects.update(heading="改了")
    NewsItem.objects.update(text="改了", subject="改了")
    LeaderVisit.objects.update(remarks="改了")
    Submission.objects.update(handed_in="改了", edited="改了")
    assert Figure.objects.update(value=7)
    house.department.short_name = "改了"
    house.department.save()
    Publication.objects.update(title="改了", issuer="改了", rows_per_page=11)
    Issue.objects.update(issued_on=dt.date(2020, 1, 1), month_to=12, number_to=99)
    assert {url: _bytes(client, url) for url in before} == before


def _bytes(client: Client, url: str) -> tuple[bytes, dict[str, str]]:
    answer = client.get(url)
    return answer.content, dict(answer.headers)


def test_a_superseded_edition_is_kept_marked_and_not_indexed(client, house, canaries):
    edition = canaries["edition"]
    newer = canaries["proofs"][2]
    by = house.approver
    newer.signed_by, newer.signed_at = by, _at(3)
    newer.published_at, newer.supersedes = _at(3), edition
    newer.save()
    Correction.objects.create(old=edition, new=newer, notice="补入一条。", by=by)
    old = client.get("/monthly/2026/3/editions/1/").content.decode()
    assert "本版已被取代" in old
    assert '<meta name="robots" content="noindex">' in old
    assert CANARY not in old
    new = client.get("/monthly/2026/3/").content.decode()
    assert CANARY in new
    assert "第2版，更正过1次" in new
    assert "补入一条。" in new
    assert 'href="/monthly/2026/3/editions/1/"' in new
    moved = client.get("/monthly/2026/3/editions/2/")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/monthly/2026/3/")
