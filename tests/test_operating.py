"""The commands of docs/operating.md, run as they stand there, on the configured database."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from pytest_django import DjangoDbBlocker, Settings

from assessment.management.database_lock import using_database
from assessment.models import Answer, Edition
from tests.actions.respondent_steps import begin, save, sent
from tests.bank_fixtures import bank_in_database
from tests.concurrency.conftest import postgresql_copy, sqlite_copy
from tests.factories import published_edition
from tests.tables import raised

ROOT = Path(__file__).resolve().parent.parent
OPERATING = (ROOT / "docs" / "operating.md").read_text()
COMMAND = re.compile(r"^    (python3 manage\.py (?:backup|restore) \S+)$", re.MULTILINE)
BACKUP, RESTORE = COMMAND.findall(OPERATING)
NAME: str = BACKUP.rpartition(" ")[2]

__all__ = ["bank_in_database"]


@pytest.fixture
def db(
    bank_in_database: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """A database of its own, which is thrown away; nobody else is connected to it."""
    copy = sqlite_copy(tmp_path) if connection.vendor == "sqlite" else postgresql_copy()
    with django_db_blocker.unblock(), copy:
        yield


@pytest.fixture
def edition(db: None) -> Edition:
    return published_edition()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Where the commands are given: manage.py stands there, the data folder is `var`."""
    (tmp_path / "manage.py").symlink_to(ROOT / "manage.py")
    settings.DATA_DIR = tmp_path / "var"
    return tmp_path


def run(command: str, folder: Path, **environment: str) -> tuple[int, str, str]:
    connection.close()
    found = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "ARTICULA_NO_VENV": "1",
        "ARTICULA_DATA": str(folder / "var"),
        "DATABASE_URL": address(),
    }
    done = subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=os.environ | found | environment,
    )
    return done.returncode, done.stdout, done.stderr


def address(name: str | None = None) -> str:
    at = connection.settings_dict
    name = name or str(at["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"postgres://{at['USER']}:{quote(at['PASSWORD'])}@{at['HOST']}:{at['PORT']}/{name}"


def rows() -> dict[str, list[str]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names from the database
            found[table] = sorted(map(repr, cursor.fetchall()))
    connection.close()
    return found


def save_until(stop: Event, edition: Edition, told: list[int]) -> None:
    """One response after the other, each with an answer that was acknowledged."""
    try:
        while not stop.is_set():
            response = begin(edition, f"drill-{len(told)}")
            save(response, sent("PC1", 3))
            told.append(response.pk)
    finally:
        connection.close()


def test_drill_brings_back_what_was_saved(edition: Edition, folder: Path) -> None:
    stop, told = Event(), list[int]()
    with ThreadPoolExecutor(1) as people:
        saving = people.submit(save_until, stop, edition, told)
        while not told:
            assert not saving.done()
        before = [*told]
        status, _out, error = run(BACKUP, folder)
        stop.set()
        saving.result()
    assert (status, error, len(told) > len(before)) == (0, "", True)
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600

    status, out, error = run(RESTORE, folder)

    assert (status, error) == (0, "")
    kept = re.search(r"held before is kept in (\S+)\.\n", out)
    assert kept
    assert Path(kept[1]).stat().st_mode & 0o777 == 0o600
    held = set(Answer.objects.filter(value=3).values_list("response", flat=True))
    assert held >= set(before)


@pytest.mark.usefixtures("edition")
def test_misspelt_or_taken_name_changes_nothing_and_writes_no_file(folder: Path) -> None:
    before, name = rows(), f"{connection.settings_dict['NAME']}x"

    restore = run(RESTORE.replace(NAME, "bakcup"), folder)
    status, out, error = run(BACKUP, folder, DATABASE_URL=address(name))
    written = (folder / NAME).exists()
    (folder / NAME).write_text("last week's")
    taken = run(BACKUP, folder)

    assert restore == (1, "", "Refused: bakcup does not exist.\n")
    assert (status, out, error.count("\n"), name in error, written) == (1, "", 1, True, False)
    assert taken == (1, "", f"Refused: {NAME} is there already: choose another name.\n")
    assert (rows(), (folder / NAME).read_text()) == (before, "last week's")


@pytest.fixture
def backup(edition: Edition, folder: Path) -> Path:
    file = folder / NAME
    save(begin(edition), sent("PC1", 3))
    connection.close()
    call_command("backup", str(file))
    return file


def test_restore_brings_back_every_row_and_no_other_and_can_be_written(
    backup: Path, edition: Edition
) -> None:
    """Tables of a later version go too."""
    before = rows()
    Answer.objects.all().delete()
    begin(edition, "later")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE assessment_later (id integer)")
    connection.close()

    call_command("restore", str(backup))

    assert rows() == before
    save(begin(edition, "afterwards"), sent("PC1", 3))
    assert Answer.objects.count() == 2


def refusal(file: Path) -> str:
    """What `restore` says of it, once it has changed nothing."""
    before = rows()
    said = str(raised(CommandError, call_command, "restore", str(file)))
    assert rows() == before
    return said


def test_file_that_is_no_whole_backup_is_refused(backup: Path) -> None:
    whole = backup.read_bytes()
    cut = [whole[: int(len(whole) * share)] for share in (0.3, 0.9, 0.999)]

    def told(content: bytes) -> str:
        backup.write_bytes(content)
        return refusal(backup)

    damaged = f"{backup} is damaged"
    assert [told(content)[: len(damaged)] for content in cut] == [damaged] * 3
    assert [told(b""), told(b"x" * 5000), refusal(backup.parent)] == [
        f"{backup} is empty.",
        f"{backup} is no backup of a database.",
        f"{backup.parent} is no file.",
    ]


def test_backup_of_a_later_version_is_refused(backup: Path, folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('assessment', '9999_later', '2030-01-01')"
        )
    connection.close()

    with pytest.raises(CommandError, match=r"assessment\.9999_later is not known here"):
        call_command("backup", str(folder / "later"))


def test_restore_waits_until_the_site_and_all_others_have_stopped(backup: Path) -> None:
    with using_database():
        said = refusal(backup)
    with ThreadPoolExecutor(1) as other:
        other.submit(Answer.objects.count).result()
        with pytest.raises(CommandError, match=r"use(s)? (the database|by another program)"):
            call_command("restore", str(backup))
        other.submit(connections.close_all).result()

    assert said == "The site or a worker is running on this data folder: stop it first."
