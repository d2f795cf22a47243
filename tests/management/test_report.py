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


@pytest.mark.parametrize(("name", "start"), [("r.pdf", b"%PDF-1.7"), ("r.html", b"<!DOCTYPE")])
def test_report_is_written(file: Path, db: None, name: str, start: bytes) -> None:
    output = file.parent / name

    call_command("report", str(file), output=output)

    assert output.read_bytes().lstrip().startswith(start)


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


@pytest.mark.parametrize(("epoch", "year"), [("86400", 1970), ("", None), ("soon", None)])
def test_time_can_be_given(monkeypatch: pytest.MonkeyPatch, epoch: str, year: int | None) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    assert (moment().year == 1970) is (year == 1970)


@pytest.mark.parametrize("answer", [r'"\u0007bell \ud800"', "NaN", "1" * 6_000])
def test_answer_that_no_file_can_hold_is_named_and_nothing_written(
    file: Path, db: None, answer: str
) -> None:
    file.write_text(f'{{"responses": [{{"answers": {{"O1": {answer}}}}}]}}')

    with pytest.raises(CommandError, match=r"^responses\[0\]\.answers\.O1: ") as refused:
        call_command("report", str(file), output=file.parent / "r.html")

    assert (refused.value.returncode, list(file.parent.iterdir())) == (2, [file])
