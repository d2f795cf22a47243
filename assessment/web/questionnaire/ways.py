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
IN_THE_WHOLE = frozenset({"stronger"})
"""Facts of the profile that the short way does not ask for."""
PROGRAMMES = (1, 2)
"""Whether there is one programme or several decides most about what is asked."""
ALONE = Respondent({})


@dataclass(frozen=True, slots=True)
class Way:
    """`questions` are the most that anybody is asked beside the profile who says how many
    programmes there are; who does not is asked a few more."""

    questions: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Ways:
    """`short` is None where the edition has no core questions."""

    short: Way | None
    whole: Way


def has_short_way(instrument: Instrument) -> bool:
    return any(question.core for question in instrument.questions)


def ways_of(instrument: Instrument, tier: str | None = None, sector: str | None = None) -> Ways:
    """Of who answers alone; of one among several, with tier and sector, without the profile."""
    asked = [q for q in instrument.questions if not q.profile]
    if tier:
        return _ways_of_seat(instrument, asked, Respondent({}, tier, sector))
    core = [question for question in asked if question.core]
    facts = [q.profile for q in instrument.profile_questions if q.profile in PROFILE_FIELDS]
    first = len([fact for fact in facts if fact not in IN_THE_WHOLE])
    short = _way(instrument, core, first, SECONDS_SHORT) if core else None
    return Ways(short, _way(instrument, asked, len(facts), SECONDS_WHOLE))


def _ways_of_seat(instrument: Instrument, asked: list[Question], seat: Respondent) -> Ways:
    core = [question for question in asked if question.core]
    short = _way(instrument, core, 0, SECONDS_SHORT, seat) if core else None
    return Ways(short, _way(instrument, asked, 0, SECONDS_WHOLE, seat))


def _way(
    instrument: Instrument,
    questions: list[Question],
    profile: int,
    seconds: int,
    seat: Respondent = ALONE,
) -> Way:
    most = most_shown(instrument, questions, seat)
    return Way(most, in_fives((most + profile) * seconds))


def most_shown(instrument: Instrument, questions: list[Question], seat: Respondent = ALONE) -> int:
    """With one programme or with several; what nobody can decide yet is shown."""
    seen = [Visibility(instrument, {"programmes": n}, seat) for n in PROGRAMMES]
    return max(sum(sight.visible(q) is not False for q in questions) for sight in seen)


def minutes_left(open_questions: int) -> int:
    """In the short way; a minute that was begun counts."""
    return -(-open_questions * SECONDS_SHORT // 60)


def minutes_for(further: int) -> int:
    """To answer what the short way left out."""
    return in_fives(further * SECONDS_WHOLE)


def in_fives(seconds: int) -> int:
    """Minutes as people say them: never fewer than five."""
    return max(5, 5 * round(seconds / 300))
