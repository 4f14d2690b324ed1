"""In which centres a person may do what: Django grants by group, here it is told by centre.

A group's permission holds everywhere; the staff row that gave the group holds for one
centre. Somebody who edits for one centre and keeps figures for another may import
figures into the second only.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import QuerySet

from windows.access import Actor, scope_of
from windows.models import Centre, User


def centres_with(user: Actor, *permissions: str) -> QuerySet[Centre]:
    """Centres where a role of `user` carries one of `permissions` ("windows.add_leader")."""
    scope = scope_of(user)
    if scope.everything:
        return Centre.objects.all()
    held = _permissions_by_role(user)
    roles = [role for role in scope.roles if held.get(role, frozenset()) & set(permissions)]
    return Centre.objects.filter(pk__in=scope.centres_as(*roles))


def may(user: Actor, permission: str, centre_id: int | None) -> bool:
    """Whether `permission` holds in that centre; without one, in any."""
    if scope_of(user).everything:
        return True
    held = _permissions_by_role(user)
    return any(
        permission in held.get(role, frozenset()) and (centre_id is None or centre_id in centres)
        for role, centres in scope_of(user).centres.items()
    )


def _permissions_by_role(user: Actor) -> dict[str, frozenset[str]]:
    """Read once per request and kept on the user object, as the scope is."""
    kept: dict[str, frozenset[str]] | None = getattr(user, "_permissions_by_role", None)
    if kept is None:
        kept = _read(scope_of(user).roles)
        user._permissions_by_role = kept  # type: ignore[union-attr]
    return kept


def _read(roles: Iterable[str]) -> dict[str, frozenset[str]]:
    rows = Group.objects.filter(name__in=roles).values_list(
        "name", "permissions__content_type__app_label", "permissions__codename"
    )
    held: dict[str, set[str]] = {}
    for role, label, codename in rows:
        held.setdefault(role, set()).add(f"{label}.{codename}")
    return {role: frozenset(codes) for role, codes in held.items()}


def users_visible_to(user: Actor) -> QuerySet[User]:
    """People with a place in a centre whose staff `user` may see; never a superuser's account."""
    if scope_of(user).everything:
        return User.objects.all()
    centres = centres_with(user, "windows.view_staff", "windows.change_staff")
    return User.objects.filter(staff__centre__in=centres, is_superuser=False).distinct()
