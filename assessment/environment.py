"""What a site may choose, read from the environment: each value has its bound and is named."""

from __future__ import annotations

import ipaddress
import os
import re
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

LABEL = r"[a-z0-9_]([a-z0-9_-]*[a-z0-9])?"
HOST_NAME = re.compile(rf"(?=.{{1,253}}$){LABEL}(\.{LABEL})*\.?")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SERVICE = re.compile(r"[a-z_]+")
PATH = re.compile(r"(/[A-Za-z0-9_-]+)+")
KEY_LENGTH, KEY_SIGNS = 50, 10
LONGEST_TEXT = 200
MOST_THREADS = 64
MOST_PRINTERS = 64
MOST_PDF_MEGABYTES = 1_000_000
LAST_PORT = 65535
KEPT_CONNECTIONS: dict[str, Any] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
POSTGRESQL = "django.db.backends.postgresql"
SQLITE = "django.db.backends.sqlite3"
# Folders that many share: closing one of them to others would break the machine.
SHARED_FOLDERS = """
/bin /boot /dev /etc /home /lib /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr
/usr/local /usr/share /var /var/lib /var/tmp /var/www
""".split()  # noqa: SIM905 -- a list of names reads as one


def env(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def refused(name: str, wanted: str, value: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} must be {wanted}, not {value!r}.")


def missing(name: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} must be set when ARTICULA_ENV is production.")


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = env(name, default)
    if value not in choices:
        raise refused(name, f"one of {', '.join(choices)}", value)
    return value


def env_bool(name: str, default: bool) -> bool:
    return env_choice(name, "1" if default else "0", ("0", "1")) == "1"


def env_int(name: str, default: int, highest: int) -> int:
    """A whole number from 1 on."""
    value = env(name, str(default))
    if not (value.isascii() and value.isdecimal() and 1 <= int(value[:9]) <= highest):
        raise refused(name, f"a whole number from 1 to {highest}", value)
    return int(value)


def processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return min(len(allowed(0)) if allowed else os.cpu_count() or 1, MOST_PRINTERS)


def env_list(name: str, default: str) -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_text(name: str) -> str:
    """One line, as people read it; an address of mail in it is one."""
    value = env(name, "")
    if len(value) > LONGEST_TEXT or CONTROL.search(value):
        raise refused(name, f"one line of at most {LONGEST_TEXT} characters", value)
    for word in value.split():
        if "@" in word[1:] and "://" not in word and not is_mail_address(word.strip("<>().,;:")):
            raise refused(name, "a text whose addresses are like name@example.org", value)
    return value


def env_key(name: str, *, required: bool) -> str:
    """A key that cannot be guessed; its value is never repeated."""
    key = env(name, "")
    if not key and required:
        raise missing(name)
    if key and not is_strong(key):
        raise ImproperlyConfigured(
            f"{name} must be at least {KEY_LENGTH} random characters, "
            f"{KEY_SIGNS} of them different."
        )
    return key


def is_strong(key: str) -> bool:
    return len(key) >= KEY_LENGTH and len(set(key)) >= KEY_SIGNS


def env_hosts(name: str, default: str, *, production: bool) -> list[str]:
    """Names that the site answers to; `.example.org` stands for all below it."""
    if production and not env(name, ""):
        raise missing(name)
    hosts = env_list(name, default)
    for host in hosts or [env(name, default)]:
        if host == "*" and production:
            raise refused(name, "the names of this site when ARTICULA_ENV is production", host)
        if host != "*" and not is_host(host.removeprefix(".")):
            raise refused(name, "host names without scheme and port", host)
    return hosts


def env_host(name: str) -> str:
    value = env(name, "")
    if value and not is_host(value):
        raise refused(name, "the name or address of a machine, without scheme and port", value)
    return value


def is_host(value: str) -> bool:
    if value.startswith("[") and value.endswith("]"):
        return is_network(value[1:-1]) and ":" in value
    return bool(HOST_NAME.fullmatch(value.lower()))


def env_proxies(name: str, default: str) -> list[str]:
    """Addresses or networks, of each machine between people and the site."""
    proxies = env_list(name, default)
    for proxy in proxies:
        if not is_network(proxy):
            raise refused(name, "network addresses such as 127.0.0.1 or 10.0.0.0/8", proxy)
        if ipaddress.ip_network(proxy, strict=False).prefixlen == 0:
            raise refused(name, "the addresses of proxies and not of everybody", proxy)
    return proxies


def is_network(value: str) -> bool:
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        return False
    return True


def env_path(name: str) -> str:
    """Below which path of its host the site stands: empty, or `/path` without an end."""
    value = env(name, "").rstrip("/")
    if value and not PATH.fullmatch(value):
        raise refused(name, "a path such as /articula", value)
    return value


def env_sender(name: str, default: str) -> str:
    value = env(name, default)
    address = parseaddr(value)[1]
    whole = value == address or value.endswith(f"<{address}>")
    if not whole or CONTROL.search(value) or not is_mail_address(address):
        raise refused(name, "an address like name@example.org", value)
    return value


def is_mail_address(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def env_account(user: str, password: str) -> tuple[str, str]:
    """User and password of the mail server: both or none."""
    found = env(user, ""), env(password, "")
    for name, value, other in ((user, found[0], password), (password, found[1], user)):
        if CONTROL.search(value):
            raise ImproperlyConfigured(f"{name} must be one line.")
        if not value and any(found):
            raise ImproperlyConfigured(f"{name} must be set where {other} is.")
    return found


def env_service(name: str, *, other: str) -> str:
    """A service that django-anymail knows, by the name it has there; empty where there is none."""
    value = env(name, "")
    if not value:
        return ""
    if env(other, ""):
        raise ImproperlyConfigured(f"{name} and {other}: set one of them.")
    if find_spec("anymail") is None:
        raise ImproperlyConfigured(
            f"{name} needs django-anymail: .venv/bin/pip install django-anymail."
        )
    if not SERVICE.fullmatch(value) or find_spec(f"anymail.backends.{value}") is None:
        raise refused(name, "a service by its name in django-anymail, such as postmark", value)
    return value


def env_below(name: str) -> dict[str, str]:
    """By the rest of their names all variables that begin so."""
    found = {key: value.strip() for key, value in os.environ.items() if key.startswith(name)}
    return {key.removeprefix(name): value for key, value in found.items() if value}


def env_folder(name: str, default: Path) -> Path:
    """A folder of the site's own, because it is closed to everybody else on the machine."""
    folder = Path(env(name, str(default))).resolve()
    home = os.path.expanduser("~")  # noqa: PTH111 -- Path refuses where there is no home
    shared = (*SHARED_FOLDERS, gettempdir(), home, str(default.parent))
    if any(Path(other).resolve().is_relative_to(folder) for other in shared):
        raise refused(name, "a folder of the site's own", str(folder))
    if folder.exists() and not folder.is_dir():
        raise refused(name, "a folder and no file", str(folder))
    return folder


def env_database(name: str, default: Path) -> dict[str, Any]:
    """PostgreSQL, or SQLite in a file whose place does not hang on where a command is given."""
    url = env(name, "")
    if not url:
        return {"ENGINE": SQLITE, "NAME": str(default)} | KEPT_CONNECTIONS
    try:
        config: dict[str, Any] = {**dj_database_url.parse(url)} | KEPT_CONNECTIONS
    except (ValueError, KeyError) as error:
        raise not_a_database(name) from error
    place = str(config["NAME"])
    whole = {SQLITE: Path(place).is_absolute() and not config["HOST"], POSTGRESQL: bool(place)}
    if not whole.get(config["ENGINE"]):
        raise not_a_database(name)
    return config


def not_a_database(name: str) -> ImproperlyConfigured:
    """Without the value, which holds a password."""
    return ImproperlyConfigured(
        f"{name} is not a database address such as postgres://user:password@host/name "
        "or sqlite:////folder/file."
    )
