"""What other rooms announce, written into the trail."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from bulletin.moves import leave_trail
from windows.importing.signals import imported
from windows.models import Centre, User


@receiver(imported)
def _note_import(sender: type[Model], centre: Centre, by: User, name: str, **_kwargs: Any) -> None:
    """An import changes many rows at once: who, which file, which directory."""
    what = str(sender._meta.verbose_name)
    leave_trail(centre, "import", by=by, note=f"{what}：{name}")
