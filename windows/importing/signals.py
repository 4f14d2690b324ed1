"""Said after an import is written: `bulletin` keeps the trail."""

from __future__ import annotations

from typing import Final

from django.dispatch import Signal

# sender: the model; centre, by, name (of the file), preview: what was written
imported: Final = Signal()
