"""The application without baked pages and without drawn ones in memory: Django at each request."""

from __future__ import annotations

from django.conf import settings

settings.BAKED = False

from bulletin.views.site import answers  # noqa: E402  after the setting
from bulletin.views.site.kept import Kept  # noqa: E402
from bulletin.wsgi import application  # noqa: E402

answers.KEPT = Kept(most=0)  # type: ignore[misc]  # the point of this module

__all__ = ["application"]
