"""Roles as Django groups: what each may do, made anew after every migrate.

Moves come from the tables in `workflow`; the rest is the short table below.
"""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.contrib.auth.management import create_permissions

from bulletin.workflow import WORKFLOWS
from windows.roles import (
    ADMINISTRATOR,
    APPROVER,
    AUDITOR,
    DATA_CLERK,
    EDITOR,
    LABELS,
    PUBLISHER,
)

_DIRECTORIES: Final = (
    "windows.department",
    "windows.formername",
    "windows.servicewindow",
    "windows.leader",
    "windows.workday",
)
_NUMBERS: Final = ("stats.indicator", "stats.monthlyreport", "stats.figure")
_CONTENT: Final = (
    "bulletin.submission",
    "bulletin.issue",
    "bulletin.section",
    "bulletin.entry",
    "bulletin.call",
    "bulletin.commission",
    "bulletin.newsitem",
    "windows.leadervisit",
    "windows.visitor",
)
_TEMPLATES: Final = (
    "bulletin.sectiontemplate",
    "bulletin.imprinttemplate",
    "bulletin.recipient",
)
_FULL: Final = ("view", "add", "change", "delete")
_EDIT: Final = ("view", "add", "change")
_LOOK: Final = ("view",)

# role → (actions, models)…: what the admin's own pages allow
GRANTS: Final[dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]] = {
    EDITOR: (
        (("view", "change"), _CONTENT),
        (("add",), ("bulletin.call", "bulletin.commission", "bulletin.issue", "bulletin.section")),
        (_EDIT, ("windows.leader", "windows.workday")),
        (_LOOK, (*_DIRECTORIES, *_NUMBERS, "bulletin.edition", "bulletin.trail", "bulletin.mail")),
    ),
    APPROVER: ((_LOOK, ("bulletin.issue", "bulletin.edition", "bulletin.submission")),),
    PUBLISHER: ((_LOOK, ("bulletin.issue", "bulletin.edition", "bulletin.submission")),),
    DATA_CLERK: (
        (_EDIT, _NUMBERS),
        (_LOOK, (*_DIRECTORIES, "bulletin.submission")),
    ),
    AUDITOR: ((_LOOK, ("bulletin.trail",)),),
    ADMINISTRATOR: (
        (_FULL, (*_DIRECTORIES, "windows.staff")),
        (_EDIT, ("windows.user", "windows.centre")),
        (_EDIT, ("bulletin.publication", *_TEMPLATES)),
        (("delete",), _TEMPLATES),
    ),
}


def codenames(role: str) -> set[tuple[str, str]]:
    """(app label, codename) of everything `role` may do."""
    moves = {
        ("bulletin", table.codename(move))
        for table in WORKFLOWS.values()
        for move in table.moves
        if role in move.roles
    }
    rows = {
        (model.split(".")[0], f"{action}_{model.split('.')[1]}")
        for actions, models in GRANTS.get(role, ())
        for model in models
        for action in actions
    }
    imports = {
        (model.split(".")[0], f"import_{model.split('.')[1]}")
        for actions, models in GRANTS.get(role, ())
        if "add" in actions
        for model in models
        if model.startswith(("windows.", "stats."))
    }
    return moves | rows | imports


def sync_groups(**_kwargs: Any) -> None:
    """After every migrate: each role's group holds just what the tables give it."""
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for label in ("windows", "stats", "bulletin"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    known = {
        (p.content_type.app_label, p.codename): p
        for p in permission_model.objects.select_related("content_type")
    }
    for role in LABELS:
        group, _made = group_model.objects.get_or_create(name=role)
        group.permissions.set(known[code] for code in codenames(role) if code in known)
