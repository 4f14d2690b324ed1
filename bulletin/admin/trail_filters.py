"""What the auditor narrows the trail by; every choice stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy

from bulletin.timeline import SUBJECTS, action_label, of_issue

Choices = Iterable[tuple[str, Any]]


class SubjectChips(admin.SimpleListFilter):
    title = gettext_lazy("对象")
    parameter_name = "subject"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(SUBJECTS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(subject=self.value()) if self.value() else queryset


class PersonChips(admin.SimpleListFilter):
    """By account; a person who changed their name is one person, under the last one."""

    title = gettext_lazy("谁")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        rows = model_admin.get_queryset(request).exclude(actor_id=None).order_by("serial")
        names = dict(rows.values_list("actor_id", "actor_name"))
        return sorted(((str(pk), name) for pk, name in names.items()), key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value()
        if not chosen:
            return queryset
        return queryset.filter(actor_id=int(chosen)) if chosen.isdecimal() else queryset.none()


class DeedChips(admin.SimpleListFilter):
    """issue.sign: what was done, named with the kind of object it was done to."""

    title = gettext_lazy("做了什么")
    parameter_name = "deed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        rows = model_admin.get_queryset(request).order_by("subject", "action")
        found = rows.values_list("subject", "action").distinct()
        return [
            (
                f"{subject}.{action}",
                f"{SUBJECTS.get(subject, subject)}·{action_label(subject, action)}",
            )
            for subject, action in found
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        subject, _dot, action = str(self.value()).partition(".")
        return queryset.filter(subject=subject, action=action)


class Typed(admin.SimpleListFilter):
    """A choice that comes from a form or a link, shown as a chip once it is made."""

    def shown(self, value: str) -> str:
        return value

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        self.chosen = request.GET.get(self.parameter_name or "", "")
        return [(self.chosen, self.shown(self.chosen))] if self.chosen else []


class OneObject(Typed):
    """`of=issue:12`, from the page of an object: its own rows, of an issue with all it holds."""

    title = gettext_lazy("哪一件")
    parameter_name = "of"

    def shown(self, value: str) -> str:
        subject, pk = _named(value)
        return f"{SUBJECTS.get(subject, subject)} {pk}" if pk else value

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        subject, pk = _named(str(self.value()))
        if subject == "issue":
            return queryset.filter(of_issue(pk))
        return queryset.filter(subject=subject, subject_id=pk)


class Since(Typed):
    title = gettext_lazy("从")
    parameter_name = "since"

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        day = _day(self.value())
        return queryset.filter(at__gte=day) if day else queryset


class Until(Typed):
    title = gettext_lazy("到")
    parameter_name = "until"

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The last day is meant whole."""
        day = _day(self.value())
        return queryset.filter(at__lt=day + dt.timedelta(days=1)) if day else queryset


def _named(text: str) -> tuple[str, int]:
    subject, _colon, pk = text.partition(":")
    return subject, int(pk) if pk.isdecimal() and len(pk) < 19 else 0


def _day(text: str | None) -> dt.datetime | None:
    """The beginning of a day written 2026-02-03; what is no day narrows nothing."""
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    return timezone.make_aware(dt.datetime.combine(day, dt.time())) if day else None
