"""Answers in the words a person chose them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.kinds.registry import kind_of
from assessment.models.responses import Answer
from assessment.reports.formats import country_name
from assessment.reports.wording import STATUSES

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question
    from assessment.models.responses import AnswerRow


def answer_words(question: Question, row: AnswerRow | None) -> list[str]:
    """What was answered, a line each; empty where the question was left open."""
    if row is None or not row.status:
        return []
    if row.status != Answer.Status.ANSWERED:
        return [str(STATUSES[row.status])]
    value = row.to_method_answer().value
    return [] if value is None else list(kind_of(question).words(question, value))


def profile_answer_words(
    instrument: Instrument, question: Question, profile: dict[str, int | str]
) -> list[str]:
    """The same for a fact of the scheme; the region stands beside the country."""
    if question.profile == "country":
        return _place_words(instrument, profile)
    value = profile.get(question.profile)
    if value is None:
        return []
    known = kind_of(question).words(question, value)
    return list(known) or [str(STATUSES.get(str(value), value))]


def region_name(instrument: Instrument, code: str) -> str:
    return next((region.name for region in instrument.regions if region.code == code), code)


def _place_words(instrument: Instrument, profile: dict[str, int | str]) -> list[str]:
    country, region = profile.get("country"), profile.get("region")
    words = [
        country and country_name(str(country)),
        region and region_name(instrument, str(region)),
    ]
    return [str(word) for word in words if word]
