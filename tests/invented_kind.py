"""A kind of question that only tests know, and a bank that asks it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.domains import Categories
from assessment.instrument.conditions.grammar import parse
from assessment.instrument.issues import ISSUE_PARAMS, Where, issues_unless
from assessment.instrument.kinds.kind import ScoredKind
from assessment.instrument.kinds.parse import option_value, option_words
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.model import COORDINATING_SECTORS, HIGHEST, TIERS, Option, Question
from assessment.reports.issue_wording.bank import SENTENCES
from tests.instrument.build import person
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction
    from random import Random

    from assessment.instrument.answers import Value
    from assessment.instrument.conditions.domains import Domain
    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Instrument
    from assessment.method.result import Respondent

NOT_TWO, TWO_OPTIONS = "not_two_options", "It needs exactly two options."


class YesNoKind(ScoredKind):
    """One of two options: conditions read its word, and of several people that of the majority."""

    name = "yes_no"
    field = "one_option"

    def read(self, question: Question, raw: object) -> Value:
        return option_value(question, raw)

    def words(self, question: Question, value: Value) -> tuple[str, ...]:
        return option_words(question, value)

    def score(self, question: Question, value: Value) -> Fraction:
        points = next(o.points for o in question.options if o.value == value)
        return HIGHEST * points / self.max_points(question)

    def sampler(self, question: Question, random: Random) -> Callable[[], float]:
        return lambda: float(self.score(question, random.choice(question.options).value))

    def max_points(self, question: Question) -> int:
        return max(option.points for option in question.options)

    def fact(self, question: Question, value: Value) -> Fact | None:
        return str(value)

    def mean_fact(
        self, question: Question, score: Fraction | None, number: Fraction | None
    ) -> Fact | None:
        if score is None or score == HIGHEST / 2:
            return None
        return next(
            o.value
            for o in question.options
            if (self.score(question, o.value) > HIGHEST / 2) is (score > HIGHEST / 2)
        )

    def domain(self, question: Question) -> Domain | None:
        return Categories(tuple(option.value for option in question.options))

    def validate(self, question: Question) -> Iterator[Issue]:
        at = Where("questions", question.code)
        return issues_unless((len(question.options) == 2, at.issue("kind", NOT_TWO)))


@contextmanager
def registered() -> Iterator[None]:
    """The kind is one of the site's as long as this lasts, what it checks has its sentence."""
    KINDS[YesNoKind.name] = YesNoKind()
    ISSUE_PARAMS[NOT_TWO], SENTENCES[NOT_TWO] = (), TWO_OPTIONS
    try:
        yield
    finally:
        del KINDS[YesNoKind.name], ISSUE_PARAMS[NOT_TWO], SENTENCES[NOT_TWO]


ASKED = Question(
    "PC8",
    "yes_no",
    "Was the joint work named in a law?",
    help="A law, not a decree.",
    dimension="PC",
    essential=True,
    weight=2,
    hidden_points=0,
    not_applicable=True,
    sectors=COORDINATING_SECTORS,
    shown_if=parse("answer.PC1 >= 1"),
    options=(Option("yes", "A law names it.", 1), Option("no", "No law names it.")),
)
FOLLOWING: dict[str, Any] = {"code": "PC9", "text": "How far is that law in force?"}
RULE: dict[str, Any] = {"code": "R98", "title": "Name it in a law", "text": "Write one."}


@cache
def bank() -> Instrument:
    """The bank of seeds/ with a question of this kind, one that depends on it, and a rule."""
    first, second = seeds().question["PC1"], seeds().question["PC2"]
    asked = replace(ASKED, findings=first.findings)
    following = replace(second, **FOLLOWING, shown_if=parse('answer.PC8 == "yes"'))
    at = seeds().questions.index(seeds().question["PC4"]) + 1
    rule = replace(seeds().rule["R02"], **RULE, when=parse('answer.PC8 == "no"'), unless=None)
    return replace(
        seeds(),
        questions=(*seeds().questions[:at], asked, following, *seeds().questions[at:]),
        rules=(*seeds().rules, rule),
    )


def everybody() -> list[Respondent]:
    """Six people in each tier of both sectors: all say yes, but for some of agriculture."""
    saying_no = {("agriculture", "regional"): 6, ("agriculture", "national"): 3}
    return [
        person(bank(), {"PC8": answer}, tier, sector)
        for sector in COORDINATING_SECTORS
        for tier in TIERS
        for n in range(6)
        for answer in ["no" if n < saying_no.get((sector, tier), 0) else "yes"]
    ]
