"""The WSGI application, and in the demo the worker that lives beside it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bulletin.worker import start_worker_thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bulletin.settings")

application = get_wsgi_application()

if settings.EMBEDDED_WORKER:
    start_worker_thread()
