from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from assessment.management.private_files import close_to_others, open_to_others, sqlite_files
from tests.read_settings import read_settings


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder from before: open to others, as the system makes folders and files."""
    folder = tmp_path / "data"
    (folder / "static").mkdir(parents=True)
    (folder / ".venv").mkdir()
    for name in ("articula.sqlite3", "articula.sqlite3-wal", "backup.dump", "static/site.css"):
        (folder / name).write_text("")
        (folder / name).chmod(0o644)
    for name in (".", "static", ".venv"):
        (folder / name).chmod(0o755)
    (folder / "elsewhere").symlink_to(tmp_path)
    settings.DATA_DIR = folder
    use_database(monkeypatch, folder)
    return folder


def use_database(monkeypatch: pytest.MonkeyPatch, folder: Path, **environment: str) -> None:
    made = read_settings(folder, **environment)["DATABASES"]
    monkeypatch.setitem(django_settings.DATABASES, "default", made["default"])


def modes(folder: Path) -> set[str]:
    paths = [folder, *folder.rglob("[!.]*")]
    return {oct(path.stat().st_mode & 0o777) for path in paths if not path.is_symlink()}


def test_close_to_others_closes_what_was_there_before(data: Path, tmp_path: Path) -> None:
    """But for the environment, and for what a link leads to."""
    before = tmp_path.stat().st_mode

    close_to_others()

    assert modes(data) == {"0o700", "0o600"}
    assert open_to_others() == []
    assert (data / ".venv").stat().st_mode & 0o777 == 0o755
    assert tmp_path.stat().st_mode == before


def test_close_to_others_knows_a_database_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.sqlite3").write_text("")
    (tmp_path / "own.sqlite3").chmod(0o644)
    use_database(monkeypatch, tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/own.sqlite3")

    assert tmp_path / "own.sqlite3" in close_to_others()
    assert (tmp_path / "own.sqlite3").stat().st_mode & 0o777 == 0o600


def test_files_of_another_user_stay_and_are_told_where_there_are_users(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)

    assert close_to_others() == open_to_others() != []
    monkeypatch.delattr(os, "geteuid")
    assert open_to_others() == []


def test_postgresql_has_no_files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_database(monkeypatch, tmp_path, DATABASE_URL="postgres://someone@127.0.0.1/name")

    assert sqlite_files() == []
