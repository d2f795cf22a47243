"""When a form asks a question: its skip condition, the short way, and whose seat it is put to.

Shown unless the condition is surely false. XPath knows two values, the method three: a comparison
with an empty answer is false there, also when it is the opposite that is asked. So what may be true
is whatever is not surely false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.conditions.explain import OPPOSITE
from assessment.instrument.conditions.grammar import And, Comparison, Not
from assessment.instrument.issues import Where
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import TIERS
from assessment.interchange.refusal import FileFault, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from assessment.instrument.conditions.grammar import Node
    from assessment.instrument.model import Instrument, Question

REGION, WAY, WHO = "profile_region", "profile_way", "profile_who"
"""What a form asks or works out beside the questions of the bank."""
SHORT, WHOLE = "short", "whole"
ALONE, SEVERAL = "alone", "several"


class Relevance:
    """Translates the conditions of one instrument; raises Refused for what a form cannot ask."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.profile = {q.profile: q for q in instrument.questions if q.profile}
        self.has_short_way = any(q.core for q in instrument.questions)
        self.has_seats = "tier" in self.profile and "sector" in self.profile

    def of(self, question: Question) -> str:
        if question.profile:
            return self._condition(question)
        parts = self._condition(question), self._way(question), self._seat(question)
        return " and ".join(part for part in parts if part)

    def _condition(self, question: Question) -> str:
        return self.possible(question.shown_if.tree, question) if question.shown_if else ""

    def _way(self, question: Question) -> str:
        put = question.core or not question.dimension or not self.has_short_way
        return "" if put else f"${{{WAY}}} != {quoted(SHORT)}"

    def _seat(self, question: Question) -> str:
        """Of several people each gets the questions of her seat; one who answers alone gets all."""
        if not self.has_seats:
            return ""
        tier, sector = (f"${{{self.profile[name].code}}}" for name in ("tier", "sector"))
        reached = [] if set(question.tiers) == set(TIERS) else [_among(tier, question.tiers)]
        if reached and question.finance:
            reached = [f"({reached[0]} or {sector} = {quoted('finance')})"]
        if question.sectors:
            reached.append(_among(sector, question.sectors))
        hers = " and ".join(reached)
        return f"(${{{WHO}}} != {quoted(SEVERAL)} or {hers})" if hers else ""

    def possible(self, node: Node, asked: Question) -> str:
        if isinstance(node, Comparison):
            against = Comparison(node.name, OPPOSITE[node.operator], node.limit)
            return f"not({self._certain_comparison(against, asked)})"
        if isinstance(node, Not):
            return f"not({self.certain(node.part, asked)})"
        word = " and " if isinstance(node, And) else " or "
        return f"({word.join(self.possible(part, asked) for part in node.parts)})"

    def certain(self, node: Node, asked: Question) -> str:
        if isinstance(node, Comparison):
            return self._certain_comparison(node, asked)
        if isinstance(node, Not):
            return f"not({self.possible(node.part, asked)})"
        word = " and " if isinstance(node, And) else " or "
        return f"({word.join(self.certain(part, asked) for part in node.parts)})"

    def _certain_comparison(self, comparison: Comparison, asked: Question) -> str:
        family, _dot, rest = comparison.name.partition(".")
        if comparison.name == "profile.region":
            return _word(f"${{{REGION}}}", comparison)
        found = self.profile.get(rest) if family == "profile" else self._answered(family, rest)
        if found is None:
            where = Where("questions", asked.code, "shown_if")
            params = {"name": comparison.name}
            raise Refused([FileFault("not_for_a_form", "xlsform", params=params, where=where)])
        held = f"${{{found.code}}}"
        if family == "points":
            return _points(held, found, comparison)
        if kind_of(found).several:
            return _several(held, comparison)
        is_word = any(isinstance(limit, str) for limit in _limits(comparison))
        return _word(held, comparison) if is_word else _number(held, comparison)

    def _answered(self, family: str, code: str) -> Question | None:
        asked = self.instrument.question.get(code) if family in {"answer", "points"} else None
        by_options = asked is not None and kind_of(asked).several
        return asked if family == "answer" or by_options else None


def _among(held: str, values: Sequence[str]) -> str:
    """Whether it is one of these, or not told yet."""
    return "(" + " or ".join(f"{held} = {quoted(value)}" for value in ("", *values)) + ")"


def _limits(comparison: Comparison) -> tuple[Fraction | str, ...]:
    limit = comparison.limit
    return limit if isinstance(limit, tuple) else (limit,)


def _number(held: str, comparison: Comparison) -> str:
    """An empty answer is no number, and no number equals itself."""
    value, sign = f"number({held})", comparison.operator
    same = " or ".join(f"{value} = {_plain(limit)}" for limit in _limits(comparison))
    if sign in {"==", "in"}:
        return f"({same})"
    if sign in {"!=", "not_in"}:
        return f"({value} = {value} and not({same}))"
    return f"({value} {sign} {_plain(comparison.limit)})"


def _plain(limit: object) -> str:
    return str(float(limit)) if "/" in str(limit) else str(limit)  # type: ignore[arg-type]


def _word(held: str, comparison: Comparison) -> str:
    same = " or ".join(f"{held} = {quoted(str(limit))}" for limit in _limits(comparison))
    if comparison.operator in {"==", "in"}:
        return f"({same})"
    left_open = " and ".join(
        f"{held} != {quoted(word)}" for word in ("", DONT_KNOW, NOT_APPLICABLE)
    )
    return f"({left_open} and not({same}))"


def _several(held: str, comparison: Comparison) -> str:
    chosen = f"selected({held}, {quoted(str(comparison.limit))})"
    if comparison.operator == "in":
        return chosen
    known = [f"not(selected({held}, {quoted(word)}))" for word in (DONT_KNOW, NOT_APPLICABLE)]
    return f"({held} != '' and {' and '.join(known)} and not({chosen}))"


def _points(held: str, asked: Question, comparison: Comparison) -> str:
    """The points of the options that are chosen, where any is."""
    each = (f"{o.points} * number(selected({held}, {quoted(o.value)}))" for o in asked.options)
    known = [f"not(selected({held}, {quoted(word)}))" for word in (DONT_KNOW, NOT_APPLICABLE)]
    compared = _number(" + ".join(each), comparison)
    return f"({held} != '' and {' and '.join(known)} and {compared})"


def quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
