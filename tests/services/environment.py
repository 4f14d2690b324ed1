"""What the checks find in their environment: the throw-away services, nothing of the user's."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from tests.services import programs

Environment = dict[str, str]

# A developer's own settings must not reach the checks: their database least of all.
NOT_INHERITED: Final = (
    "ALLOWED_HOSTS",
    "CELERY_BROKER_URL",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEMO",
    "EMBEDDED_WORKER",
    "HTTPS",
    "PYTEST_ADDOPTS",
    "SITE_URL",
)


def embedded(folder: Path) -> Environment:
    """SQLite, no broker outside the process, and no worker unless a test starts one."""
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_INHERITED}
    temporary = folder / "tmp"
    temporary.mkdir()
    return inherited | {
        "BROWSER_PATH": programs.browser() or "",
        "CELERY_BROKER_URL": "memory://",
        "DATABASE_URL": f"sqlite:///{folder / 'bulletin.sqlite3'}",
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "bulletin.settings",
        "EMBEDDED_WORKER": "0",
        "MEDIA_ROOT": str(folder / "media"),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "TMPDIR": str(temporary),  # what tests and browsers leave there goes with the folder
        "VAR_DIR": str(folder / "var"),
    }


def driving_a_browser(base: Environment) -> Environment | None:
    """None without a browser. Playwright's own loop runs in the thread of the test."""
    return base | {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"} if base["BROWSER_PATH"] else None


def production(base: Environment) -> Environment:
    """As behind the real web server; `base` names the database and the broker."""
    return base | {
        "ALLOWED_HOSTS": "bulletin.example",
        "CSRF_TRUSTED_ORIGINS": "https://bulletin.example",
        "DEBUG": "0",
        "SITE_URL": "https://bulletin.example",
    }
