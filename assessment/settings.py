"""Every setting; what a site may choose comes from the environment (docs/operating.md)."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from assessment.environment import (
    LAST_PORT,
    MOST_PDF_MEGABYTES,
    MOST_PRINTERS,
    MOST_THREADS,
    SQLITE,
    env_account,
    env_below,
    env_bool,
    env_choice,
    env_database,
    env_folder,
    env_host,
    env_hosts,
    env_int,
    env_key,
    env_path,
    env_proxies,
    env_sender,
    env_service,
    env_text,
    is_strong,
    processors,
)
from assessment.interchange.archive import LARGEST_FILE, MEGABYTE

BASE_DIR = Path(__file__).resolve().parent.parent


def kept_secret(path: Path) -> str:
    """The secret of a local site: made once, whole or not at all, readable by its owner only."""
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_name(f"{path.name}-{os.getpid()}")
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(64))
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        key = path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {path.parent} cannot be written ({error.strerror}): "
            "change its permissions, or name another one in ARTICULA_DATA."
        ) from error
    if not is_strong(key):
        raise ImproperlyConfigured(
            f"The secret key in {path} is damaged: delete the file, the next start makes another; "
            "everybody has to sign in again."
        )
    return key


PRODUCTION = env_choice("ARTICULA_ENV", "local", ("local", "production")) == "production"
DEBUG = env_bool("ARTICULA_DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("ARTICULA_DEBUG cannot be 1 when ARTICULA_ENV is production.")

DATA_DIR = env_folder("ARTICULA_DATA", BASE_DIR / "var")
SECRET_KEY = env_key("ARTICULA_SECRET_KEY", required=PRODUCTION) or kept_secret(
    DATA_DIR / "secret_key"
)
ALLOWED_HOSTS = env_hosts("ARTICULA_HOSTS", "localhost,127.0.0.1,[::1]", production=PRODUCTION)
TLS = env_bool("ARTICULA_TLS", default=PRODUCTION)
TRUSTED_PROXIES = env_proxies("ARTICULA_PROXY", "127.0.0.1,::1" if TLS else "")
THREADS = env_int("ARTICULA_THREADS", 8, highest=MOST_THREADS)
# Below which path of its host the site stands, without an end: /articula.
BELOW = env_path("ARTICULA_PATH")
FORCE_SCRIPT_NAME = BELOW or None

ROOT_URLCONF = "assessment.urls"
WSGI_APPLICATION = "assessment.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "assessment",
    "assessment.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "adminsortable2",
    "auditlog",
    "crispy_forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "assessment.web.middleware.proxies.as_people_asked",
    "assessment.web.middleware.headers.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "assessment.web.middleware.methods.refuse_other_methods",
    "assessment.web.middleware.size.refuse_too_large",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "assessment.web.middleware.language.answer_in_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "assessment.web.middleware.change_author.actor_of_changes",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assessment.web.languages.language_switches",
                "assessment.web.site.contact",
            ],
            "libraries": {
                "absolute": "assessment.web.templatetags.absolute",
                "cache_per_language": "assessment.web.templatetags.cache_per_language",
                "chart": "assessment.reports.chart_tag",
                "glossary": "assessment.reports.glossary_tag",
                "icon": "assessment.web.templatetags.icon",
                "lang": "assessment.web.templatetags.lang",
                "list": "assessment.admin.core.list_tag",
                "moment": "assessment.web.templatetags.moment",
                "pictogram": "assessment.reports.pictogram_tag",
                "plan_address": "assessment.reports.plan_addresses",
                "report_links": "assessment.reports.report_links",
                "qr": "assessment.web.templatetags.qr",
            },
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("articula",)
CRISPY_TEMPLATE_PACK = "articula"

# The history keeps yes and no, numbers and lists as what they are: older states can come back.
AUDITLOG_STORE_JSON_CHANGES = True

SQLITE_OPTIONS = {
    # Seconds a writer waits for another before "database is locked": a save takes milliseconds, so
    # this is a queue of thousands (`manage.py bench` lets 50 save at once, none fails).
    "timeout": 20,
    # A transaction takes the write lock when it begins. Else it would begin as a reader, and one
    # that wants to write after another has written fails at once, whatever the timeout. It also
    # makes good that SQLite ignores SELECT FOR UPDATE: nobody else writes until it ends.
    "transaction_mode": "IMMEDIATE",
    # WAL: who reads does not wait for who writes, nor the other way round.
    # FULL: every save waits until the disk has it, because the page then says "Saved". With NORMAL
    # the disk is waited for at checkpoints only, and a power cut takes back saves that people were
    # told of. Its price stands in docs/operating.md (`manage.py bench`: saving at once).
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def database() -> dict[str, Any]:
    config = env_database("DATABASE_URL", DATA_DIR / "articula.sqlite3")
    if config["ENGINE"] == SQLITE:
        return config | {"OPTIONS": SQLITE_OPTIONS}
    return config | {"OPTIONS": {"connect_timeout": 5} | config.get("OPTIONS", {})}


DATABASES = {"default": database()}

# The engine of background work (docs/decisions/0013): rows of the database, so that nothing else
# has to run. Another one is chosen here alone; then its own workers run the tasks.
# What prints has a queue of its own: messages do not wait until all PDFs are there.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "printing"],
    }
}
PRINTERS = env_int("ARTICULA_PRINTERS", processors(), highest=MOST_PRINTERS)
PDF_MEGABYTES = env_int("ARTICULA_PDF_MB", 500, highest=MOST_PDF_MEGABYTES)

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# Of a whole request: a file of the bank with what a form puts around it. Outside the administration
# no file is taken, and the line above holds (middleware/size.py).
LARGEST_BODY = LARGEST_FILE + MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_PERMISSIONS = 0o600  # of every file that is stored, collected static files too

LANGUAGE_CODE = "en"
# That the pages speak, by their own names.
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("pt", "Português"),
]
CATALOGUES = BASE_DIR / "assessment" / "locale"
FORMAT_MODULE_PATH = ["assessment.formats"]
LOCALE_PATHS = [DATA_DIR / "locale"]  # compiled by `start`: the program's folder is only read
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = f"{BELOW}/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "assessment.web.bundles.BundledStorage"
        )
    },
}

# Whom to ask for help, while the administration (Who runs this site) does not say it.
ARTICULA_CONTACT = env_text("ARTICULA_CONTACT")

CSRF_FAILURE_VIEW = "assessment.web.errors.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Publishers, auditors and administrators need a second factor: models/queries/second_factor.py.
SECOND_FACTOR_REQUIRED = True
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_ADAPTER = "assessment.web.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Sign-up is closed (the adapter); the library compares this line with the one above.
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # no condition of signing in: a site may have no mail
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Seconds: a worker sends the code, and a mail server may say "later" once or twice.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
# The session stays as long as it would for its grants; an account in it ends before
# (web/sessions.py).
ACCOUNT_SESSION_REMEMBER = True
# Counted in the site's own table, for all processes together: web/accounts/tries.py.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "assessment.web.accounts.forms.SignInForm",
    "request_login_code": "assessment.web.accounts.forms.AskCodeForm",
    "confirm_login_code": "assessment.web.accounts.forms.CodeForm",
    "reset_password": "assessment.web.accounts.forms.ResetForm",
    "reset_password_from_key": "assessment.web.accounts.forms.NewPasswordForm",
    "change_password": "assessment.web.accounts.forms.ChangePasswordForm",
    "add_email": "assessment.web.accounts.forms.AddressForm",
    "reauthenticate": "assessment.web.accounts.forms.AgainForm",
}
MFA_ADAPTER = "assessment.web.accounts.second_factor_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False
# There is no sign-up by which a stranger could hold somebody's address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "assessment.web.accounts.forms.SecondFactorForm",
    "reauthenticate": "assessment.web.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "assessment.web.accounts.forms.AppForm",
    "deactivate_totp": "assessment.web.accounts.forms.RemoveAppForm",
    "generate_recovery_codes": "assessment.web.accounts.forms.NewCodesForm",
    "add_webauthn": "assessment.web.accounts.forms.AddPasskeyForm",
    "login_webauthn": "assessment.web.accounts.forms.SignInByPasskeyForm",
    "authenticate_webauthn": "assessment.web.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "assessment.web.accounts.forms.PasskeyAgainForm",
    "edit_webauthn": "assessment.web.accounts.forms.RenamePasskeyForm",
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "assessment.web.sessions"
# Browsers take `__Host-` only for the whole host.
COOKIE_PREFIX = ("__Secure-" if BELOW else "__Host-") if TLS else ""
COOKIE_PATH = f"{BELOW}/"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = COOKIE_PATH
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = TLS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_REDIRECT_EXEMPT = [rf"^{f'{BELOW}/healthz'[1:]}$"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        # The icon of the site stands in each page: one request less for weak connections.
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
    }
}
# Preloading lists a domain in browsers for good: that is for the domain's owner to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

EMAIL_HOST = env_host("ARTICULA_MAIL_HOST")
EMAIL_PORT = env_int("ARTICULA_MAIL_PORT", 587, highest=LAST_PORT)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env_account("ARTICULA_MAIL_USER", "ARTICULA_MAIL_PASSWORD")
EMAIL_USE_TLS = env_bool("ARTICULA_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
# Or a service by its own interface, with the options that django-anymail names for it.
MAIL_SERVICE = env_service("ARTICULA_MAIL_SERVICE", other="ARTICULA_MAIL_HOST")
ANYMAIL = env_below("ARTICULA_MAIL_SERVICE_")
_BACKENDS = f"anymail.backends.{MAIL_SERVICE}" if MAIL_SERVICE else "django.core.mail.backends.smtp"
EMAIL_BACKEND = f"{_BACKENDS}.EmailBackend"
DEFAULT_FROM_EMAIL = env_sender("ARTICULA_MAIL_FROM", "articula@localhost")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "assessment.web.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "assessment": {
            "level": env_choice(
                "ARTICULA_LOG",
                "INFO" if PRODUCTION else "WARNING",
                ("DEBUG", "INFO", "WARNING", "ERROR"),
            )
        },
    },
}
