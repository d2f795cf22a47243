"""Every kind by its name, and what is asked of a question whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE, Answer, BadAnswer
from assessment.instrument.kinds.choice import ChoiceKind
from assessment.instrument.kinds.country import CountryKind
from assessment.instrument.kinds.kind import ScoredKind
from assessment.instrument.kinds.level import LevelKind
from assessment.instrument.kinds.multi import MultiKind
from assessment.instrument.kinds.number import NumberKind
from assessment.instrument.kinds.text import TextKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from assessment.instrument.answers import Value
    from assessment.instrument.kinds.kind import Kind
    from assessment.instrument.model import Question

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (LevelKind(), MultiKind(), NumberKind(), ChoiceKind(), CountryKind(), TextKind())
}

BESIDE_OPTIONS = frozenset({DONT_KNOW, NOT_APPLICABLE})
"""What may be chosen where no answer can be given."""


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


def max_points(question: Question) -> int:
    """The points that stand for 100; raises TypeError where the kind has none."""
    kind = KINDS[question.kind]
    if not isinstance(kind, ScoredKind):
        raise TypeError(f"{question.code} has no points.")
    return kind.max_points(question)


def scored_kind_of(question: Question) -> ScoredKind | None:
    """The kind of a question whose answers count; None of all others."""
    kind = KINDS[question.kind]
    return kind if question.scored and isinstance(kind, ScoredKind) else None


def read_answer(question: Question, raw: object) -> Answer:
    """A value from outside as an answer to this question; raises BadAnswer.

    Whatever enters (form, file, import) is read here, once; from here on an answer is an `Answer`.
    """
    kind = KINDS[question.kind]
    if raw == DONT_KNOW and question.offers_dont_know and not kind.free_text:
        return Answer(DONT_KNOW)
    if raw == NOT_APPLICABLE and not kind.free_text:
        if not question.not_applicable:
            raise BadAnswer("not_offered", question=question.code)
        return Answer(NOT_APPLICABLE)
    return Answer("answered", kind.read(question, raw))


def read_sent(question: Question, texts: Sequence[str]) -> Answer | None:
    """The same of the texts that a form or an address sends; None where it leaves the answer open.

    The same text sent twice counts once.
    """
    sent = list(dict.fromkeys(texts))
    if not sent:
        return None
    if BESIDE_OPTIONS.isdisjoint(sent) and KINDS[question.kind].several:
        return read_answer(question, sent)
    if len(sent) > 1:
        raise BadAnswer("not_alone", question=question.code)
    return read_answer(question, sent[0])


def score(question: Question, value: Value) -> Fraction | None:
    """0-100, or None where the question is not scored."""
    kind = scored_kind_of(question)
    return None if kind is None else kind.score(question, value)
