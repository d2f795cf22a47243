"""What is shown of the question on the screen; of one that is not revealed no figure is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.models import AgreedAnswer, JointSession, Result
from assessment.reports.session_figures import (
    FirstFigures,
    SecondFigures,
    first_figures,
    second_figures,
)
from assessment.web.languages import content_language

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question
    from assessment.method import result as method
    from assessment.models import Round, SessionItem


@dataclass(frozen=True, slots=True)
class ShownItem:
    """`first` and `second` never stand together: the same people, twice, would tell who moved.

    `left_out`: some answered again whose group is hidden, and stand in no figure.
    """

    item: SessionItem
    question: Question
    place: int
    places: int
    first: FirstFigures | None
    second: SecondFigures | None
    left_out: bool
    agreed: AgreedAnswer | None


def shown_item(session: JointSession) -> ShownItem | None:
    """None where nothing is on the screen."""
    item = session.current
    if item is None:
        return None
    round = session.round
    instrument = instrument_of(round)
    question = instrument.question[item.code]
    items = list(round.session_items.values_list("code", flat=True))
    first = second = None
    if item.is_revealed and item.second_counts is not None and item.second_people is not None:
        second = second_figures(question, item.second_people, item.second_counts)
    elif item.is_revealed:
        first = first_figures(joint_result(round), instrument, item.code, round.tier_words)
    return ShownItem(
        item=item,
        question=question,
        place=items.index(item.code) + 1,
        places=len(items),
        first=first,
        second=second,
        left_out=item.second_people is not None and item.answers.count() > item.second_people,
        agreed=round.agreed_answers.filter(code=item.code).first() if item.is_revealed else None,
    )


def instrument_of(round: Round) -> Instrument:
    return round.instrument(content_language())


def joint_result(round: Round) -> method.Result:
    """What people answered apart, whatever was agreed on since."""
    return round.results.with_content().get(kind=Result.Kind.JOINT).read()
