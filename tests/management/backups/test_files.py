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


def test_new_file_leaves_one_that_came_meanwhile(tmp_path: Path) -> None:
    target = tmp_path / "a.backup"

    with pytest.raises(Refused, match="is there already"), new_file(target):
        target.write_text("another's")

    assert target.read_text() == "another's"


def test_new_file_names_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused, new_file(tmp_path / "none" / "a.backup"):
        pass

    assert str(refused.value) == (
        f"The folder {tmp_path / 'none'} cannot be written (No such file or directory)."
    )


def test_place_works_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "draft").write_text("whole")

    place(tmp_path / "draft", tmp_path / "a.backup")

    assert (tmp_path / "a.backup").read_text() == "whole"


def test_other_files_are_refused(tmp_path: Path) -> None:
    table = {
        b"PGDMP\x01": "is of PostgreSQL, and the site's database is SQLite.",
        b"PK\x03\x04": "is no backup of a database.",
        b"": "is empty.",
    }
    file = tmp_path / "a.backup"

    def refusal(content: bytes) -> str:
        file.write_bytes(content)
        return str(raised(Refused, refuse_other_files, file, "SQLite"))

    assert {content: refusal(content) for content in table} == {
        content: f"{file} {said}" for content, said in table.items()
    }


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"bakcup does not exist\.$"):
        refuse_other_files(tmp_path / "bakcup", "SQLite")


def test_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "a.backup"
    file.write_bytes(b"SQLite format 3\0")
    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(Refused, match=r"cannot be read \(Permission denied\)\.$"):
        refuse_other_files(file, "SQLite")
