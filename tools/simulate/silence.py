"""Low answers of which no recommendation speaks; and every scheme with one low answer only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from assessment.instrument.conditions.domains import Numbers
from assessment.instrument.conditions.explain import explain
from assessment.instrument.kinds.registry import kind_of, read_answer
from tools.simulate.answer_sets import REGIONS, AnswerSet, only_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from assessment.instrument.model import Instrument, Question
    from assessment.method.result import Recommendation, Result
    from tools.simulate.answer_sets import Answers, Profile
    from tools.simulate.judging import Judged

    Given = Mapping[str, object]

HALF = 50
SHARES_PAID = (20, 80)
"""Of external partners, where BI6 is asked."""


def speaks_of(bank: Instrument, advice: Recommendation, code: str, result: Result) -> bool:
    """A true comparison names the question, or the direction of its dimension while it is low."""
    named = {reason.name for reason in advice.because}
    if named & {f"answer.{code}", f"points.{code}"}:
        return True
    score = result.items[code].score
    through = f"direction.{bank.question[code].dimension}"
    return score is not None and score < HALF and through in named


def is_spoken_of(bank: Instrument, code: str, result: Result) -> bool:
    return any(speaks_of(bank, advice, code, result) for advice in result.recommendations)


@dataclass(slots=True)
class Silence:
    """Of low answers of the sets drawn: how many, and those of which no recommendation speaks.

    `kept_back` are those that made a rule true which is withheld.
    """

    low: int = 0
    found: Counter[str] = field(default_factory=Counter)
    kept_back: Counter[str] = field(default_factory=Counter)

    def add(self, bank: Instrument, judged: Judged) -> None:
        result = judged.result
        for question in bank.questions:
            item = result.items.get(question.code)
            if item is None or item.status != "answered" or not question.scored:
                continue
            if item.score is not None and item.score <= HALF / 2:
                self.low += 1
                if not is_spoken_of(bank, question.code, result):
                    silent = (
                        self.kept_back
                        if speaks_withheld(bank, question.code, judged)
                        else self.found
                    )
                    silent[question.code] += 1


def speaks_withheld(bank: Instrument, code: str, judged: Judged) -> bool:
    withheld = (bank.rule[one.rule] for one in judged.result.withheld)
    reasons = (reason for rule in withheld for reason in explain(rule.when, judged.facts))
    named = {f"answer.{code}", f"points.{code}"}
    return any(reason.name in named for reason in reasons)


def one_low_answer(
    bank: Instrument, profiles: Iterable[Profile]
) -> Iterator[tuple[str, AnswerSet]]:
    """Each scored question at its lowest two, all else at its best, for each of these schemes."""
    for profile in profiles:
        for question in bank.questions:
            if question.dimension and question.scored:
                yield from (
                    (question.code, drawn)
                    for given in low_answers(question)
                    if question.code in (drawn := otherwise_perfect(bank, profile, given)).answers
                )


def profiles_of(relations: Iterable[str]) -> Iterator[Profile]:
    """Of each region, one, two and fourteen programmes; several in each of these relations."""
    several = product((2, 14), relations)
    for region, (number, relation) in product(REGIONS, ((1, "single"), *several)):
        yield {
            "region": region,
            "programmes": number,
            "arrangement": relation,
            "intention": "yes",
            "stage": "running",
        }


def low_answers(question: Question) -> Iterator[Given]:
    """Its lowest two answers; what has to be answered beside it stands with it."""
    code = question.code
    if code == "HC3":
        yield from ({code: ["none"]}, {code: ["named_body"], "HC4": 1})
    elif code == "BI6":
        yield from ({code: low, "BI5": paid} for low, paid in product((0, 1), SHARES_PAID))
    elif kind_of(question).several:
        yield {code: ["none"]}
        alone = [o for o in question.options if not o.exclusive]
        yield from ({code: [option.value]} for option in alone)
    elif question.goalposts is not None:
        low, high = question.goalposts
        yield from ({code: low}, {code: low + (high - low) // 4})
    else:
        yield from ({code: 0}, {code: 1})


def otherwise_perfect(bank: Instrument, profile: Profile, given: Given) -> AnswerSet:
    values = {q.code: best(q) for q in bank.questions if q.dimension}
    values |= {"BI5": 0, **given}
    answers: Answers = {c: read_answer(bank.question[c], value) for c, value in values.items()}
    return AnswerSet("one low", profile, only_shown(bank, profile, answers))


def best(question: Question) -> object:
    domain = kind_of(question).domain(question)
    if isinstance(domain, Numbers):
        return domain.high
    return [option.value for option in question.options if not option.exclusive]
