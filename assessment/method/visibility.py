"""Which questions a respondent sees, now and however the missing answers turn out.

Two questions are asked of every condition. `visible`: is the question shown at this moment? What
nobody can decide yet is shown. `certainly_visible`: can no missing answer change that any more?
The interval of a dimension (`items.score_bounds`) rests on the second.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, Answer
from assessment.instrument.conditions.evaluate import evaluate
from assessment.instrument.conditions.shown_if import condition_names
from assessment.instrument.kinds.registry import kind_of, score
from assessment.method.result import Respondent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.model import Instrument, Question


class Visibility:
    """Which questions one respondent sees, now and however the missing answers turn out."""

    def __init__(
        self, instrument: Instrument, profile: Mapping[str, int | str], respondent: Respondent
    ) -> None:
        self.instrument = instrument
        self.respondent = respondent
        self.profile = profile_facts(profile)
        # Worked out once for each question of this respondent: a condition asks for the visibility
        # of the questions it names, and these for that of others.
        self.visible_by_code: dict[str, bool | None] = {}
        self.certain_by_code: dict[str, bool | None] = {}

    def routed(self, question: Question) -> bool:
        return question.routed_to(self.respondent.tier, self.respondent.sector)

    def visible(self, question: Question) -> bool | None:
        """True, False, or None where it is shown because nobody knows better."""
        if question.shown_if is None:
            return True
        if question.code not in self.visible_by_code:
            facts = dict(self.profile)
            for other in self.deciding_questions(question):
                if self.visible(other) is not False:
                    facts.update(self.facts_of(other))
            self.visible_by_code[question.code] = shown_if_holds(question, facts)
        return self.visible_by_code[question.code]

    def certainly_visible(self, question: Question) -> bool | None:
        """The same, but only as far as no missing answer can change it; None may change."""
        if question.shown_if is None:
            return True
        if question.code not in self.certain_by_code:
            facts = dict(self.profile)
            for other in self.deciding_questions(question):
                if self.certainly_visible(other) is True:
                    facts.update(self.facts_of(other))
            known = shown_if_holds(question, facts)
            if known is None and not self.open(question):
                known = True
            self.certain_by_code[question.code] = known
        return self.certain_by_code[question.code]

    def deciding_questions(self, question: Question) -> list[Question]:
        """The questions that its condition speaks of and that this respondent gets."""
        codes = sorted({name.partition(".")[2] for name in condition_names(question.shown_if)})
        others = [self.instrument.question.get(code) for code in codes]
        return [other for other in others if other is not None and self.routed(other)]

    def open(self, question: Question) -> bool:
        """Whether an answer or a fact of the profile that is still missing could decide."""
        return self.profile_is_open(question) or any(
            self.certainly_visible(other) is None
            or (
                self.certainly_visible(other) is True
                and self.answer(other).status in {"", DONT_KNOW}
            )
            for other in self.deciding_questions(question)
        )

    def profile_is_open(self, question: Question) -> bool:
        """Whether its condition speaks of a fact of the profile that is still missing."""
        named = {name for name in condition_names(question.shown_if) if name.startswith("profile.")}
        return bool(named - set(self.profile))

    def answer(self, question: Question) -> Answer:
        return self.respondent.answers.get(question.code, Answer(""))

    def facts_of(self, question: Question) -> dict[str, Fact]:
        answer = self.answer(question)
        if answer.value is None:
            return {}
        fact = kind_of(question).fact(question, answer.value)
        return answer_facts(question, fact, score(question, answer.value))


def shown_if_holds(question: Question, facts: Mapping[str, Fact]) -> bool | None:
    return True if question.shown_if is None else evaluate(question.shown_if, facts)


def profile_facts(profile: Mapping[str, int | str]) -> dict[str, Fact]:
    return {
        f"profile.{field}": Fraction(value) if isinstance(value, int) else value
        for field, value in profile.items()
        if value != DONT_KNOW
    }


def answer_facts(question: Question, fact: Fact | None, points: Fraction | None) -> dict[str, Fact]:
    """What conditions may know of one answer: `answer.X`, and `points.X` where its kind has any."""
    facts: dict[str, Fact] = {} if fact is None else {f"answer.{question.code}": fact}
    reached = None if points is None else kind_of(question).points_fact(question, points)
    if reached is not None:
        facts[f"points.{question.code}"] = reached
    return facts
