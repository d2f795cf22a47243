from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assessment.management.commands.report import moment
from tests.tables import raised


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text('{"profile": {"region": "LA"}, "responses": [{"answers": {"PC1": 3}}]}')
    return path


def test_report_is_written(file: Path, db: None) -> None:
    for name, start in (("r.pdf", b"%PDF-1.7"), ("r.html", b"<!DOCTYPE")):
        call_command("report", str(file), output=file.parent / name)

        assert (file.parent / name).read_bytes().lstrip().startswith(start)


def test_what_no_report_is_made_of_is_told_and_nothing_written(file: Path, db: None) -> None:
    answers = file.read_text()
    gone, written = file.parent / "gone" / "r.html", file.parent / "r.html"
    answer = '{"responses": [{"answers": {"O1": %s}}]}'
    table: list[tuple[str, Path, str]] = [
        (answers, file.parent / "r.docx", "must end in .pdf or .html"),
        (answers, gone, "No such file or directory"),
        ("{", written, "not valid JSON"),
        (answer % r'"\u0007bell \ud800"', written, "responses[0].answers.O1: "),
        (answer % "NaN", written, "responses[0].answers.O1: "),
        (answer % ("1" * 6_000), written, "responses[0].answers.O1: "),
    ]

    def refusal(content: str, output: Path, said: str) -> tuple[int, str]:
        file.write_text(content)
        refused = raised(CommandError, call_command, "report", str(file), output=output)
        return refused.returncode, said if said in str(refused) else str(refused)

    assert [refusal(*row) for row in table] == [(2, said) for _content, _output, said in table]
    assert list(file.parent.iterdir()) == [file]


def test_time_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"86400": True, "": False, "soon": False}

    def is_given(epoch: str) -> bool:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        return moment().year == 1970

    assert {epoch: is_given(epoch) for epoch in table} == table
