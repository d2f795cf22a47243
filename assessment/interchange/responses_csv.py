"""Responses as rows of text for other programs: codes or labels, long or wide, and a dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.model import PROFILE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from assessment.instrument.model import Option, Question

CODES, LABELS = "codes", "labels"
WIDE, LONG = "wide", "long"
UNREADABLE = "unreadable"
BETWEEN = "; "
# What a spreadsheet takes for the beginning of a formula.
FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n")
RESPONSE_COLUMNS: Mapping[str, str] = {
    "response": "number of the response in this file; another export may number it otherwise",
    "tier": "tier of government of the respondent; empty where she did not say it",
    "sector": "sector of the respondent; empty where she did not say it",
    "language": "language in which the questionnaire was read",
    "submitted": "day on which it was submitted; empty for one in progress",
    "country": "country of the scheme (ISO 3166)",
    "region": "region of the scheme",
    "stage": "stage of the scheme",
    "programmes": "number of programmes that should work together",
    "arrangement": "arrangement of the programmes",
    "intention": "whether the programmes were meant to work together",
    "stronger": "the stronger ministry",
}
"""Every column before the answers, in order, with its meaning for the dictionary.

The first five are filled in by their place in `actions/responses/export.py`, the others by the
names of PROFILE_FIELDS.
"""
LONG_ABOUT: Mapping[str, str] = {
    "question": "code of the question",
    "status": "answered, dont_know or not_applicable",
    "value": "the answer; empty where the status is not answered",
}
HEAD = ("column", "meaning", "kind", "value", "label")
CONFIDENTIAL = (
    "Each row is what one person answered in confidence. Do not pass rows on, do not try to find "
    "out whose they are, and publish only groups of at least the minimum size."
)
NOTES = (
    CONFIDENTIAL,
    "Not in this file: notes, answers in one's own words, names of schemes and programmes.",
    f"Several options of one answer stand in one cell, with {BETWEEN.strip()!r} between them.",
    f"{DONT_KNOW}: the person does not know. {NOT_APPLICABLE}: it does not apply.",
    "An empty cell: the question was left open, or not asked.",
    f"{UNREADABLE}: the stored answer does not fit the question.",
    "An apostrophe before a label keeps a spreadsheet from taking it for a formula.",
)


@dataclass(frozen=True, slots=True)
class ExportedQuestion:
    """A question of an export, in order; `options` by their value."""

    question: Question
    options: Mapping[str, Option]


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One response: `about` by the names of RESPONSE_COLUMNS, and its answers by question."""

    about: Mapping[str, str]
    answers: Mapping[str, tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Export:
    """Which questions stand in the file, and in which form."""

    questions: tuple[ExportedQuestion, ...]
    values: str = CODES
    shape: str = WIDE

    def head(self) -> list[str]:
        if self.shape == LONG:
            return [*RESPONSE_COLUMNS, *LONG_ABOUT]
        return [*RESPONSE_COLUMNS, *(exported.question.code for exported in self.questions)]

    def rows(self, row: ResponseRow) -> Iterator[list[str]]:
        about = [without_formula(row.about[name]) for name in RESPONSE_COLUMNS]
        cells = ((exported, row.answers.get(exported.question.code)) for exported in self.questions)
        if self.shape == LONG:
            for exported, answer in cells:
                if answer is not None:
                    status, value = answer
                    words = self._answer(exported, value) if status == "answered" else ""
                    yield [*about, exported.question.code, status, words]
        else:
            yield [*about, *(self._cell(exported, answer) for exported, answer in cells)]

    def _cell(self, exported: ExportedQuestion, answer: tuple[str, Any] | None) -> str:
        if answer is None:
            return ""
        status, value = answer
        return self._answer(exported, value) if status == "answered" else status

    def _answer(self, exported: ExportedQuestion, value: Any) -> str:
        """Nothing but a whole number or the options of the question ever reaches a cell."""
        if not exported.options:
            return str(value) if type(value) is int else UNREADABLE
        chosen = [str(one) for one in (value if isinstance(value, list) else [value])]
        if not all(one in exported.options for one in chosen):
            return UNREADABLE
        if self.values == LABELS:
            chosen = [exported.options[one].text for one in chosen]
        return without_formula(BETWEEN.join(chosen))

    def dictionary(self) -> Iterator[list[str]]:
        """What each column means and each value stands for, the warning first."""
        yield list(HEAD)
        yield from (["", note, "", "", ""] for note in NOTES)
        more = LONG_ABOUT if self.shape == LONG else {}
        about = {**RESPONSE_COLUMNS, **more}.items()
        yield from ([name, meaning, "", "", ""] for name, meaning in about)
        for exported in self.questions:
            question = exported.question
            yield [question.code, without_formula(question.text), question.kind, "", ""]
            for value, option in exported.options.items():
                yield [question.code, "", "", without_formula(value), without_formula(option.text)]


def exportable_questions(questions: Iterable[ExportedQuestion]) -> tuple[ExportedQuestion, ...]:
    """Those whose answers are numbers or options; the profile stands beside the answers."""
    return tuple(
        exported
        for exported in questions
        if not exported.question.profile
        and (kind := KINDS.get(exported.question.kind)) is not None
        and not kind.free_text
    )


def without_formula(text: str) -> str:
    """The text so that no spreadsheet computes it."""
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text


def profile_of(known: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(known.get(name, "")) for name in PROFILE_FIELDS}
