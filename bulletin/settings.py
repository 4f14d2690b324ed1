"""Settings, chosen by environment variables only. What is wrong fails loudly at start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "0", "false", "no", "off"}:
        return default if value == "" else False
    if value in {"1", "true", "yes", "on"}:
        return True
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """A DATABASES entry from `sqlite:///path` or `postgres://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)[1:]
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path if parts.netloc != ":memory:" else ":memory:",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://")
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": query.get("port") or str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            # Statements of some milliseconds: to compile one, or to start workers for it, takes
            # longer than the statement, above all where the index over pairs is read.
            "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c jit=off"
            " -c max_parallel_workers_per_gather=0",
        },
    }


DEBUG = flag("DEBUG")
DEMO = flag("DEMO")
if DEMO and not DEBUG:
    raise ImproperlyConfigured("DEMO brings accounts with known passwords: never with DEBUG off")

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY is missing: set it to a long random string")
    SECRET_KEY = "for development only, never deployed: " + str(BASE_DIR)

ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else "")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")

VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / 'bulletin.sqlite3'}")
# The public site as files, read by nginx and by the first layer of the application.
BAKED_ROOT = Path(os.environ.get("BAKED_ROOT", VAR_DIR / "baked"))
BAKED = flag("BAKED", default=DEMO or not DEBUG)
BAKED_MEMORY = 64 * 1024 * 1024  # of each web process
if DEMO:  # accounts with known passwords never reach what is configured
    MEDIA_ROOT = VAR_DIR / "demo-media"
    BAKED_ROOT = VAR_DIR / "demo-baked"
    DATABASE_URL = f"sqlite:///{VAR_DIR / 'demo.sqlite3'}"
DATABASES = {"default": database(DATABASE_URL)}
# SQLite has no deferrable constraints: the positions of sections and entries are held
# by PostgreSQL alone, where people edit at once.
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # nginx answers plain HTTP with the redirect
    *(["models.W038"] if "sqlite" in DATABASES["default"]["ENGINE"] else []),
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = "memory://" if DEMO else os.environ.get("CELERY_BROKER_URL", "memory://")
EMBEDDED_WORKER = DEMO or flag("EMBEDDED_WORKER", default=CELERY_BROKER_URL == "memory://")

INSTALLED_APPS = [
    "bulletin.apps.BulletinConfig",
    "stats",
    "windows",
    "bulletin.apps.NewsroomConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "import_export",
    "axes",
    "django_otp",
    "bulletin.apps.SecondFactorConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bulletin.middleware.PolicyHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bulletin.middleware.StaffSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "bulletin.middleware.StaffAuthentication",
    "bulletin.doorkeeping.StaffSecondFactor",
    "bulletin.middleware.StaffMessages",
    "axes.middleware.AxesMiddleware",
    "bulletin.doorkeeping.Doorkeeper",
    "bulletin.middleware.DemoAbsence",
]
# Everything else is public and carries neither session nor cookie (security rule 1).
STAFF_PATHS = ("/admin/", "/desk/", "/accounts/", "/attachments/")

ROOT_URLCONF = "bulletin.urls"
WSGI_APPLICATION = "bulletin.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_USER_MODEL = "windows.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_CHECKS = "django.contrib.auth.password_validation"
PASSWORD_PROFILES = {
    "asvs": [(f"{_CHECKS}.MinimumLengthValidator", {"min_length": 12})],
    "dengbao": [
        (f"{_CHECKS}.MinimumLengthValidator", {"min_length": 10}),
        ("windows.accounts.passwords.ComplexityValidator", {}),
        ("windows.accounts.passwords.NotUsedBeforeValidator", {"last": 5}),
    ],
}
PASSWORD_PROFILE = os.environ.get("PASSWORD_PROFILE", "asvs")
if PASSWORD_PROFILE not in PASSWORD_PROFILES:
    raise ImproperlyConfigured(f"PASSWORD_PROFILE must be one of {', '.join(PASSWORD_PROFILES)}")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name, "OPTIONS": options}
    for name, options in (
        *PASSWORD_PROFILES[PASSWORD_PROFILE],
        (f"{_CHECKS}.UserAttributeSimilarityValidator", {}),
        (f"{_CHECKS}.CommonPasswordValidator", {}),
        ("windows.accounts.passwords.NotTheSameValidator", {}),
    )
]
TWO_FACTOR = flag("TWO_FACTOR", default=not DEBUG)
OTP_TOTP_ISSUER = "政务窗口月报"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username"], ["ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "bulletin.middleware.client_address"
TRUST_PROXY = flag("TRUST_PROXY", default=not DEBUG)  # nginx overwrites X-Forwarded-For

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "bulletin" / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644},  # nginx reads them as another user
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000  # a month's grid of all windows is one form
FONT_DIRS = [Path(word) for word in words("FONT_DIRS")]

EMAIL_BACKEND = os.environ.get(
    "EMAIL_BACKEND", f"django.core.mail.backends.{'console' if DEBUG else 'smtp'}.EmailBackend"
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "bulletin@localhost")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = flag("HTTPS", default=not DEBUG)
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = False  # nginx answers plain HTTP with a redirect
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    "loggers": {"kombu.connection": {"level": "ERROR"}},  # warns that memory:// names no host
}
