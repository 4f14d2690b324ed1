"""The WSGI application: baked pages first, then Django; in the demo the worker beside them."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from bulletin.serving.layer import Application, BakedFirst
from bulletin.serving.pantry import Pantry

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulletin.settings")

application: Application = get_wsgi_application()
reverse("admin:index")  # views and addresses are read now, not while the first person waits

from bulletin.middleware import policies  # noqa: E402  imports models: apps are ready now
from bulletin.site.looks import LOOKS  # noqa: E402
from bulletin.worker import start_worker_thread  # noqa: E402

if settings.BAKED:
    application = BakedFirst(
        application,
        plain=Pantry(settings.BAKED_ROOT, settings.BAKED_MEMORY, policies(secure=False)),
        secure=Pantry(settings.BAKED_ROOT, settings.BAKED_MEMORY, policies(secure=True)),
        views=frozenset(LOOKS),
        policies=policies(secure=True),
    )

if settings.EMBEDDED_WORKER:
    start_worker_thread()
