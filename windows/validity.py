"""Intervals of validity: names, posts, places and indicators hold for a time."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q


def valid_on(day: dt.date) -> Q:
    """Rows whose validity interval [valid_from, valid_to] holds `day`; open ends are open."""
    return Q(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))
