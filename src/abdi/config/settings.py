"""All settings, from the environment only; an unknown ABDI_ name stops the start."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any

from abdi.config.environment import Environment, database

env = Environment(os.environ)
ROOT = Path(__file__).resolve().parents[1]
CHECKOUT = ROOT.parents[1]
DEMO = env.flag("ABDI_DEMO")
TESTING = env.flag("ABDI_TEST")
DEFAULT_DATA = (
    CHECKOUT / "var"
    if (CHECKOUT / "pyproject.toml").exists()
    else Path.home() / ".local/share/abdi"
)
ABDI_DATA_DIR = Path(env.text("ABDI_DATA_DIR", str(DEFAULT_DATA)))
ABDI_DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
DEBUG = False
PORT = env.number("PORT", 8000)
ABDI_PROCESSES = env.number("ABDI_PROCESSES", 0)
ABDI_ZONE = env.text("ABDI_ZONE", "Asia/Jakarta")


def _secret_key() -> str:
    """The configured key, or one made once and kept in the data folder (demo and tests only)."""
    given = env.text("ABDI_SECRET_KEY", "")
    if given:
        return given
    kept = ABDI_DATA_DIR / "secret_key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
        kept.chmod(0o600)
    return kept.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("ABDI_HOSTS", "127.0.0.1,localhost,[::1]")
ABDI_PLAIN_HTTP = env.flag("ABDI_PLAIN_HTTP") or DEMO or TESTING
ABDI_TRUSTED_PROXIES = env.number("ABDI_TRUSTED_PROXIES", 0)
ABDI_HIDE_ERRORS = True
ABDI_PUBLIC_URL = env.text("ABDI_PUBLIC_URL", f"http://127.0.0.1:{PORT}")
ABDI_TILES = env.text("ABDI_TILES", "")
ABDI_SMTP_URL = env.text("ABDI_SMTP_URL", "")
ABDI_MAIL_FROM = env.text("ABDI_MAIL_FROM", "abdi@localhost")
ABDI_OIDC_ISSUER = env.text("ABDI_OIDC_ISSUER", "")
ABDI_OIDC_CLIENT = env.text("ABDI_OIDC_CLIENT", "")
ABDI_OIDC_SECRET = env.text("ABDI_OIDC_SECRET", "")
ABDI_OIDC_SECOND_FACTOR = env.choice("ABDI_OIDC_SECOND_FACTOR", "own", "provider")
ABDI_BACKUP_TARGET = env.text("ABDI_BACKUP_TARGET", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "tree_queries",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_linear_migrations",
    "abdi.platform",
    "abdi.people",
    "abdi.imports",
    "abdi.letters",
    "abdi.survey",
    "abdi.presence",
    "abdi.rights",
    "abdi.competence",
    "abdi.duty",
    "abdi.training",
    "abdi.reports",
    "abdi.workload",
    "abdi.performance",
    "abdi.culture",
    "abdi.integrity",
    "abdi.insight",
    "abdi.portal",
    "abdi.gateway",
]
INSTALLED_APPS = [name for name in INSTALLED_APPS if env.importable(name)]

MIDDLEWARE = [
    "abdi.platform.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "abdi.platform.web.InstitutionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "abdi.platform.web.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "abdi.platform.web.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "abdi.platform.web.ActorMiddleware",
]
ROOT_URLCONF = "abdi.config.urls"
WSGI_APPLICATION = "abdi.config.wsgi.application"
APPEND_SLASH = False

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "platform/templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "abdi.platform.pages.environment.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
TEMPLATES[0]["DIRS"] += sorted(
    path for path in ROOT.glob("*/templates") if path.parent.name != "platform"
)

DATABASES = {"default": database(env.text("DATABASE_URL", ""), ABDI_DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ABDI_DB_ROLE = env.text("ABDI_DB_ROLE", "abdi_app")

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["abdi.people.sign_in.NumberOrEmail"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "abdi.people.passwords.HouseRules"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ABDI_ACTOR_BUILDER = "abdi.people.actors.actor_of"
ABDI_PERMISSIONS_FILE = ROOT / "config/permissions.yaml"
ABDI_SIGN_IN_ROUTE = "people:sign_in"
ABDI_STEP_UP_ROUTE = "people:step_up"
ABDI_STEP_IN_ROUTE = "people:step_in"
ABDI_CONSOLE_FINDER = "abdi.people.queries.consoles.machine_of_token"
ABDI_ROOM_ROSTER = "abdi.duty.queries.rooms.standing_in"
ABDI_CONSOLE_LOCK_SECONDS = 60
ABDI_FACTOR_ROUTE = "people:second_factor"
ABDI_FACTOR_BY_ROLE = True
DEMO_CODE = "cendana"
ABDI_FACTOR_EXEMPT = frozenset({DEMO_CODE}) if DEMO else frozenset()
LOGIN_URL = "/masuk"
LOGIN_REDIRECT_URL = "/beranda"
LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_ADAPTER = "abdi.people.second_factor.SealedSecrets"
MFA_TOTP_ISSUER = "Abdi"

SESSION_ENGINE = "abdi.platform.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "abdi.platform.web.csrf_failed"
if ABDI_PLAIN_HTTP:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "abdi_session", "abdi_csrf"
else:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

MESSAGE_STORAGE = "abdi.platform.pages.told.Storage"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"

STATIC_URL = "/static/"
STATICFILES_DIRS = [("dist", path) for path in [ROOT / "platform/static/dist"] if path.exists()]
STATIC_ROOT = ABDI_DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True, mode=0o700)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ABDI_DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o600

if ABDI_SMTP_URL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    vars().update(env.mail(ABDI_SMTP_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = ABDI_MAIL_FROM

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": env.text("ABDI_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["models.W042"]
env.refuse_unknown()
