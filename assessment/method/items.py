"""How each question stands: shown or hidden, answered or missing, and what it may still become."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE, Answer, Value
from assessment.instrument.kinds.registry import kind_of, score, scored_kind_of
from assessment.instrument.model import HIGHEST, LOWEST
from assessment.method.result import SUPPRESSED, ItemResult, Respondent
from assessment.method.visibility import Visibility, answer_facts, shown_if_holds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.conditions.evaluate import Fact
    from assessment.instrument.model import Instrument, Question

SHOWN_STATUSES = frozenset({"answered", DONT_KNOW, NOT_APPLICABLE, "unanswered", SUPPRESSED})


@dataclass(frozen=True, slots=True)
class Item:
    """One question of one response, or of a round once the answers are brought together.

    `fact` is what conditions read as `answer.X`; `low` and `high` bound what it may contribute
    once everything is answered (None: nothing), and `optional` says that it may still drop out.
    `counted`: hidden, and counts with its hidden points all the same. In a round `answered`
    counts those who answered and `defaulted` those for whom it is `counted`; `dont_knows` and
    `asked` count respondents. `together` is that of an answer several people gave as one: it is
    nobody's own and never among the `answered`.
    """

    question: Question
    status: str
    score: Fraction | None = None
    value: Value | None = None
    fact: Fact | None = None
    counted: bool = False
    agreed: bool = False
    low: Fraction | None = None
    high: Fraction | None = None
    optional: bool = False
    answered: int = 0
    defaulted: int = 0
    dont_knows: int = 0
    asked: int = 0
    together: bool = False

    @property
    def takes_part(self) -> bool:
        """Shown and scored, or hidden and counting all the same."""
        return self.question.scored and (self.status in SHOWN_STATUSES or self.counted)

    @property
    def missing(self) -> bool:
        return self.takes_part and self.score is None and self.status != NOT_APPLICABLE

    def result(self) -> ItemResult:
        return ItemResult(
            self.question.code,
            self.status,
            None if self.score is None else float(self.score),
            self.value,
            self.counted,
            self.agreed,
        )


def item_facts(item: Item) -> dict[str, Fact]:
    """What conditions may read of one question."""
    if item.status != "answered":
        return {}
    return answer_facts(item.question, item.fact, item.score)


KnownItems = dict[tuple[object, ...], Item]
"""By everything an item follows from (`what_it_follows_from`), whoever gave the answers."""


def items_of(
    instrument: Instrument,
    profile: Mapping[str, int | str],
    respondent: Respondent,
    known: KnownItems | None = None,
) -> dict[str, Item]:
    """`known` is what those before had: of a thousand answers most were given before."""
    visibility = Visibility(instrument, profile, respondent)
    known = {} if known is None else known
    return {q.code: item_of(visibility, q, known) for q in instrument.questions if not q.profile}


def item_of(visibility: Visibility, question: Question, known: KnownItems) -> Item:
    if not visibility.routed(question):
        return Item(question, "not_routed")
    given = what_it_follows_from(visibility, question)
    if given not in known:
        hidden = visibility.visible(question) is False
        known[given] = (hidden_item if hidden else shown_item)(visibility, question)
    return known[given]


def what_it_follows_from(visibility: Visibility, question: Question) -> tuple[object, ...]:
    """Within one round: its profile is that of all."""
    own = question.code, visibility.answer(question)
    if question.shown_if is None:
        return own
    whose, answers = visibility.respondent, visibility.respondent.answers
    deciding = visibility.instrument.deciding[question.code]
    return (*own, whose.tier, whose.sector, *map(answers.get, deciding))


def hidden_points(question: Question, profile: Mapping[str, Fact] | None = None) -> Fraction | None:
    """What a hidden question counts; nothing where the facts of the scheme alone hide it.

    Then nobody's answer says that the thing is not there: it is not asked of such a scheme.
    """
    points, kind = question.hidden_points, scored_kind_of(question)
    if points is None or kind is None or shown_if_holds(question, profile or {}) is False:
        return None
    return HIGHEST * points / kind.max_points(question)


def hidden_item(visibility: Visibility, question: Question) -> Item:
    counts = hidden_points(question, visibility.profile)
    low, high, optional = score_bounds(visibility, question)
    return Item(
        question,
        "hidden",
        score=counts,
        counted=counts is not None,
        low=low,
        high=high,
        optional=optional,
    )


def shown_item(visibility: Visibility, question: Question) -> Item:
    answer, kind = visibility.answer(question), kind_of(question)
    low, high, optional = score_bounds(visibility, question)
    return Item(
        question,
        answer.status or "unanswered",
        score=score(question, answer.value) if answer.value is not None else None,
        value=None if kind.free_text else answer.value,
        fact=kind.fact(question, answer.value) if answer.value is not None else None,
        low=low,
        high=high,
        optional=optional,
        dont_knows=int(answer.status == DONT_KNOW),
        asked=int(answer.status != NOT_APPLICABLE),
    )


def score_bounds(
    visibility: Visibility, question: Question
) -> tuple[Fraction | None, Fraction | None, bool]:
    """The least and the most the question can contribute, and whether it may drop out."""
    if not question.scored:
        return None, None, False
    outcomes = []
    certain = visibility.certainly_visible(question)
    if certain is not False:
        outcomes.append(contribution(visibility.answer(question), question))
    if certain is not True:
        counts = hidden_points(question, visibility.profile)
        outcomes.append(None if counts is None else (counts, counts))
        if counts is not None and visibility.profile_is_open(question):
            outcomes.append(None)
    inside = [outcome for outcome in outcomes if outcome is not None]
    if not inside:
        return None, None, False
    lows, highs = zip(*inside, strict=True)
    return min(lows), max(highs), len(inside) < len(outcomes)


def contribution(answer: Answer, question: Question) -> tuple[Fraction, Fraction] | None:
    """What a shown question contributes; None where it does not apply."""
    if answer.status == NOT_APPLICABLE:
        return None
    points = None if answer.value is None else score(question, answer.value)
    return (LOWEST, HIGHEST) if points is None else (points, points)
