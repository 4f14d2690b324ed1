"""The measurement of benchmarks.search, made inside `manage.py shell`."""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Count

from bulletin.folding import fold
from bulletin.models import Edition, Passage, Publication
from bulletin.models.passages import PassageQuerySet
from tests import factories, press
from tests.bulletin.finding.paragraphs import made_up, queries

SEED: Final = 20260225
NAMED: Final = ("社保", "公积金", "企业综合服务中心", "窗口")
PAGE: Final = 20
TICK: Final = 1000 / os.sysconf("SC_CLK_TCK")

Search = Callable[[str], PassageQuerySet]


class Cost(NamedTuple):
    """Milliseconds: median on the clock, mean of the backend's processor."""

    wall: float
    cpu: float


def run(paragraphs: int, number: int) -> None:
    chance = random.Random(SEED)  # noqa: S311  the same texts every time
    texts = made_up(paragraphs, chance)
    edition = _edition()
    print("| paragraphs | words | found by | median ms | CPU ms | × LIKE |")
    print("|---:|---|---|---:|---:|---:|")
    for size in (paragraphs // 10, paragraphs):
        _fill(edition, texts[:size])
        asked = queries(texts[:size], number, chance)
        for label, words in _rows(asked):
            _compare(size, label, words)
    _print_recall(texts, asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('passages_by_pairs') / 1024 / 1024")
        print(f"\nindex: {cursor.fetchone()[0]} MB")


def _rows(asked: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    yield f"{len(asked)} of 2–8 characters", asked
    pairs = [word for word in asked if len(word) == 2]
    yield f"{len(pairs)} of 2 characters", pairs
    for word in NAMED:
        yield word, [word] * 20


def _compare(size: int, label: str, words: Sequence[str]) -> None:
    every = Passage.objects.public("monthly")
    like = _cost(lambda word: every.filter(folded__contains=word), words[:60])
    publication = Publication.objects.get(slug="monthly").pk
    ours = _cost(lambda word: every.holding(publication, [word]), words)
    print(f"| {size} | {label} | LIKE | {like.wall:.2f} | {like.cpu:.2f} | 1.0 |")
    print(
        f"| {size} | {label} | index | {ours.wall:.2f} | {ours.cpu:.2f} |"
        f" {like.wall / ours.wall:.1f} |"
    )


def _cost(search: Search, words: Sequence[str]) -> Cost:
    _ask(search, words[0])
    times, before = [], _backend()
    for word in words:
        began = time.perf_counter()
        _ask(search, word)
        times.append((time.perf_counter() - began) * 1000)
    return Cost(statistics.median(times), (_backend() - before) / len(words))


def _ask(search: Search, word: str) -> tuple[int, list[Passage]]:
    """What a results page needs: how many there are, and the newest twenty."""
    rows = search(word)
    ordered = rows.order_by("-year", "-number", "rank", "place")
    return rows.aggregate(total=Count("pk"))["total"], list(ordered[:PAGE])


def _backend() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def _print_recall(texts: Sequence[str], asked: Sequence[str]) -> None:
    folded = [fold(text) for text in texts]
    wanted = found = right = 0
    publication = Publication.objects.get(slug="monthly").pk
    for word in asked:
        truth = {place for place, text in enumerate(folded) if word in text}
        rows = Passage.objects.holding(publication, [word])
        seen = set(rows.values_list("place", flat=True).order_by())
        wanted, found, right = wanted + len(truth), found + len(seen), right + len(truth & seen)
    print(
        f"\n{len(asked)} queries, {wanted} true results in {len(texts)} paragraphs:"
        f" recall {right / wanted:.4%}, precision {right / found:.4%}"
    )


def _edition() -> Edition:
    house = factories.House()
    return press.publish(house.publication, press.document(2026, 2), house.editor)


def _fill(edition: Edition, texts: Sequence[str]) -> None:
    """Thirty paragraphs an issue, twelve issues a year, the newest first."""
    Passage.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef('passages_by_pairs'::regclass)")
        index = cursor.fetchone()[0]
        cursor.execute("DROP INDEX passages_by_pairs")
    Passage.objects.bulk_create(
        (
            Passage(
                publication_id=edition.issue.publication_id,
                edition=edition,
                year=2026 - place // 360,
                number=12 - place // 30 % 12,
                rank=0,
                place=place,
                text=text,
                folded=fold(text),
            )
            for place, text in enumerate(texts)
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(index)  # in one go, as after a restore
        cursor.execute("VACUUM ANALYZE bulletin_passage")
