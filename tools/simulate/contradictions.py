"""Advice that an answer contradicts, by a table that was written from the texts alone."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.instrument.answers import NOT_APPLICABLE
from assessment.instrument.conditions.evaluate import evaluate
from assessment.instrument.conditions.grammar import parse
from assessment.method.next_steps import wording_of_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assessment.instrument.conditions.grammar import Condition
    from assessment.instrument.model import Instrument
    from assessment.method.result import NextStep, Recommendation
    from tools.simulate.judging import Judged

TABLE = Path(__file__).with_name("there_already.toml")


@dataclass(frozen=True, slots=True)
class Texts:
    """By the name of a text: what it asks for, what it states, what has to apply."""

    there: Mapping[str, Condition]
    says: Mapping[str, Condition]
    needs: Mapping[str, list[str]]


def read_texts(path: Path = TABLE) -> Texts:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    there, says = ({n: parse(c) for n, c in raw[part].items()} for part in ("there", "says"))
    return Texts(there, says, raw["needs"])


@dataclass(slots=True)
class Contradictions:
    """How often which text was told against an answer; and how many texts were told."""

    texts: Texts
    told: int = 0
    found: Counter[str] = field(default_factory=Counter)
    unsaid: Counter[str] = field(default_factory=Counter)
    """States something of which no answer tells; that contradicts nothing."""

    def add(self, bank: Instrument, judged: Judged) -> None:
        for name in told_texts(bank, judged):
            self.told += 1
            self.found.update(against(self.texts, name, judged))
            stated = self.texts.says.get(name)
            if stated is not None and evaluate(stated, judged.facts) is None:
                self.unsaid[name] += 1


def against(texts: Texts, name: str, judged: Judged) -> Iterator[str]:
    there, says = texts.there.get(name), texts.says.get(name)
    if there is not None and evaluate(there, judged.facts) is True:
        yield f"{name} is there"
    if says is not None and evaluate(says, judged.facts) is False:
        yield f"{name} is not so"
    for code in texts.needs.get(name, []):
        answer = judged.drawn.answers.get(code)
        if answer is not None and answer.status == NOT_APPLICABLE:
            yield f"{name} needs {code}"


def told_texts(bank: Instrument, judged: Judged) -> Iterator[str]:
    """Every text of advice in a report, by its name in the table."""
    for advice in judged.result.recommendations:
        yield advice_text(advice)
        yield f"{advice.rule}/title"
    yield from (pattern.pattern for pattern in judged.result.patterns)
    yield from (step_text(bank, step) for step in judged.result.next_steps)


def advice_text(advice: Recommendation) -> str:
    return advice.rule if advice.variant is None else f"{advice.rule}/{advice.variant + 1}"


def step_text(bank: Instrument, step: NextStep) -> str:
    wording = wording_of_step(bank.question[step.question], step, bank.scale.low_level)
    return f"{step.question}/{wording}"


def step_names(bank: Instrument) -> frozenset[str]:
    """Of every step that is written, its name in the table."""
    levels = {
        f"{question.code}/{which}"
        for question in bank.questions
        for which, text in (("low", question.step_low), ("high", question.step_high))
        if text
    }
    options = {f"{q.code}/{o.value}" for q in bank.questions for o in q.options if o.step}
    return frozenset(levels | options)
