"""Agreed answers in place of what was said apart: the whole then reads as one response.

In a session a group agrees on the answer to some questions. An agreed answer is the group's and no
person's, so it is shown whatever the minimum, and it decides which other questions are shown. The
order in `round_with_agreed` matters: the means first, then the agreed answers over them, then the
visibility of every question that depends on one, then what of these may not be shown: the result
without agreed answers is shown too, and stands beside this one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.instrument.conditions.shown_if import deciding_codes
from assessment.instrument.groups import TOTAL
from assessment.instrument.kinds.registry import kind_of, score
from assessment.method.items import Item, hidden_points, item_facts, items_of
from assessment.method.result import Respondent
from assessment.method.rounds.aggregation import aggregate, items_of_group
from assessment.method.rounds.columns import Column
from assessment.method.rounds.withholding import excluded, withhold
from assessment.method.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from assessment.instrument.answers import Answer
    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.model import Instrument, Question
    from assessment.method.rounds.cells import Cells, Items
    from assessment.method.rounds.disclosure import DisclosurePolicy


class AgreedVisibility(Visibility):
    """Which questions are shown once the answers of a round are read as one response."""

    def __init__(
        self, instrument: Instrument, profile: Mapping[str, int | str], items: Items
    ) -> None:
        super().__init__(instrument, profile, Respondent({}))
        self.items = items

    def routed(self, question: Question) -> bool:
        return self.items[question.code].status != "not_routed"

    def facts_of(self, question: Question) -> dict[str, Fact]:
        return item_facts(self.items[question.code])


def alone_with_agreed(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    respondent: Respondent,
    agreed: Mapping[str, Answer],
) -> Items:
    """The items of one response with the agreed answers; what its answers hide stays hidden."""
    as_one = replace(respondent, answers={**respondent.answers, **agreed})
    items = items_of(instrument, profile, as_one)
    shown = {code: answer for code, answer in agreed.items() if items[code].status != "hidden"}
    return with_agreed(items, shown)


def round_with_agreed(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    cells: Cells,
    agreed: Mapping[str, Answer],
    policy: DisclosurePolicy,
) -> Items:
    """The items of a round; what the agreed answers show or hide is judged anew."""
    raw = items_of_group(instrument, cells, policy, TOTAL)
    visibility = AgreedVisibility(instrument, profile, with_agreed(raw, agreed))
    affected = [q for q in instrument.questions if depends_on_agreed(instrument, q, agreed)]
    hidden = {
        q.code: item_hidden_by_agreed(q, visibility)
        for q in affected
        if visibility.visible(q) is False
    }
    shown_again = {
        q.code: item_shown_by_agreed(q, cells, policy, instrument.scale.option_share)
        for q in affected
        if q.code not in hidden
    }
    whole = {**raw, **withhold(shown_again, policy.minimum, policy.closed_questions(TOTAL))}
    return {**with_agreed(whole, agreed), **hidden}


def depends_on_agreed(
    instrument: Instrument, question: Question, agreed: Mapping[str, Answer]
) -> bool:
    """Whether an agreed answer decides, at once or by way of others, if the question is shown."""
    return any(
        code in agreed or depends_on_agreed(instrument, instrument.question[code], agreed)
        for code in deciding_codes(question.shown_if)
    )


def item_hidden_by_agreed(question: Question, visibility: Visibility) -> Item:
    points = hidden_points(question, visibility.profile)
    counted = points is not None
    return Item(question, "hidden", score=points, counted=counted, low=points, high=points)


def item_shown_by_agreed(
    question: Question, cells: Cells, policy: DisclosurePolicy, option_share: Fraction
) -> Item:
    """As if nobody's own answers had hidden it: who was not asked has not answered.

    Its mean is then another than the one with those who count with their hidden points. Both are
    shown, so where a group is suppressed they could tell it together: then it is left out.
    """
    unasked = Item(question, "unanswered")
    columns = {cell: cells.column(cell, question.code) for cell in sorted(cells)}
    counting = any(item.counted for column in columns.values() for item in column.items)
    shown = {
        cell: Column([unasked if item.status == "hidden" else item for item in column.items])
        for cell, column in columns.items()
    }
    item = aggregate(question, shown, policy, option_share)
    if counting and policy.questions[question.code].suppressed:
        return excluded(replace(item, defaulted=0), policy.minimum)
    return item


def with_agreed(items: Items, agreed: Mapping[str, Answer]) -> Items:
    """The same questions, with the agreed answers in place of the means."""
    return {
        code: agreed_item(item, agreed[code]) if code in agreed else item
        for code, item in items.items()
    }


def agreed_item(item: Item, answer: Answer) -> Item:
    question, value = item.question, answer.value
    points = None if value is None else score(question, value)
    return replace(
        item,
        status="answered",
        score=points,
        value=value,
        fact=None if value is None else kind_of(question).fact(question, value),
        counted=False,
        agreed=True,
        low=points,
        high=points,
        optional=False,
    )
