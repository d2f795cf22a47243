from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assessment.interchange.assessment_json import LARGEST, WrongFile, assess_file
from tests.reports.conftest import PROFILE

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

GOOD: dict[str, Any] = {"profile": PROFILE, "responses": [{"answers": {"PC1": 3}}]}


def written(folder: Path, content: str | bytes) -> Path:
    file = folder / "answers.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_file_gives_the_result(instrument: Instrument, tmp_path: Path) -> None:
    assessed = assess_file(written(tmp_path, json.dumps(GOOD)), instrument)

    assert assessed.result.items["PC1"].score == 75.0


def test_free_answers_are_kept_beside_the_result(instrument: Instrument, tmp_path: Path) -> None:
    code = instrument.closing_questions[0].code
    content = {"responses": [{"answers": {"PC1": 1, code: "Ask us again."}}]}

    assessed = assess_file(written(tmp_path, json.dumps(content)), instrument)

    assert assessed.texts == {code: "Ask us again."}


def test_numbers_with_a_fraction_are_read_before_they_are_refused(
    instrument: Instrument, tmp_path: Path
) -> None:
    content = '{"responses": [{"answers": {"PC1": 3.5}}]}'

    with pytest.raises(WrongFile, match=r"answers\.PC1: PC1 takes a whole number"):
        assess_file(written(tmp_path, content), instrument)


def test_byte_order_mark_is_no_fault(instrument: Instrument, tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(GOOD).encode()

    assert assess_file(written(tmp_path, content), instrument).result.respondents == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "The file is not valid JSON (line 1, column 1: Expecting value)."),
        ("[1]", "The file holds no object with profile and responses."),
        (b"\xff\xfe", "The file is not in UTF-8."),
        ("[" * 100_000, "The file is nested too deeply."),
        ('{"responses": [[[[[[[1]]]]]]]}', "The file is nested too deeply."),
        ('{"responses": NaN}', "responses: NaN is not a number that can be used here."),
        ('{"agreed": {"PC1": -Infinity}}', "agreed.PC1: -Infinity is not a number"),
        (
            '{"responses": [{}, {"answers": {"PC1": [1, NaN]}}]}',
            "responses[1].answers.PC1[1]: NaN is not a number that can be used here.",
        ),
        ('{"minimum": 1%s}' % ("0" * 6_000), "minimum: the number is too large."),
        ('{"minimum": 1e400}', "minimum: the number is too large."),
        ('{"\\u001b\\ud800\\n": 1}', "U+001BU+D800U+000A: there is no such entry."),
        (
            '{"responses": [{"answers": {"O1": "\\u0007bell \\ud800"}}]}',
            "responses[0].answers.O1: O1 contains a character that cannot be kept (U+0007).",
        ),
        (
            '{"responses": [{"answers": {"O1": "bell \\ufffe"}}]}',
            "responses[0].answers.O1: O1 contains a character that cannot be kept (U+FFFE).",
        ),
        ('{"a": 1, "a": 2}', "a: the entry stands there twice."),
        ('{"more": 1, "responses": []}', "more: there is no such entry."),
        ('{"profile": {}}', "responses: the entry is missing."),
        ('{"responses": [], "agreed": 3}', "agreed: expected an object with named entries."),
        ('{"responses": 3}', "responses: expected a list."),
        ('{"responses": []}', "responses: there is no response."),
        ('{"responses": [3]}', "responses[0]: expected an object with named entries."),
        (
            '{"responses": [{"answers": {"PC1": 9}}]}',
            "responses[0].answers.PC1: PC1 takes a number from 0 to 4.",
        ),
        (
            '{"responses": [{"answers": {"ZZ9": 1}}]}',
            "responses[0].answers.ZZ9: there is no question ZZ9.",
        ),
        (
            '{"responses": [{"answers": {"DS1": ["gone"]}}]}',
            "responses[0].answers.DS1: DS1 has no option gone.",
        ),
        ('{"profile": {"country": "ZZ"}, "responses": []}', "profile.country: ZZ is not the code"),
        ("1" * 5_000, "The file holds no object with profile and responses."),
    ],
)
def test_fault_is_named_by_its_entry(
    instrument: Instrument, tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(WrongFile) as refused:
        assess_file(written(tmp_path, content), instrument)

    assert str(refused.value).startswith(message)


def test_file_that_is_not_there_is_named(instrument: Instrument, tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match="cannot be read: No such file"):
        assess_file(tmp_path / "gone.json", instrument)


def test_file_that_is_too_large_is_refused(instrument: Instrument, tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as opened:
        opened.truncate(LARGEST + 1)

    with pytest.raises(WrongFile, match="larger than 20 MB"):
        assess_file(file, instrument)
