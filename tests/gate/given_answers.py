"""What somebody answers who finds everything bad, middling or good, or knows nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessment.instrument.kinds.registry import kind_of, read_answer

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question

LOWEST, MIDDLE, HIGHEST, UNKNOWN = "lowest", "middle", "highest", "unknown"
STYLES = (LOWEST, MIDDLE, HIGHEST, UNKNOWN)
"""How somebody answers."""


def fact_of(bank: Instrument, question: Question, style: str) -> str:
    """An answer to a question of the profile; the number of programmes fits the arrangement."""
    if question.profile == "country":
        assert bank.region_of, "there is no country to choose"
        return next(iter(bank.region_of))
    several = style != LOWEST
    if question.profile == "programmes":
        low, high = question.minimum or 1, question.maximum or 1
        return str(high if several else low)
    values = [option.value for option in question.options]
    if question.profile == "arrangement":
        number = next((q for q in bank.profile_questions if q.profile == "programmes"), None)
        told = int(fact_of(bank, number, style)) if number else 2
        for some in (number.minimum or 1, number.maximum or 1) if number else (told,):
            assert fitting(values, some), f"{some} programmes, and nothing to say of them"
        return fitting(values, told)[0]
    return values[0] if values else ""


def fitting(arrangements: list[str], programmes: int) -> list[str]:
    return [value for value in arrangements if (value == "single") is (programmes == 1)]


def answer_to(question: Question, style: str) -> Any:
    if kind_of(question).free_text:
        return "In my own words."
    if style == UNKNOWN and question.dimension:
        return "dont_know"
    values = [option.value for option in question.options]
    if question.kind == "number":
        low, high = question.goalposts or (question.minimum, question.maximum)
        middle = ((low or 0) + (high or 0)) // 2
        return str({LOWEST: question.minimum, MIDDLE: middle}.get(style, question.maximum))
    if question.kind == "country":
        return "PE"
    if question.kind == "multi":
        chosen = [option.value for option in question.options if not option.exclusive]
        return values[-1:] if style == LOWEST else chosen[:1] if style == MIDDLE else chosen
    return values[{LOWEST: 0, MIDDLE: len(values) // 2}.get(style, -1)]


def answers_of(bank: Instrument, style: str, tier: str, sector: str) -> dict[str, Any]:
    return {
        question.code: read_answer(question, answer_to(question, style))
        for question in bank.questions
        if question.dimension and question.routed_to(tier, sector)
    }
