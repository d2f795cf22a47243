from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "ARTICULA_ENV": "production",
    "ARTICULA_SECRET_KEY": "an-invented-secret-of-more-than-fifty-characters-0123456789",
    "ARTICULA_HOSTS": "articula.example.org",
}


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARTICULA_")}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "assessment.settings"} | environment,
    )


def setting(name: str, **environment: str) -> str:
    code = f"from django.conf import settings; print(settings.{name})"
    return python(code, **environment).stdout.strip()


def refusal(**environment: str) -> str:
    """The last line of what settings say when they refuse."""
    done = python("import assessment.settings", **environment)
    return done.stderr.strip().splitlines()[-1].partition("ImproperlyConfigured: ")[2]


def test_settings_are_all_documented() -> None:
    code = (ROOT / "assessment" / "settings.py").read_text() + (ROOT / "manage.py").read_text()
    read = set(re.findall(r'"((?:ARTICULA_[A-Z_]+)|DATABASE_URL)"', code))
    table = re.findall(r"^\|(.+?)\|", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE)

    assert read == {name for cell in table for name in re.findall(r"`([A-Z_]{6,})`", cell)}


def test_production_passes_the_deployment_checks() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"ARTICULA_NO_VENV": "1"} | PRODUCTION,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["ARTICULA_SECRET_KEY", "ARTICULA_HOSTS"])
def test_production_refuses_to_start_without(name: str) -> None:
    expected = f"{name} must be set when ARTICULA_ENV is production."

    assert refusal(**PRODUCTION | {name: ""}) == expected


def test_production_refuses_debug() -> None:
    expected = "ARTICULA_DEBUG cannot be 1 when ARTICULA_ENV is production."

    assert refusal(**PRODUCTION | {"ARTICULA_DEBUG": "1"}) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ARTICULA_ENV", "live", "ARTICULA_ENV must be one of local, production, not 'live'."),
        ("ARTICULA_TLS", "yes", "ARTICULA_TLS must be one of 0, 1, not 'yes'."),
        ("ARTICULA_THREADS", "-1", "ARTICULA_THREADS must be a whole number, not '-1'."),
        (
            "DATABASE_URL",
            "nothing://x",
            "DATABASE_URL is not a database address such as postgres://user:password@host/name.",
        ),
    ],
)
def test_settings_name_a_wrong_value(name: str, value: str, expected: str) -> None:
    assert refusal(**{name: value}) == expected


def test_settings_say_that_the_data_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert refusal(ARTICULA_DATA=str(tmp_path / "file")) == (
        f"The folder {tmp_path / 'file'} cannot be written (File exists): "
        "change its permissions, or name another one in ARTICULA_DATA."
    )


def test_local_secret_is_kept_for_its_owner(tmp_path: Path) -> None:
    first = setting("SECRET_KEY", ARTICULA_DATA=str(tmp_path))

    assert len(first) > 50
    assert setting("SECRET_KEY", ARTICULA_DATA=str(tmp_path)) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_tls_cookies_belong_to_the_host() -> None:
    assert setting("SESSION_COOKIE_NAME", **PRODUCTION) == "__Host-session"
    assert setting("CSRF_COOKIE_NAME", **PRODUCTION) == "__Host-csrf"


def test_sqlite_writers_wait_for_each_other(tmp_path: Path) -> None:
    database = setting("DATABASES['default']['OPTIONS']", DATABASE_URL=f"sqlite:///{tmp_path}/a.db")

    assert database == str(
        {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    )


def test_postgresql_is_chosen_by_its_address() -> None:
    url = "postgres://someone@127.0.0.1/name"

    assert setting("DATABASES['default']['ENGINE']", DATABASE_URL=url).endswith("postgresql")
