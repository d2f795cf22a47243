from __future__ import annotations

import os
from pathlib import Path

import pytest

from assessment.management.backups.files import Refused, new_file, place, refuse_other_files
from tests.tables import raised


def test_new_file_is_whole_or_not_there(tmp_path: Path) -> None:
    def stop(draft: Path) -> None:
        draft.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), new_file(tmp_path / "a.backup") as draft:
        stop(draft)

    assert list(tmp_path.iterdir()) == []


def test_new_file_leaves_one_that_came_meanwhile_and_names_a_missing_folder(tmp_path: Path) -> None:
    target, gone = tmp_path / "a.backup", tmp_path / "none"

    def write(file: Path) -> None:
        with new_file(file):
            target.write_text("another's")

    assert [str(raised(Refused, write, file)) for file in (target, gone / "a.backup")] == [
        f"{target} is there already: choose another name.",
        f"The folder {gone} cannot be written (No such file or directory).",
    ]
    assert [(file, file.read_text()) for file in tmp_path.iterdir()] == [(target, "another's")]


def test_place_works_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "draft").write_text("whole")

    place(tmp_path / "draft", tmp_path / "a.backup")

    assert (tmp_path / "a.backup").read_text() == "whole"


def test_other_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "a.backup"
    table = {
        None: "does not exist.",
        b"PGDMP\x01": "is of PostgreSQL, and the site's database is SQLite.",
        b"PK\x03\x04": "is no backup of a database.",
        b"": "is empty.",
    }

    def refusal(content: bytes | None) -> str:
        if content is not None:
            file.write_bytes(content)
        return str(raised(Refused, refuse_other_files, file, "SQLite")).removeprefix(f"{file} ")

    assert {content: refusal(content) for content in table} == table
    file.write_bytes(b"SQLite format 3\0")
    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(None) == "cannot be read (Permission denied)."
