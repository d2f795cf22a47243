from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assessment.interchange.assessment_json import LARGEST, WrongFile, assess_file
from tests.reports.conftest import PROFILE
from tests.tables import raised

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

GOOD: dict[str, Any] = {"profile": PROFILE, "responses": [{"answers": {"PC1": 3}}]}


def written(folder: Path, content: str | bytes) -> Path:
    file = folder / "answers.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_file_gives_the_result_and_keeps_free_answers_beside_it(
    instrument: Instrument, tmp_path: Path
) -> None:
    """With and without a byte order mark."""
    code = instrument.closing_questions[0].code
    said = {"responses": [{"answers": {"PC1": 1, code: "Ask us again."}}]}

    def outcome(content: dict[str, Any], mark: bytes = b"") -> tuple[float | None, object, int]:
        file = written(tmp_path, mark + json.dumps(content).encode())
        found = assess_file(file, instrument)
        return found.result.items["PC1"].score, found.texts, found.result.respondents

    assert [outcome(GOOD), outcome(GOOD, b"\xef\xbb\xbf"), outcome(said)] == [
        (75.0, {}, 1),
        (75.0, {}, 1),
        (25.0, {code: "Ask us again."}, 1),
    ]


def test_fault_is_named_by_its_entry(instrument: Instrument, tmp_path: Path) -> None:
    table: list[tuple[str | bytes, str, str, dict[str, str | int]]] = [
        ("", "", "not_json", {"line": 1, "column": 1, "reason": "Expecting value"}),
        ("[1]", "", "no_profile_and_responses", {}),
        ("1" * 5_000, "", "no_profile_and_responses", {}),
        (b"\xff\xfe", "", "not_utf8", {}),
        ("[" * 100_000, "", "nested_too_deeply", {}),
        ('{"responses": [[[[[[[1]]]]]]]}', "", "nested_too_deeply", {}),
        ('{"responses": NaN}', "responses", "no_number", {"name": "NaN"}),
        ('{"agreed": {"PC1": -Infinity}}', "agreed.PC1", "no_number", {"name": "-Infinity"}),
        (
            '{"responses": [{}, {"answers": {"PC1": [1, NaN]}}]}',
            "responses[1].answers.PC1[1]",
            "no_number",
            {"name": "NaN"},
        ),
        ('{"minimum": 1%s}' % ("0" * 6_000), "minimum", "number_too_large", {}),
        ('{"minimum": 1e400}', "minimum", "number_too_large", {}),
        ('{"\\u001b\\ud800\\n": 1}', "U+001BU+D800U+000A", "no_such_entry", {}),
        (
            '{"responses": [{"answers": {"O1": "\\u0007bell \\ud800"}}]}',
            "responses[0].answers.O1",
            "odd_character",
            {"question": "O1", "character": "U+0007", "near": "[U+0007]bell U+D800"},
        ),
        ('{"a": 1, "a": 2}', "a", "repeated_entry", {}),
        ('{"more": 1, "responses": []}', "more", "no_such_entry", {}),
        ('{"profile": {}}', "responses", "entry_missing", {}),
        ('{"responses": [], "agreed": 3}', "agreed", "not_object", {}),
        ('{"responses": 3}', "responses", "not_a_list", {}),
        ('{"responses": []}', "responses", "no_responses", {}),
        (
            '{"responses": [{"answers": {"PC1": 3.5}}]}',
            "responses[0].answers.PC1",
            "not_whole",
            {"question": "PC1"},
        ),
        (
            '{"responses": [{"answers": {"PC1": 9}}]}',
            "responses[0].answers.PC1",
            "out_of_range",
            {"question": "PC1", "low": 0, "high": 4},
        ),
        (
            '{"profile": {"country": "ZZ"}, "responses": []}',
            "profile.country",
            "unknown_country",
            {"country": "ZZ"},
        ),
    ]

    def outcome(content: str | bytes) -> tuple[str, str, dict[str, str | int]]:
        found = raised(WrongFile, assess_file, written(tmp_path, content), instrument)
        return found.where, found.code, found.params

    assert [(content, *outcome(content)) for content, _, _, _ in table] == table


def test_file_that_is_not_there_or_too_large_is_refused(
    instrument: Instrument, tmp_path: Path
) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as opened:
        opened.truncate(LARGEST + 1)

    gone, too_large = (
        raised(WrongFile, assess_file, file, instrument) for file in (tmp_path / "gone.json", large)
    )

    assert gone.params == {"reason": "No such file or directory"}
    assert (too_large.code, too_large.params) == ("too_large", {"megabytes": 20})
