"""What each name of the condition language can be in an instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW
from assessment.instrument.conditions.domains import Categories, Domain, Numbers
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import COUNTED_DIRECTIONS, DIRECTIONS, STANDINGS

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question


PROFILE_NUMBER = (1, 50)

COUNTS = {("unknown", "count"), *(("directions", direction) for direction in COUNTED_DIRECTIONS)}
"""The names that count dimensions."""


def domain_of(name: str, instrument: Instrument) -> Domain | None:
    root, _, rest = name.partition(".")
    if root == "profile":
        return profile_domain(rest, instrument)
    if root in {"answer", "points"}:
        return question_domain(root, instrument.question.get(rest))
    if root == "disagreement":
        return Numbers(0, instrument.scale.top_level) if rest == "any" else None
    if root == "gap":
        return gap_domain(rest, instrument)
    if root in {"direction", "standing"}:
        words = DIRECTIONS if root == "direction" else STANDINGS
        return Categories(words) if rest in instrument.dimension else None
    if (root, rest) in COUNTS:
        return Numbers(0, len(instrument.dimensions), whole=True)
    if (root, rest) == ("unknown", "any"):
        return Numbers(0, 1, any_of=True)
    return judged_domain(root, rest, instrument)


def judged_domain(root: str, rest: str, instrument: Instrument) -> Domain | None:
    highest = {"level": instrument.scale.top_level, "score": 100, "unknown": 1}
    if root not in highest or rest not in instrument.dimension:
        return None
    return Numbers(0, highest[root], whole=root == "level")


def gap_domain(rest: str, instrument: Instrument) -> Domain | None:
    axis, _, on = rest.partition(".")
    question = instrument.question.get(on)
    scored = question is not None and bool(question.dimension) and kind_of(question).scored
    if axis not in {"sectors", "tiers"} or not (on in {"any", *instrument.dimension} or scored):
        return None
    return Numbers(0, instrument.scale.top_level, any_of=on == "any")


def question_domain(root: str, question: Question | None) -> Domain | None:
    if question is None or not question.dimension:
        return None
    kind = kind_of(question)
    return kind.points_domain(question) if root == "points" else kind.domain(question)


def profile_domain(field: str, instrument: Instrument) -> Domain | None:
    if field == "region":
        return Categories(tuple(region.code for region in instrument.regions))
    if field == "country":
        return Categories(tuple(instrument.region_of))
    question = next((q for q in instrument.profile_questions if q.profile == field), None)
    if question is None or field not in {"stage", "arrangement", "intention", "stronger"}:
        return programmes_domain(question) if field == "programmes" else None
    return Categories(tuple(o.value for o in question.options if o.value != DONT_KNOW))


def programmes_domain(question: Question | None) -> Domain:
    low, high = PROFILE_NUMBER
    if question is not None:
        low = low if question.minimum is None else question.minimum
        high = high if question.maximum is None else question.maximum
    return Numbers(low, high, whole=True)
