"""What other rooms announce, written into the trail."""

from __future__ import annotations

from typing import Any

import axes.signals  # noqa: F401  its receivers stand before ours
from django.conf import settings
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from bulletin import baking, doorbook, outbox
from bulletin.chaining import add_link
from bulletin.models import Publication
from bulletin.moves import leave_trail
from stats.figure_runs import waiting
from stats.models import FigureImport
from windows.importing.signals import imported
from windows.models import Centre, Department, FormerName, User
from windows.signals import proof_failed, row_changed


@receiver(waiting)
def _work_on_import(sender: type[FigureImport], run: FigureImport, **_kwargs: Any) -> None:
    """A job for each stage of a large file."""
    outbox.enqueue("figures", f"figures:{run.pk}:{run.stage}:{run.digest[:16]}", {"run": run.pk})


@receiver(imported)
def _note_import(sender: type[Model], centre: Centre, by: User, name: str, **_kwargs: Any) -> None:
    """An import changes many rows at once: who, which file, which directory."""
    what = str(sender._meta.verbose_name)
    leave_trail(centre, "import", by=by, note=f"{what}：{name}")


@receiver(row_changed)
def _note_change(row: Any, by: User, action: str, words: str, **_kwargs: Any) -> None:
    """An account stands in the chains of all centres it has a place in."""
    if not isinstance(row, User):
        leave_trail(row, action, by=by, note=words)
        return
    for centre in doorbook.centres_of(row):
        add_link(
            centre, by=by, subject=doorbook.SUBJECT, subject_id=row.pk, label=doorbook.named(row),
            action=action, note=words,
        )  # fmt: skip


@receiver(user_login_failed)
def _note_failure(
    sender: str, credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any
) -> None:
    """Each guess that was evaluated, and the lock the last of them brought.

    Runs after the receiver of axes, which was imported above and has counted. What the locked
    door turns away is not told again: its count is past the limit.
    """
    if request is None or request.user.is_authenticated:  # freshness tells of its own
        return
    failures = getattr(request, "axes_failures_since_start", 0)
    if failures > settings.AXES_FAILURE_LIMIT:
        return
    typed = credentials.get("username") or ""
    user = User.objects.filter(username=typed).first()
    doorbook.note(user, "sign_in_failed", request, typed=typed)
    if failures == settings.AXES_FAILURE_LIMIT:
        doorbook.note(user, "sign_in_locked", request, typed=typed)


@receiver(proof_failed)
def _note_proof(sender: type[Model], user: User, request: HttpRequest, **_kwargs: Any) -> None:
    doorbook.note(user, "proof_failed", request)


@receiver(user_logged_out)
def _note_leaving(
    sender: type[Model], request: HttpRequest, user: User | None, **_kwargs: Any
) -> None:
    if user is not None:
        doorbook.note(user, "sign_out", request)


@receiver(post_save, sender=Publication)
@receiver(post_save, sender=Centre)
def _draw_again(sender: type[Model], **_kwargs: Any) -> None:
    """Their names stand at the head and foot of every public page."""
    baking.ask_for_all()


@receiver(post_save, sender=Publication)
def _close(sender: type[Model], instance: Publication, created: bool, **_kwargs: Any) -> None:
    """What is no longer for the public is off its pages with the change that says so."""
    if not (created or instance.is_public):
        baking.close(instance.slug)


@receiver([post_save, post_delete], sender=Department)
def _name_again(sender: type[Model], instance: Department, **_kwargs: Any) -> None:
    _draw_names(instance.centre_id)


@receiver([post_save, post_delete], sender=FormerName)
def _name_former(sender: type[Model], instance: FormerName, **_kwargs: Any) -> None:
    _draw_names(instance.department.centre_id)


def _draw_names(centre: int) -> None:
    """Departments have pages under their names, and stand in lists in the centre's order."""
    rows = Publication.objects.filter(centre=centre, is_public=True)
    baking.ask_for_names(rows.values_list("slug", flat=True))
