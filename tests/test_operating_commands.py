"""The other commands of docs/operating.md: as they stand there, and with one name misspelt."""

from __future__ import annotations

import builtins
import re
import shlex
from pathlib import Path

import pytest
from django.core.management import execute_from_command_line
from django.db import connection

from assessment.management.commands.start import Command
from tests.test_operating import OPERATING, bank_in_database, db, edition, folder, rows

__all__ = ["bank_in_database", "db", "edition", "folder"]

BANK = re.compile(r"^    python3 (manage\.py (?:export|import|compare)_\S+.*)$", re.MULTILINE)
IN_SENTENCES = re.compile(r"`(?:[A-Z_]+=\S+ )?python3 (manage\.py [a-z]+ [^`]+)`")
OPTION = re.compile(r"^\| (`--[^|]+) \|", re.MULTILINE)


@pytest.fixture(autouse=True)
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


def status_of(line: str) -> int:
    """Of the line, run as the command line runs it; what follows a `#` is for the reader."""
    try:
        execute_from_command_line(shlex.split(line, comments=True))
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def bank_lines() -> list[str]:
    """In their order; the file that is read is the workbook that may be written."""
    lines: list[str] = BANK.findall(OPERATING)
    return [lines[0].replace("bank.zip", "bank.xlsx", 1), *lines]


MISSPELT = {"current": "curent", "bank.xlsx": "bnak.xlsx"}


def misspelt(line: str) -> str:
    return re.sub("|".join(MISSPELT), lambda found: MISSPELT[found[0]], line, count=1)


@pytest.mark.usefixtures("edition")
def test_commands_of_the_bank_work_as_written_and_misspelt_change_nothing(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, before, files = bank_lines(), rows(), sorted(here.iterdir())

    wrong = [(status_of(misspelt(line)), capsys.readouterr().err.count("\n")) for line in lines]
    after = rows(), sorted(here.iterdir())
    statuses = [status_of(line) for line in lines]

    assert (wrong, after) == ([(1, 1)] * 6, (before, files))
    assert statuses == [0] * 6
    assert {"bank.xlsx", "bank.zip", "form.xlsx"} <= {file.name for file in here.iterdir()}


def sentence_line(name: str) -> str:
    (line,) = [line for line in IN_SENTENCES.findall(OPERATING) if line.split()[1] == name]
    return " ".join(line.split())


def test_commands_in_sentences_work_as_written(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The administrator is created once; history is forgotten when asked for; space comes back."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long invented phrase")
    monkeypatch.setattr(builtins, "input", lambda _question: "y")
    names = ("createsuperuser", "createsuperuser", "auditlogflush")

    found = [(status_of(sentence_line(n)), capsys.readouterr().err.count("\n")) for n in names]
    before = size_of_sqlite()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE large AS SELECT randomblob(1000000)")
            cursor.execute("DROP TABLE large")
    freed = status_of(sentence_line("shell"))

    assert found == [(0, 0), (1, 1), (0, 0)]
    assert (freed, size_of_sqlite() <= before) == (0, True)


def size_of_sqlite() -> int:
    """Of its file; PostgreSQL keeps what is freed."""
    file = Path(str(connection.settings_dict["NAME"]))
    return file.stat().st_size if connection.vendor == "sqlite" else 0


def test_options_of_start_are_listed() -> None:
    parser = Command().create_parser("manage.py", "start")
    common = {"--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback"}
    common |= {"--no-color", "--force-color", "--skip-checks"}
    options = {o for action in parser._actions for o in action.option_strings if o[1] == "-"}

    listed = {word for row in OPTION.findall(OPERATING) for word in re.findall(r"--[a-z-]+", row)}

    assert listed == options - common
