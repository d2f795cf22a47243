"""The file of `score` and `report`: read within bounds, every fault named by its entry."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from assessment.instrument.answers import ANSWER_PARAMS, BadAnswer
from assessment.instrument.issues import require_params
from assessment.instrument.kinds.parse import describe_value
from assessment.instrument.kinds.registry import kind_of
from assessment.method.assess import assess
from assessment.method.parse_input import read_assessment
from assessment.method.seats import NO_SEAT, Seat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from assessment.instrument.model import Instrument
    from assessment.method.result import Result

LARGEST = 20_000_000
DEEPEST = 6
LONGEST_NUMBER = 20
ENTRIES = {"profile", "responses", "minimum", "agreed"}


ANSWER_FILE_PARAMS: Mapping[str, tuple[str, ...]] = {
    "no_such_entry": (),
    "entry_missing": (),
    "repeated_entry": (),
    "nested_too_deeply": (),
    "not_json": ("line", "column", "reason"),
    "no_profile_and_responses": (),
    "unreadable": ("reason",),
    "too_large": ("megabytes",),
    "not_utf8": (),
    "number_too_large": (),
    "no_number": ("name",),
}
"""Every code of a WrongFile that no BadAnswer has, with the names of its params."""


class WrongFile(Exception):
    """The file cannot be used: why, at which entry, and what the words need.

    `code` is one of ANSWER_FILE_PARAMS or of a BadAnswer. Raises TypeError for other params than
    those of the code.
    """

    def __init__(self, code: str, *, where: str = "", **params: str | int) -> None:
        require_params(code, params, {**ANSWER_PARAMS, **ANSWER_FILE_PARAMS})
        super().__init__(code, where)
        self.code = code
        self.where = where
        self.params = params


@dataclass(frozen=True, slots=True)
class NoNumber:
    """Stands where the file has a number that cannot be used, until its entry is named."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


TOO_LARGE = NoNumber("number_too_large")


@dataclass(frozen=True, slots=True)
class Assessed:
    """`texts` are the free answers of one who answered alone, by question code, `seat` is hers."""

    result: Result
    texts: dict[str, str]
    seat: Seat = NO_SEAT


def assess_file(path: Path, instrument: Instrument) -> Assessed:
    """The result of the answers in the file; raises WrongFile."""
    content = read_json(path)
    for entry in content.keys() - ENTRIES:
        raise WrongFile("no_such_entry", where=describe_value(entry))
    if "responses" not in content:
        raise WrongFile("entry_missing", where="responses")
    try:
        parsed = read_assessment(instrument, content)
    except BadAnswer as refusal:
        raise WrongFile(refusal.code, where=refusal.where, **refusal.params) from refusal
    result = assess(
        instrument=instrument,
        profile=parsed.profile,
        responses=parsed.responses,
        alone=parsed.alone,
        minimum=parsed.minimum,
        agreed=parsed.agreed,
    )
    first = parsed.responses[0]
    answers = first.answers if parsed.alone else {}
    seat = Seat(first.tier or "", first.sector or "") if parsed.alone else NO_SEAT
    texts = {
        code: answer.value
        for code, answer in answers.items()
        if kind_of(instrument.question[code]).free_text and isinstance(answer.value, str)
    }
    return Assessed(result, texts, seat)


def read_json(path: Path) -> dict[str, Any]:
    """The object in the file: bounded in size and depth, no entry twice, only plain numbers."""
    try:
        content = json.loads(
            text_of(path),
            parse_constant=no_constant,
            parse_int=bounded_whole,
            parse_float=bounded_float,
            object_pairs_hook=named_once,
        )
    except RecursionError as error:
        raise WrongFile("nested_too_deeply") from error
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
        raise WrongFile("not_json", line=line, column=column, reason=error.msg) from error
    if not isinstance(content, dict):
        raise WrongFile("no_profile_and_responses")
    if depth_of(content) > DEEPEST:
        raise WrongFile("nested_too_deeply")
    for where, number in no_numbers(content, ""):
        raise WrongFile(number.code, where=where, **number.params)
    return content


def text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise WrongFile("unreadable", reason=str(error.strerror)) from error
    if len(raw) > LARGEST:
        raise WrongFile("too_large", megabytes=LARGEST // 1_000_000)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongFile("not_utf8") from error


def no_constant(name: str) -> NoNumber:
    return NoNumber("no_number", {"name": name})


def bounded_whole(digits: str) -> int | NoNumber:
    return TOO_LARGE if len(digits) > LONGEST_NUMBER else int(digits)


def bounded_float(digits: str) -> float | NoNumber:
    value = float(digits)
    return value if isfinite(value) else TOO_LARGE


def no_numbers(content: object, where: str) -> Iterator[tuple[str, NoNumber]]:
    """The places of numbers that cannot be used, in the order of the file."""
    if isinstance(content, NoNumber):
        yield where, content
    elif isinstance(content, dict):
        for name, part in content.items():
            yield from no_numbers(
                part, f"{where}.{describe_value(name)}" if where else describe_value(name)
            )
    elif isinstance(content, list):
        for at, part in enumerate(content):
            yield from no_numbers(part, f"{where}[{at}]")


def named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        names = [name for name, _value in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise WrongFile("repeated_entry", where=describe_value(double))
    return entries


def depth_of(content: object) -> int:
    """How many lists and objects lie inside each other, at most one more than is allowed."""
    depth, inner = 0, [content]
    while inner and depth <= DEEPEST:
        held = [part for part in inner if isinstance(part, dict | list)]
        inner = [
            item for part in held for item in (part.values() if isinstance(part, dict) else part)
        ]
        depth += bool(held)
    return depth
