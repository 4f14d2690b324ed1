"""The chips above the inbox; each choice stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin.models import Submission

_OPEN = ("submitted", "endorsed", "claimed", "returned")
# What the sidebar counts, and what its link shows: the centre's own work.
TO_DO = ("submitted", "endorsed", "claimed")
_NOBODY = Q(holder=None, state__in=["submitted", "endorsed"])


class Chips(admin.SimpleListFilter):
    """One row of chips with counts of the whole inbox; counted in one query a filter."""

    all_label: Any = gettext_lazy("全部")

    def counted(self, rows: QuerySet[Submission], user: Any) -> dict[str, tuple[str, int]]:
        """Value → (label, count)."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.found = self.counted(model_admin.get_queryset(request), request.user)
        chosen = request.GET.get(self.parameter_name or "")
        return [(key, label) for key, (label, n) in self.found.items() if n or key == chosen]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterator[Any]:
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name or ""]),
            "display": self.all_label,
        }
        for key, label in self.lookup_choices:
            yield {
                "selected": self.value() == str(key),
                "query_string": changelist.get_query_string({self.parameter_name: key}),
                "display": label,
                "count": self.found[str(key)][1],
            }


class StateChips(Chips):
    title = gettext_lazy("状态")
    parameter_name = "state"

    def counted(self, rows: QuerySet[Submission], user: Any) -> dict[str, tuple[str, int]]:
        states = _grouped(rows, "state", Submission.workflow.states)
        to_do = sum(states[state][1] for state in TO_DO)
        return {"todo": (_("待处理"), to_do), **states}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "todo":
            return queryset.filter(state__in=TO_DO)
        return queryset.filter(state=self.value()) if self.value() else queryset


class HolderChips(Chips):
    title = gettext_lazy("持有人")
    parameter_name = "holder"
    all_label = gettext_lazy("所有人")

    def counted(self, rows: QuerySet[Submission], user: Any) -> dict[str, tuple[str, int]]:
        counts = rows.aggregate(
            me=Count("pk", filter=_held_by(user)), nobody=Count("pk", filter=_NOBODY)
        )
        return {"me": (_("我"), counts["me"]), "nobody": (_("无人"), counts["nobody"])}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "me":
            return queryset.filter(_held_by(request.user))
        return queryset.filter(_NOBODY) if self.value() == "nobody" else queryset


class KindChips(Chips):
    title = gettext_lazy("类别")
    parameter_name = "kind"

    def counted(self, rows: QuerySet[Submission], user: Any) -> dict[str, tuple[str, int]]:
        return _grouped(rows, "kind", dict(Submission.Kind.choices))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class DueChips(Chips):
    """What is still to be dealt with, by the commission's date or the call's cut-off."""

    title = gettext_lazy("到期")
    parameter_name = "due"
    all_label = gettext_lazy("不限")

    def counted(self, rows: QuerySet[Submission], user: Any) -> dict[str, tuple[str, int]]:
        counts = _with_due(rows).aggregate(
            today=Count("pk", filter=_due_today()), late=Count("pk", filter=_overdue())
        )
        return {"today": (_("今天"), counts["today"]), "late": (_("已逾期"), counts["late"])}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "today":
            return _with_due(queryset).filter(_due_today())
        return _with_due(queryset).filter(_overdue()) if self.value() == "late" else queryset


class MonthChips(Chips):
    title = gettext_lazy("月份")
    parameter_name = "month"

    def counted(self, rows: QuerySet[Submission], user: Any) -> dict[str, tuple[str, int]]:
        months = (
            rows.order_by("-year", "-month").values_list("year", "month").annotate(n=Count("pk"))
        )
        return {f"{y}-{m}": (_("%(y)s年%(m)s月") % {"y": y, "m": m}, n) for y, m, n in months[:6]}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        year, _dash, month = (self.value() or "").partition("-")
        if not (year.isdecimal() and month.isdecimal()):
            return queryset
        return queryset.filter(year=int(year), month=int(month))


def _held_by(user: Any) -> Q:
    return Q(holder=user, state="claimed")


def due_of(row: Submission) -> tuple[dt.datetime | None, str]:
    """Until when the row was asked for, and by which call or commission."""
    if commission := getattr(row, "commission", None):
        return commission.due, _("约稿“%(topic)s”") % {"topic": commission.topic}
    return (row.call.cutoff, str(row.call)) if row.call else (None, "")


def _with_due(rows: QuerySet[Submission]) -> QuerySet[Any]:
    return rows.annotate(due_at=Coalesce("commission__due", "call__cutoff"))


def _due_today() -> Q:
    return Q(due_at__date=timezone.localdate(), state__in=_OPEN)


def _overdue() -> Q:
    return Q(due_at__lt=timezone.now(), state__in=_OPEN)


def _grouped(
    rows: QuerySet[Submission], field: str, labels: dict[str, Any]
) -> dict[str, tuple[str, int]]:
    counts = dict(rows.order_by().values_list(field).annotate(n=Count("pk")))
    return {key: (str(label), counts.get(key, 0)) for key, label in labels.items()}
