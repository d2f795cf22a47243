"""What the programs of PostgreSQL are asked and say, with others in their place.

The real ones are asked in tests/test_operating.py, when PostgreSQL is the configured database.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader
from pytest_django import Settings

from assessment.management.backups import contents, postgresql
from assessment.management.backups.files import Refused
from assessment.management.database_lock import DatabaseInUse
from tests.tables import raised

NOW = datetime(2026, 1, 31, 14, 21, 55, tzinfo=UTC)
DATABASE: dict[str, Any] = {
    "NAME": "articula",
    "HOST": "db.example.org",
    "PORT": "",
    "USER": "owner",
    "PASSWORD": "an invented password",
    "OPTIONS": {"sslmode": "verify-full", "connect_timeout": 5},
}
PROGRAM = """
import json, os, sys
from pathlib import Path
server = Path(os.environ["INVENTED_SERVER"])
state = json.loads(server.read_text())
name, given = Path(sys.argv[0]).name, sys.argv[1:]
option = {part.partition("=")[0]: part.partition("=")[2] for part in given}
state["calls"].append([name, *given])
state["environment"] = {key: value for key, value in os.environ.items() if key.startswith("PG")}
server.write_text(json.dumps(state))
if name in state["failing"]:
    sys.exit(state["failing"][name])
if name == "pg_dump":
    dump = {key: state[key] for key in ("tables", "applied")}
    Path(option["--file"]).write_text("PGDMP" + json.dumps(dump) + "END")
elif name == "pg_restore":
    text = Path(given[-1]).read_text()
    if not text.endswith("END") and "--list" not in option:
        sys.exit("pg_restore: error: could not read from input file: end of file")
    dump = json.loads(text[5:].partition("END")[0])
    if "--list" in option:
        for table in dump["tables"]:
            print(f"4; 0 16390 TABLE DATA public {table} owner")
    elif option["--file"] == "-":
        for number, (app, migration) in enumerate(dump["applied"]):
            print(number, app, migration, "2026-01-31", sep="\\t")
    else:
        Path(option["--file"]).write_text(json.dumps(dump))
elif "pg_tables" in option.get("--command", ""):
    print(*state["tables"], sep="\\n")
elif "pg_stat_activity" in option.get("--command", ""):
    print(state["others"])
elif "django_migrations" in option.get("--command", ""):
    print(*map("|".join, state["applied"]), sep="\\n")
else:
    server.write_text(json.dumps(state | json.loads(Path(option["--file"]).read_text())))
"""


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    applied = sorted(MigrationLoader(None).disk_migrations)
    tables = contents._tables_after(set(applied))
    return {"tables": sorted(tables | {"django_migrations"}), "applied": applied}


@pytest.fixture(autouse=True)
def server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings, whole: dict[str, Any]
) -> Path:
    """A file that holds what a server would, and the programs that ask it."""
    for name in ("pg_dump", "pg_restore", "psql"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!{sys.executable} -IS{PROGRAM}")
        program.chmod(0o755)
    (tmp_path / "data").mkdir()
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("INVENTED_SERVER", str(tmp_path / "server.json"))
    state = whole | {"others": 0, "failing": {}, "calls": []}
    (tmp_path / "server.json").write_text(json.dumps(state))
    return tmp_path / "server.json"


def state(server: Path, **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(server.read_text()) | changes
    server.write_text(json.dumps(found))
    return found


@pytest.fixture
def backup(tmp_path: Path, whole: dict[str, Any]) -> Path:
    (tmp_path / "a.backup").write_text(f"PGDMP{json.dumps(whole)}END")
    return tmp_path / "a.backup"


def test_restore_keeps_a_dump_drops_in_one_transaction_and_tells_no_password(
    server: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "a.backup"
    postgresql.back_up(DATABASE, backup)
    state(server, tables=["assessment_answer", "assessment_later", "wiki_page"])

    kept = postgresql.restore(DATABASE, backup, NOW)

    assert kept == tmp_path / "data" / "articula-before-2026-01-31-142155.dump"
    assert {file.stat().st_mode & 0o777 for file in (kept, backup)} == {0o600}
    assert sorted((tmp_path / "data").iterdir()) == [kept]
    told = state(server)
    assert "assessment_response" in told["tables"]
    assert told["calls"][-1][4:6] == [
        "--single-transaction",
        '--command=DROP TABLE "assessment_answer", "assessment_later" CASCADE',
    ]
    assert "password" not in str(told["calls"])
    assert told["environment"] == {
        "PGDATABASE": "articula",
        "PGHOST": "db.example.org",
        "PGUSER": "owner",
        "PGPASSWORD": "an invented password",
        "PGSSLMODE": "verify-full",
        "PGCONNECT_TIMEOUT": "5",
    }


def test_restore_is_refused_while_others_are_connected_and_keeps_nothing_of_an_empty_database(
    server: Path, backup: Path, tmp_path: Path
) -> None:
    state(server, tables=[], others=3)
    refused = raised(DatabaseInUse, postgresql.restore, DATABASE, backup, NOW)
    untouched = state(server)["tables"]
    state(server, others=0)

    assert str(refused).startswith("3 other sessions use the database: stop")
    assert untouched == []
    assert postgresql.restore(DATABASE, backup, NOW) is None
    assert "assessment_response" in state(server)["tables"]
    assert list((tmp_path / "data").iterdir()) == []


def test_dump_that_is_cut_off_or_of_another_program_is_refused(
    backup: Path, tmp_path: Path
) -> None:
    table = {
        backup.read_text().removesuffix("END"): (
            "is damaged: pg_restore says: error: could not read from input file: end of file"
        ),
        'PGDMP{"tables": ["wiki_page"], "applied": []}END': "is no database of Articula.",
    }

    def refusal(content: str) -> str:
        backup.write_text(content)
        return str(raised(Refused, postgresql.check, backup)).removeprefix(f"{backup} ")

    assert {content: refusal(content) for content in table} == table
    (tmp_path / "bin" / "pg_restore").unlink()
    assert refusal("PGDMP") == "pg_restore is missing. On Debian: apt-get install postgresql-client"


def test_backup_says_in_one_line_why_it_cannot(server: Path, tmp_path: Path) -> None:
    of_another = {"tables": ["wiki_page"]}
    table: list[tuple[dict[str, Any], str]] = [
        (
            {"failing": {"psql": "psql: error: no route\n  Is it up?"}},
            "psql says: error: no route",
        ),
        ({"failing": {"psql": 3}}, "psql says: exit status 3"),
        ({"failing": {}} | of_another, "articula is no database of Articula."),
    ]

    def refusal(changes: dict[str, Any]) -> str:
        state(server, **changes)
        return str(raised(Refused, postgresql.back_up, DATABASE, tmp_path / "b.backup"))

    assert [(changes, refusal(changes)) for changes, _said in table] == table
    assert not (tmp_path / "b.backup").exists()
