"""What a person may see: their roles, centres, departments and windows.

Read once per request and kept on the user object; every queryset that leaves
the database for a person asks it through `visible_to(user)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone

from windows.roles import AT_THE_CENTRE, AT_THE_WINDOW, CHIEF, WINDOW
from windows.validity import valid_on

if TYPE_CHECKING:
    from windows.models import User

Actor: TypeAlias = "User | AnonymousUser"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Scope:
    """Centres by role, and the windows and departments a person acts for (primary keys)."""

    everything: bool = False
    centres: dict[str, frozenset[int]] = field(default_factory=dict)
    windows: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.centres)

    @property
    def all_centres(self) -> frozenset[int]:
        return frozenset().union(*self.centres.values())

    def centres_as(self, *roles: str) -> frozenset[int]:
        return frozenset().union(*(self.centres.get(role, frozenset()) for role in roles))

    @property
    def at_the_window(self) -> bool:
        return bool(self.roles & AT_THE_WINDOW)

    @property
    def at_the_centre(self) -> bool:
        return self.everything or bool(self.roles & AT_THE_CENTRE)


def scope_of(user: Actor) -> Scope:
    """The scope of `user`, cached on the object; empty for strangers and inactive users."""
    if not user.is_authenticated or not user.is_active:
        return Scope()
    kept: Scope | None = getattr(user, "_scope", None)
    if kept is None:
        kept = _read_scope(user)
        user._scope = kept  # type: ignore[attr-defined]
    return kept


def _read_scope(user: User) -> Scope:
    today = timezone.localdate()
    staff = apps.get_model("windows", "Staff")
    rows = list(
        staff.objects.filter(valid_on(today), user=user).values_list(
            "role", "centre_id", "window_id", "department_id"
        )
    )
    centres: dict[str, frozenset[int]] = {}
    for role, centre, _window, _department in rows:
        centres[role] = centres.get(role, frozenset()) | {centre}
    return Scope(
        everything=user.is_superuser,
        centres=centres,
        windows=frozenset(w for role, _c, w, _d in rows if role == WINDOW and w),
        departments=frozenset(d for role, _c, _w, d in rows if role == CHIEF and d),
    )


def get_visible(queryset: QuerySet[Row], user: Actor, **lookup: object) -> Row:
    """The gate of every view: the visible row, or the same 404 as for an absent one."""
    row = queryset.visible_to(user).filter(**lookup).first()  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    return row
