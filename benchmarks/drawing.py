"""The application without drawn pages in memory, started with BAKED=0: Django at each request."""

from __future__ import annotations

from bulletin.wsgi import application

from bulletin.views.site import answers  # isort: skip  the apps are ready now
from bulletin.views.site.kept import Kept  # isort: skip

answers.KEPT = Kept(most=0)  # type: ignore[misc]  # the point of this module

__all__ = ["application"]
