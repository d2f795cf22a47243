"""The worked examples of docs/method.md compute."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assessment.interchange.assessment_json import assess_file
from assessment.method.parse_input import read_responses
from assessment.method.stored_result import result_to_json
from assessment.reports.report_data import report_of_file
from assessment.reports.result_output import json_of
from tests.method.judging import assess_raw
from tests.seeds_once import seeds

PAGE = Path(__file__).resolve().parent.parent / "docs" / "method.md"


def blocks(kind: str) -> list[dict[str, Any]]:
    text = PAGE.read_text(encoding="utf-8")
    return [
        json.loads(block) for block in re.findall(rf"```json {kind}\n(.*?)```", text, re.DOTALL)
    ]


EXAMPLES = list(zip(blocks("input"), blocks("figures"), strict=True))


def test_examples_compute_alone_and_of_rounds() -> None:
    bank = seeds()

    def computed(given: dict[str, Any], figures: dict[str, Any]) -> dict[str, Any]:
        result = assess_raw(
            instrument=bank,
            profile=given["profile"],
            responses=read_responses(bank, given["responses"]),
            minimum=given.get("minimum"),
            draws=0,
        )
        content = json.loads(json.dumps(result_to_json(result)))
        return {path: at(content, path) for path in figures}

    assert [len(given["responses"]) > 1 for given, _ in EXAMPLES] == [False, False, True, True]
    assert [computed(*example) for example in EXAMPLES] == [figures for _, figures in EXAMPLES]


def test_file_beside_the_page_is_what_score_prints() -> None:
    bank, folder = seeds(), PAGE.parent / "examples"

    def printed(name: str) -> Any:
        assessed = assess_file(folder / f"{name}.json", bank)
        return json.loads(json.dumps(json_of(report_of_file(assessed, bank, datetime.now(tz=UTC)))))

    names = ("alone", "round")
    assert {name: printed(name) for name in names} == {
        name: json.loads((folder / f"{name}.score.json").read_text(encoding="utf-8"))
        for name in names
    }


def at(content: Any, path: str) -> Any:
    for step in path.split("."):
        content = content[int(step)] if isinstance(content, list) else content[step]
    return content
