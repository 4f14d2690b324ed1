"""docker-compose.yml, without an engine: its structure always, the client's word where it is."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SECRETS = {
    "SECRET_KEY": "x" * 60,
    "POSTGRES_PASSWORD": "p@ss:word/1",
    "ALLOWED_HOSTS": "bulletin.example",
    "SITE_URL": "https://bulletin.example",
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def client() -> list[str] | None:
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]):
            asked = subprocess.run([*command, "version"], capture_output=True, check=False)
            if asked.returncode == 0:
                return command
    return None


def test_every_lasting_service_restarts_and_says_how_it_is(compose):
    lasting = {"nginx", "web", "worker", "beat", "postgres", "redis"}
    assert set(compose["services"]) == lasting | {"migrate"}
    for name in lasting:
        service = compose["services"][name]
        assert service["restart"] == "unless-stopped", name
        assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"]), name


def test_nothing_of_ours_starts_before_its_database_is_migrated(compose):
    for name in ("web", "worker", "beat"):
        assert compose["services"][name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "postgres": {"condition": "service_healthy"},
            "redis": {"condition": "service_healthy"},
        }
    assert compose["services"]["nginx"]["depends_on"]["web"] == {"condition": "service_healthy"}


def test_every_named_volume_is_declared_and_used(compose):
    used = {
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service.get("volumes", [])
        if not volume.startswith((".", "$"))
    }
    assert used == set(compose["volumes"]) == {"media", "static", "baked", "postgres", "redis"}


def test_files_mounted_from_the_tree_exist(compose):
    mounted = [
        volume.split(":")[0]
        for volume in compose["services"]["nginx"]["volumes"]
        if volume.startswith("./")
    ]
    assert [path for path in mounted if not (ROOT / path).exists()] == []


def test_only_nginx_is_reachable_from_outside(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == [
        "nginx"
    ]


def test_secrets_come_from_outside_and_must_be_there(compose):
    environment = compose["services"]["web"]["environment"]
    assert environment["SECRET_KEY"].startswith("${SECRET_KEY:?")
    assert environment["PGPASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert environment["DEBUG"] == "0"
    assert "DEMO" not in environment


def test_image_runs_as_an_ordinary_user_on_hashed_requirements():
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER bulletin" in lines
    assert sum("--require-hashes" in line for line in lines) == 2


@pytest.mark.skipif(client() is None, reason="no compose client here")
@pytest.mark.parametrize("missing", [None, *SECRETS])
def test_compose_client_accepts_the_file_only_with_its_secrets(missing):
    env = {key: value for key, value in SECRETS.items() if key != missing}
    command = client()
    assert command is not None
    done = subprocess.run(
        [*command, "-f", str(ROOT / "docker-compose.yml"), "config", "--quiet"],
        env={"PATH": os.environ["PATH"], **env},
        capture_output=True,
        check=False,
    )
    assert (done.returncode == 0) is (missing is None)
