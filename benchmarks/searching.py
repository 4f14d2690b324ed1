"""The measurement of benchmarks.search, made inside `manage.py shell`."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from django.db import connection

from bulletin.finding.names import Directory, directory
from bulletin.folding import fold
from bulletin.models import Passage
from tests import factories
from tests.bulletin.finding.paragraphs import made_up, queries

from .archive_search import WAYS, Search, ask
from .costs import cost
from .shelf_texts import DEPARTMENTS, leader

SEED: Final = 20260225
NAMED: Final = ("社保", "公积金", "企业综合服务中心", "窗口", "口", "一件事")
_ISSUE, _YEAR = 30, 360  # paragraphs


def run(paragraphs: int, number: int) -> None:
    chance = random.Random(SEED)  # noqa: S311  the same texts every time
    texts = made_up(paragraphs, chance)
    publication = factories.House().publication
    names = directory(publication.slug)
    print("| paragraphs | words | found by | median ms | CPU ms | × LIKE |")
    print("|---:|---|---|---:|---:|---:|")
    for size in (paragraphs // 10, paragraphs):
        _fill(publication.pk, texts[:size])
        asked = queries(texts[:size], number, chance)
        for label, words in _rows(asked):
            _compare(size, label, words, names)
    _print_recall(publication.pk, texts, asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('passages_by_pairs') / 1024 / 1024")
        print(f"\nindex: {cursor.fetchone()[0]} MB")


def _rows(asked: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    yield f"{len(asked)} of 2–8 characters", asked
    pairs = [word for word in asked if len(word) == 2]
    yield f"{len(pairs)} of 2 characters", pairs
    for word in NAMED:
        yield word, [word] * 15


def _compare(size: int, label: str, words: Sequence[str], names: Directory) -> None:
    """LIKE takes so long that sixty of many words must do."""
    base = 1.0
    for way, search in WAYS.items():
        by_like = way.startswith("LIKE")
        wall, cpu = _cost(search, words[:60] if by_like else words, names)
        base = cpu if by_like else base
        told = f"{wall:.2f} | {cpu:.2f} | {base / cpu:.1f}"
        print(f"| {size} | {label} | {way} | {told} |", flush=True)


def _cost(search: Search, words: Sequence[str], names: Directory) -> tuple[float, float]:
    """Medians on the clock and of the processor."""
    search(words[0], "monthly", names)
    costs = [cost(partial(ask, search, word, "monthly", names)) for word in words]
    return statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs)


def _print_recall(publication: int, texts: Sequence[str], asked: Sequence[str]) -> None:
    folded = [fold(text) for text in texts]
    wanted = found = right = 0
    for word in asked:
        truth = {place for place, text in enumerate(folded) if word in text}
        rows = Passage.objects.holding(publication, [word])
        seen = set(rows.values_list("place", flat=True).order_by())
        wanted, found, right = wanted + len(truth), found + len(seen), right + len(truth & seen)
    print(
        f"\n{len(asked)} queries, {wanted} true results in {len(texts)} paragraphs:"
        f" recall {right / wanted:.4%}, precision {right / found:.4%}"
    )


def _fill(publication: int, texts: Sequence[str]) -> None:
    """Thirty paragraphs an issue, twelve issues a year, the newest first; of the editions there
    is nothing but their keys, which no search reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef('passages_by_pairs'::regclass)")
        index = cursor.fetchone()[0]
        cursor.execute("DROP INDEX passages_by_pairs")
        cursor.execute("SET session_replication_role = replica; SET statement_timeout = 0")
        cursor.execute("TRUNCATE bulletin_passage CASCADE")
    rows = (_passage(publication, place, text) for place, text in enumerate(texts))
    Passage.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("RESET session_replication_role")
        cursor.execute(index)  # in one go, as after a restore
        cursor.execute("VACUUM ANALYZE bulletin_passage")


def _passage(publication: int, place: int, text: str) -> Passage:
    year, section = 2026 - place // _YEAR, place % _ISSUE // 6
    department = place % len(DEPARTMENTS)
    names = {("department", DEPARTMENTS[department])}
    if section == 4:
        names.add(("person", leader(department, year // 5)))
    return Passage(
        publication_id=publication,
        edition_id=1 + place // _ISSUE,
        year=year,
        number=12 - place // _ISSUE % 12,
        rank=0,
        place=place,
        section=f"section_{section}",
        heading=f"栏目{section}",
        text=text,
        folded=fold(text),
        about=Passage.listed(names),
    )
