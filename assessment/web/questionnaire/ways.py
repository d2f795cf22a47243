"""The two ways through an edition, short with its core questions and whole, and their minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.instrument.model import PROFILE_FIELDS
from assessment.method.result import Respondent
from assessment.method.visibility import Visibility

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question

SECONDS_SHORT, SECONDS_WHOLE = 36, 50
"""Of one question: a core question is a line to choose, others ask for numbers and documents."""
PROGRAMMES = (1, 2)
"""Whether there is one programme or several decides most about what is asked."""


@dataclass(frozen=True, slots=True)
class Way:
    """`questions` are the most that anybody is asked beside the profile."""

    questions: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Ways:
    """`short` is None where the edition has no core questions."""

    short: Way | None
    whole: Way


def has_short_way(instrument: Instrument) -> bool:
    return any(question.core for question in instrument.questions)


def ways_of(instrument: Instrument) -> Ways:
    asked = [q for q in instrument.questions if not q.profile]
    core = [question for question in asked if question.core]
    profile = sum(q.profile in PROFILE_FIELDS for q in instrument.profile_questions)
    short = _way(instrument, core, profile, SECONDS_SHORT) if core else None
    return Ways(short, _way(instrument, asked, profile, SECONDS_WHOLE))


def _way(instrument: Instrument, questions: list[Question], profile: int, seconds: int) -> Way:
    most = most_shown(instrument, questions)
    return Way(most, in_fives((most + profile) * seconds))


def most_shown(instrument: Instrument, questions: list[Question]) -> int:
    """With one programme or with several; what nobody can decide yet is shown."""
    seen = [Visibility(instrument, {"programmes": n}, Respondent({})) for n in PROGRAMMES]
    return max(sum(sight.visible(q) is not False for q in questions) for sight in seen)


def minutes_left(open_questions: int) -> int:
    """In the short way; a minute that was begun counts."""
    return -(-open_questions * SECONDS_SHORT // 60)


def in_fives(seconds: int) -> int:
    """Minutes as people say them: never fewer than five."""
    return max(5, 5 * round(seconds / 300))
