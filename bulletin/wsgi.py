"""The WSGI application: baked pages first, then Django; in the demo the worker beside them."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bulletin.middleware import policies
from bulletin.serving.layer import Application, BakedFirst
from bulletin.serving.pantry import Pantry
from bulletin.site.looks import LOOKS
from bulletin.worker import start_worker_thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulletin.settings")

application: Application = get_wsgi_application()

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
