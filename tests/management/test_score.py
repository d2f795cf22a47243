from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assessment.method.assess import METHOD_VERSION


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text('{"profile": {"region": "LA"}, "responses": [{"answers": {"PC1": 3}}]}')
    return path


def test_score_prints_json_or_text(
    file: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("score", str(file))
    printed = json.loads(capsys.readouterr().out)
    call_command("score", str(file), format="text")

    assert (printed["dimensions"]["PC"]["sufficient"], printed["method"]) == (False, METHOD_VERSION)
    assert capsys.readouterr().out.startswith("PC  Political commitment")


def test_wrong_file_is_named_with_status_two(
    file: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text('{"responses": [{"answers": {"PC1": true}}]}')

    with pytest.raises(CommandError) as refused:
        call_command("score", str(file))

    assert (str(refused.value), refused.value.returncode, capsys.readouterr().out) == (
        "responses[0].answers.PC1: PC1 takes a whole number.",
        2,
        "",
    )
