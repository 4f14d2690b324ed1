"""Made-up counts that behave like real ones: by season, growing, the same at every loading."""

from __future__ import annotations

import random
from typing import Final

from .days import Month

# January to December, after the working days and the custom of the year.
_SEASON: Final = (0.92, 0.66, 1.07, 1.05, 0.98, 1.04, 1.06, 0.99, 1.03, 0.86, 1.08, 1.1)
_GROWTH: Final = 1.045  # a year
_ORIGIN: Final = 2026
# Per case accepted online.
_SHARES: Final = {
    "counter_issued": 0.031,
    "mailed": 0.014,
    "consult_phone": 0.016,
    "consult_onsite": 0.085,
    "appointment": 0.012,
    "extended": 0.003,
    "cross_province": 0.018,
    "cross_intra": 0.026,
    "green_channel": 0.004,
    "agent": 0.009,
}
_CENTRE: Final = {
    "counter_accepted": 1420,
    "visits": 8900,
    "consult_phone": 240,
    "consult_onsite": 690,
}

Counts = dict[str, tuple[int, int | None]]


def window_counts(name: str, size: int, month: Month) -> Counts:
    """Key → value and, of rates, denominator, for a window of `size` cases in a usual month."""
    chance = random.Random(f"{name} {month}")  # noqa: S311  nothing is kept secret by it
    accepted = _vary(chance, size * _level(month))
    completed = round(accepted * chance.uniform(0.96, 1.05))
    ratings = _vary(chance, accepted * 0.21)
    bad = chance.choice((0, 0, 0, 1, 2)) if ratings > 50 else 0
    counts: Counts = {"online_accepted": (accepted, None), "online_completed": (completed, None)}
    counts |= {key: (_vary(chance, accepted * share), None) for key, share in _SHARES.items()}
    counts |= {"ratings": (ratings, None), "bad_ratings": (bad, None), "fixed": (bad, None)}
    if ratings:
        counts["satisfaction"] = (ratings - bad, ratings)
    if completed:
        counts["on_time"] = (completed, completed)
        counts["avg_days"] = (round(completed * chance.uniform(1.6, 2.4)), completed)
        counts["legal_days"] = (completed * 14, completed)
    return counts


def centre_counts(month: Month) -> Counts:
    """What the centre itself counts."""
    chance = random.Random(f"centre {month}")  # noqa: S311  as above
    return {key: (_vary(chance, size * _level(month)), None) for key, size in _CENTRE.items()}


def _level(month: Month) -> float:
    years = month.year - _ORIGIN + (month.month - 1) / 12
    return _SEASON[month.month - 1] * _GROWTH**years


def _vary(chance: random.Random, expected: float) -> int:
    return max(0, round(expected * chance.uniform(0.94, 1.06)))
