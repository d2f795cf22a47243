"""Sample answers for the rule bench: those of seeds/, and the pattern of a stored response."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assessment.instrument.answers import BadAnswer
from assessment.instrument.kinds.registry import kind_of, read_answer
from assessment.instrument.seeds import SEEDS
from assessment.method.assess import assess
from assessment.method.parse_input import read_profile
from assessment.method.result import Respondent
from assessment.method.rule_trace import trace_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.answers import Answer
    from assessment.instrument.model import Instrument, Question
    from assessment.method.result import Result
    from assessment.models import Response

IDENTIFYING_FIELDS = frozenset({"country"})


@dataclass(frozen=True, slots=True)
class Sample:
    """Answers by code as they are written: codes of options, numbers, don't know."""

    name: str
    profile: Mapping[str, Any]
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UsableSample:
    """What of a sample is an answer in one edition; `unusable` are the entries that are none."""

    profile: dict[str, int | str]
    respondent: Respondent
    unusable: tuple[str, ...]


def stored_samples() -> list[Sample]:
    text = (SEEDS / "samples.toml").read_text(encoding="utf-8")
    return [Sample(**entry) for entry in tomllib.loads(text)["sample"]]


def answer_pattern(response: Response) -> Sample:
    """The codes a response chose: no words, no notes, no country."""
    bank = response.edition.instrument()
    profile = response.round.facts()
    return Sample(
        name="",
        profile={name: value for name, value in profile.items() if name not in IDENTIFYING_FIELDS},
        answers={
            code: answer.value if answer.status == "answered" else answer.status
            for code, answer in response.answers_by_code().items()
            if code in bank.question and is_coded_answer(bank.question[code], answer)
        },
    )


def has_coded_answers(question: Question) -> bool:
    """Whether an answer is chosen or counted, and not written in words."""
    return bool(question.options) or kind_of(question).scored


def is_coded_answer(question: Question, answer: Answer) -> bool:
    """Whether the answer is a number, an option's code, don't know or does not apply."""
    if answer.value is None or kind_of(question).scored:
        return True
    return question.option(str(answer.value)) is not None


def usable_sample(instrument: Instrument, sample: Sample) -> UsableSample:
    profile, unusable = {}, []
    try:
        profile = read_profile(instrument, dict(sample.profile))
    except BadAnswer as error:
        unusable.append(error.where or "profile")
    answers = {}
    for code, raw in sample.answers.items():
        question = instrument.question.get(code)
        try:
            if question is None or question.profile:
                raise BadAnswer("unknown_question", question=code)
            answers[code] = read_answer(question, raw)
        except BadAnswer:
            unusable.append(code)
    return UsableSample(profile, Respondent(answers), tuple(unusable))


def sample_verdicts(instrument: Instrument) -> list[dict[str, bool | None]]:
    """For each stored sample: whether each rule holds, by its code."""
    samples = [usable_sample(instrument, sample) for sample in stored_samples()]
    return [
        {
            found.rule.code: found.verdict
            for found in trace_rules(instrument, s.profile, s.respondent)
        }
        for s in samples
    ]


def assess_sample(instrument: Instrument, sample: UsableSample) -> Result:
    return assess(
        instrument=instrument,
        profile=sample.profile,
        responses=[sample.respondent],
        alone=True,
        draws=0,
    )
