"""The processes of docker-compose.yml, started without containers by the same commands."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import yaml
from django.conf import settings
from psycopg import sql

from tests.services.environment import production
from tests.services.process import free_port, running

ROOT = Path(__file__).resolve().parent.parent.parent
SENT = "from bulletin.models import Mail; raise SystemExit(not Mail.objects.get().sent_at)"
POST = """
from django.db import transaction
from bulletin.outbox import enqueue
from bulletin.models import Mail
from windows.models import Centre
from time import sleep
with transaction.atomic():
    centre = Centre.objects.create(official_name="政务服务中心", short_name="中心", slug="centre")
    mail = Mail.objects.create(centre=centre, to="a@b.example", subject="s", body="b", key="k")
    enqueue("mail", "mail", {"mail": mail.pk})
sleep(1)  # the nudge goes out from a thread
"""

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif("memory" in settings.CELERY_BROKER_URL, reason="needs Redis"),
]


@pytest.fixture
def environment(tmp_path):
    """Settings of production on an empty database of its own."""
    before, after = settings.DATABASE_URL.rsplit("/bulletin?")
    name = f"deployed_{os.getpid()}"
    server = psycopg.connect(f"{before}/postgres?{after}", autocommit=True)
    with contextlib.closing(server):
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield production(dict(os.environ)) | {
            "ALLOWED_HOSTS": "bulletin.example",
            "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
            "DATABASE_URL": f"{before}/{name}?{after}",
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "GRANIAN_INTERFACE": "wsgi",
            "GRANIAN_PORT": str(free_port()),
            "MEDIA_ROOT": str(tmp_path / "media"),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "VAR_DIR": str(tmp_path),
        }
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        server.execute(drop)


def words_of(service: str, folder: Path) -> list[str]:
    """The service's command line with this interpreter and this folder."""
    if service == "web":
        lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
        command = json.loads(lines[-1].removeprefix("CMD "))
    else:
        compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
        command = compose["services"][service]["command"]
    schedule = str(folder / "beat-schedule")
    words = [word.replace("/tmp/beat-schedule", schedule) for word in command]  # noqa: S108
    return [sys.executable, "-m", *[word.replace("${WORKERS:-2}", "1") for word in words]]


def manage(environment, *words: str) -> int:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def is_healthy(environment) -> bool:
    check = [sys.executable, "deploy/healthcheck.py"]
    done = subprocess.run(check, cwd=ROOT, env=environment, capture_output=True, check=False)
    return done.returncode == 0


def test_web_worker_and_beat_run_as_deployed(environment, tmp_path):
    log = tmp_path / "log"
    assert manage(environment, "migrate", "--verbosity", "0") == 0
    assert manage(environment, "collectstatic", "--noinput", "--verbosity", "0") == 0
    ready = {
        "web": lambda: is_healthy(environment),
        "worker": lambda: "ready." in log.with_suffix(".worker").read_text(),
        "beat": lambda: any(tmp_path.glob("beat-schedule*")),
    }
    with contextlib.ExitStack() as processes:
        for service, answers in ready.items():
            process = running(
                words_of(service, tmp_path),
                log=log.with_suffix(f".{service}"),
                answers=answers,
                stop=signal.SIGTERM,
                env=environment,
                cwd=ROOT,
            )
            processes.enter_context(process)
        assert manage(environment, "shell", "--verbosity", "0", "-c", POST) == 0
        assert manage(environment, "shell", "--verbosity", "0", "-c", SENT) == 0
