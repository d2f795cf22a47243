from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from assessment.environment import MOST_PRINTERS
from tests.read_settings import read_settings

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "ARTICULA_ENV": "production",
    "ARTICULA_SECRET_KEY": "an-invented-secret-of-more-than-fifty-characters-0123456789",
    "ARTICULA_HOSTS": "articula.example.org",
}


DATABASE = (
    "DATABASE_URL is not a database address such as postgres://user:password@host/name "
    "or sqlite:////folder/file."
)
KEY = "ARTICULA_SECRET_KEY must be at least 50 random characters, 10 of them different."
HOST = "host names without scheme and port"
PROXY = "network addresses such as 127.0.0.1 or 10.0.0.0/8"
MACHINE = "the name or address of a machine, without scheme and port"

# By setting: wrong values, each with what is said of it (after "NAME must be").
WRONG: dict[str, list[tuple[str, str]]] = {
    "ARTICULA_ENV": [("live", "one of local, production, not 'live'.")],
    "ARTICULA_SECRET_KEY": [("short", KEY), ("ab" * 40, KEY)],
    "ARTICULA_HOSTS": [
        ("https://articula.example.org", f"{HOST}, not 'https://articula.example.org'."),
        ("articula.example.org:8000", f"{HOST}, not 'articula.example.org:8000'."),
        ("a.example.org,-", f"{HOST}, not '-'."),
        (",", f"{HOST}, not ','."),
        ("[no address]", f"{HOST}, not '[no address]'."),
    ],
    "ARTICULA_PRINTERS": [
        ("0", "a whole number from 1 to 64, not '0'."),
        ("65", "a whole number from 1 to 64, not '65'."),
    ],
    "ARTICULA_PDF_MB": [("none", "a whole number from 1 to 1000000, not 'none'.")],
    "ARTICULA_TLS": [("yes", "one of 0, 1, not 'yes'.")],
    "ARTICULA_PROXY": [
        ("proxy.example.org", f"{PROXY}, not 'proxy.example.org'."),
        ("127.0.0.1,*", f"{PROXY}, not '*'."),
        ("0.0.0.0/0", "the addresses of proxies and not of everybody, not '0.0.0.0/0'."),
    ],
    "ARTICULA_PATH": [
        ("articula", "a path such as /articula, not 'articula'."),
        ("/a//b", "a path such as /articula, not '/a//b'."),
        ("/../x", "a path such as /articula, not '/../x'."),
    ],
    "ARTICULA_DATA": [
        ("/", "a folder of the site's own, not '/'."),
        ("/var", "a folder of the site's own, not '/var'."),
        (str(ROOT), f"a folder of the site's own, not {str(ROOT)!r}."),
        (str(ROOT / "manage.py"), f"a folder and no file, not {str(ROOT / 'manage.py')!r}."),
    ],
    "ARTICULA_THREADS": [
        (value, f"a whole number from 1 to 64, not {value!r}.") for value in ("0", "65", "-1", "²")
    ],
    "ARTICULA_DEBUG": [("true", "one of 0, 1, not 'true'.")],
    "ARTICULA_LOG": [("LOUD", "one of DEBUG, INFO, WARNING, ERROR, not 'LOUD'.")],
    "ARTICULA_CONTACT": [
        ("x" * 201, f"one line of at most 200 characters, not {'x' * 201!r}."),
        ("two\nlines", "one line of at most 200 characters, not 'two\\nlines'."),
        ("ana@", "a text whose addresses are like name@example.org, not 'ana@'."),
    ],
    "ARTICULA_MAIL_HOST": [
        ("smtp://mail.example.org", f"{MACHINE}, not 'smtp://mail.example.org'."),
        ("mail.example.org:25", f"{MACHINE}, not 'mail.example.org:25'."),
    ],
    "ARTICULA_MAIL_PORT": [
        (value, f"a whole number from 1 to 65535, not {value!r}.") for value in ("0", "65536", "x")
    ],
    "ARTICULA_MAIL_TLS": [("2", "one of 0, 1, not '2'.")],
    "ARTICULA_MAIL_USER": [
        ("a\nb", "one line."),
        ("articula", "ARTICULA_MAIL_PASSWORD must be set where ARTICULA_MAIL_USER is."),
    ],
    "ARTICULA_MAIL_PASSWORD": [
        ("a\nb", "ARTICULA_MAIL_USER must be set where ARTICULA_MAIL_PASSWORD is."),
    ],
    "ARTICULA_MAIL_SERVICE": [
        (
            "no/name",
            "a service by its name in django-anymail, such as postmark, not 'no/name'.",
        ),
    ],
    "ARTICULA_MAIL_SERVICE_": [],  # what each service asks for is its own
    "ARTICULA_MAIL_FROM": [
        (value, f"an address like name@example.org, not {value!r}.")
        for value in ("articula", "Ana <ana@>", "a@example.org, b@example.org")
    ],
    "DATABASE_URL": [
        (value, DATABASE)
        for value in (
            *("nothing://x", "mysql://user@host/name", "articula.sqlite3"),
            *("postgres://user@host", "postgres://user@host:99999/name"),
            *("sqlite:///relative.sqlite3", "sqlite://:memory:", "sqlite://host/file"),
        )
    ],
    "ARTICULA_NO_VENV": [],  # asked before there are settings: tests/test_manage.py
}


def refusal(folder: Path, **environment: str) -> str:
    with pytest.raises(ImproperlyConfigured) as refused:
        read_settings(folder, **environment)
    return str(refused.value)


def test_settings_are_all_documented() -> None:
    code = (ROOT / "assessment" / "settings.py").read_text() + (ROOT / "manage.py").read_text()
    read = set(re.findall(r'"((?:ARTICULA_[A-Z_]+)|DATABASE_URL)"', code))
    table = re.findall(r"^\|(.+?)\|", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE)

    assert read == {name for cell in table for name in re.findall(r"`([A-Z_]{6,})`", cell)}
    assert read == set(WRONG)


def test_wrong_value_stops_and_is_named(tmp_path: Path) -> None:
    def whole(name: str, said: str) -> str:
        return said if said.startswith(("ARTICULA_", "DATABASE_")) else f"{name} must be {said}"

    table = [
        (name, value, whole(name, said)) for name, rows in WRONG.items() for value, said in rows
    ]
    assert [(name, value, refusal(tmp_path, **{name: value})) for name, value, _ in table] == table


def test_right_value_is_taken(tmp_path: Path) -> None:
    contact = "Ana Pérez <ana@example.org>, +51 1 234567, @articula"
    sender = "Articula <articula@example.org>"
    names = [".example.org", "[2001:db8::1]", "10.0.0.1", "articula_site"]
    table: list[tuple[str, str, str, object]] = [
        ("ARTICULA_HOSTS", "*", "ALLOWED_HOSTS", ["*"]),
        ("ARTICULA_HOSTS", ",".join(names), "ALLOWED_HOSTS", names),
        ("ARTICULA_PROXY", "10.0.0.0/8, ::1", "TRUSTED_PROXIES", ["10.0.0.0/8", "::1"]),
        ("ARTICULA_PATH", "/tools/articula/", "BELOW", "/tools/articula"),
        ("ARTICULA_CONTACT", contact, "ARTICULA_CONTACT", contact),
        ("ARTICULA_MAIL_FROM", sender, "DEFAULT_FROM_EMAIL", sender),
        ("ARTICULA_MAIL_HOST", "10.0.0.1", "EMAIL_HOST", "10.0.0.1"),
        ("ARTICULA_THREADS", "64", "THREADS", 64),
    ]

    assert [
        (name, value, setting, read_settings(tmp_path, **{name: value})[setting])
        for name, value, setting, _ in table
    ] == table


def test_database_and_account_of_the_mail_server_are_those_of_the_address(tmp_path: Path) -> None:
    url = "postgres://user:p%40ss@host:5432/name?sslmode=verify-full"
    mail = {"ARTICULA_MAIL_USER": "articula", "ARTICULA_MAIL_PASSWORD": "a b"}
    made = read_settings(tmp_path, DATABASE_URL=url, **mail)
    other = read_settings(tmp_path, DATABASE_URL="sqlite:////srv/articula/file.sqlite3")

    found = made["DATABASES"]["default"]
    assert found["ENGINE"].endswith("postgresql")
    assert {found[part] for part in ("USER", "PASSWORD", "HOST", "NAME")} == {
        *("user", "p@ss", "host", "name")
    }
    assert found["OPTIONS"] == {"connect_timeout": 5, "sslmode": "verify-full"}
    assert other["DATABASES"]["default"]["NAME"] == "/srv/articula/file.sqlite3"
    assert (made["EMAIL_HOST_USER"], made["EMAIL_HOST_PASSWORD"]) == ("articula", "a b")


def test_production_refuses_weak_settings(tmp_path: Path) -> None:
    table: list[tuple[str, str, str]] = [
        ("ARTICULA_SECRET_KEY", "", "must be set when ARTICULA_ENV is production."),
        ("ARTICULA_HOSTS", "", "must be set when ARTICULA_ENV is production."),
        (
            "ARTICULA_HOSTS",
            "*",
            "must be the names of this site when ARTICULA_ENV is production, not '*'.",
        ),
        ("ARTICULA_DEBUG", "1", "cannot be 1 when ARTICULA_ENV is production."),
    ]

    assert [
        (name, value, refusal(tmp_path, **PRODUCTION | {name: value})) for name, value, _ in table
    ] == [(name, value, f"{name} {said}") for name, value, said in table]


def test_local_secret_is_kept_for_its_owner(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    first, again = (read_settings(folder)["SECRET_KEY"] for _time in range(2))

    assert (len(first) > 50, again) == (True, first)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_data_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file, secret = tmp_path / "file", tmp_path / "secret_key"
    file.write_text("")
    damaged = (
        f"The secret key in {secret} is damaged: delete the file, the next start makes another; "
        "everybody has to sign in again."
    )

    def told(content: str) -> str:
        secret.write_text(content)
        return refusal(tmp_path)

    assert refusal(file / "data") == (
        f"The folder {file / 'data'} cannot be written (Not a directory): "
        "change its permissions, or name another one in ARTICULA_DATA."
    )
    assert [told(content) for content in ("", "cut off")] == [damaged] * 2


def test_tls_cookies_belong_to_the_host(tmp_path: Path) -> None:
    table: list[tuple[str, str]] = [("", "__Host-"), ("/articula", "__Secure-")]

    def outcome(path: str) -> object:
        made = read_settings(tmp_path, **PRODUCTION, ARTICULA_PATH=path)
        return made["SESSION_COOKIE_NAME"], made["CSRF_COOKIE_NAME"], made["SESSION_COOKIE_PATH"]

    assert [outcome(path) for path, _ in table] == [
        (f"{prefix}session", f"{prefix}csrf", f"{path}/") for path, prefix in table
    ]


def test_sqlite_writers_wait_for_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "data #1 100%"

    made = read_settings(folder)["DATABASES"]["default"]

    assert made["NAME"] == str(folder / "articula.sqlite3")
    assert made["OPTIONS"] == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }


@pytest.mark.django_db
def test_database_says_saved_when_the_disk_has_it() -> None:
    """As the site is connected: the PRAGMA answers FULL with 2."""
    asked = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])

        assert cursor.fetchone()[0] in {2, "on"}


def test_as_many_reports_are_printed_at_once_as_there_are_processors(tmp_path: Path) -> None:
    given = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1

    assert read_settings(tmp_path)["PRINTERS"] == min(given, MOST_PRINTERS)
