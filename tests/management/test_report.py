from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assessment.management.commands.report import moment


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text('{"profile": {"region": "LA"}, "responses": [{"answers": {"PC1": 3}}]}')
    return path


def test_report_is_written(file: Path, db: None) -> None:
    for name, start in (("r.pdf", b"%PDF-1.7"), ("r.html", b"<!DOCTYPE")):
        call_command("report", str(file), output=file.parent / name)

        assert (file.parent / name).read_bytes().lstrip().startswith(start)


def test_other_kind_of_file_is_refused(file: Path) -> None:
    with pytest.raises(CommandError, match=r"must end in \.pdf or \.html") as refused:
        call_command("report", str(file), output=file.parent / "r.docx")

    assert refused.value.returncode == 2


def test_wrong_file_writes_nothing(file: Path, db: None) -> None:
    file.write_text("{")

    with pytest.raises(CommandError, match="not valid JSON") as refused:
        call_command("report", str(file), output=file.parent / "r.html")

    assert (refused.value.returncode, list(file.parent.iterdir())) == (2, [file])


def test_folder_that_is_not_there_is_named(file: Path, db: None) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("report", str(file), output=file.parent / "gone" / "r.html")


def test_time_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"86400": True, "": False, "soon": False}

    def is_given(epoch: str) -> bool:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        return moment().year == 1970

    assert {epoch: is_given(epoch) for epoch in table} == table


def test_answer_that_no_file_can_hold_is_named_and_nothing_written(file: Path, db: None) -> None:
    for answer in (r'"\u0007bell \ud800"', "NaN", "1" * 6_000):
        file.write_text(f'{{"responses": [{{"answers": {{"O1": {answer}}}}}]}}')

        with pytest.raises(CommandError, match=r"^responses\[0\]\.answers\.O1: ") as refused:
            call_command("report", str(file), output=file.parent / "r.html")

        assert (refused.value.returncode, list(file.parent.iterdir())) == (2, [file])
