"""What a session shows of one question: the figures of the frozen result, and second answers.

First answers come from the joint result alone, so that nothing is shown which the rule of small
groups has not let pass. Second ones are of the whole room and stand by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import COORDINATING_SECTORS, TIERS
from assessment.reports import formats
from assessment.reports.marks import mark, place
from assessment.reports.profile_table import Picture
from assessment.reports.seat_wording import SECTORS, tiers_of_round
from assessment.reports.wording import STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.instrument.model import Instrument, Question
    from assessment.method.result import Gap, Result
    from assessment.reports.marks import Mark

HEIGHT, MIDDLE, BAR = 36, 18, 18
FULL = 100
MOST_QUESTIONS = 6
"""So many are proposed at most before anybody chooses: half a day has no time for more."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """`picture` shows what `value` says."""

    name: str
    value: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class FirstFigures:
    """`apart` says how far the two sides are from each other, empty where that is not shown."""

    rows: tuple[SessionRow, ...]
    apart: str


@dataclass(frozen=True, slots=True)
class SecondFigures:
    """`rows` are empty where too few answered once more."""

    people: str
    rows: tuple[SessionRow, ...]


def session_order(result: Result, instrument: Instrument) -> list[str]:
    """Every scored question that was asked, the furthest apart first: sides before tiers.

    By the widest gap of the two sides, then by that of the tiers; the rest as in the bank.
    """
    asked = [
        question.code
        for question in instrument.questions
        if question.code in result.items
        and kind_of(question).scored
        and result.items[question.code].status not in ("hidden", "not_routed")
    ]
    sides, tiers = _widths(result, COORDINATING_SECTORS), _widths(result, (TIERS[0], TIERS[-1]))
    return sorted(asked, key=lambda code: (-sides.get(code, 0), -tiers.get(code, 0)))


def worth_talking(result: Result, instrument: Instrument) -> set[str]:
    """The questions on which sides or tiers stand so far apart that the result calls it a gap."""
    return {
        gap.on
        for gap in result.gaps
        if gap.on in instrument.question and instrument.scale.is_gap(gap.levels)
    }


def proposed_questions(result: Result, instrument: Instrument) -> list[str]:
    """Of those worth talking about the furthest apart, as many as half a day has time for."""
    apart = worth_talking(result, instrument)
    order = session_order(result, instrument)
    return [code for code in order if code in apart][:MOST_QUESTIONS]


def first_figures(
    result: Result, instrument: Instrument, code: str, tier_words: Mapping[str, str] | None = None
) -> FirstFigures | None:
    """None where too few answered it to be shown. `tier_words` are the round's own words."""
    tiers = tiers_of_round(tier_words or {})
    item = result.items[code]
    if item.status != "answered" or item.score is None:
        return None
    rows = [_level_row(instrument, _("Everybody"), item.score)]
    rows += [
        _level_row(instrument, tiers[tier], level * float(instrument.scale.width))
        for link in result.chain
        if link.question == code
        for tier, level in zip(TIERS, (link.national, link.regional, link.local), strict=True)
    ]
    gap = result.gap(COORDINATING_SECTORS, code)
    return FirstFigures(tuple(rows), _apart(instrument, gap) if gap else "")


def second_figures(
    question: Question, people: int, counts: Mapping[str, int] | None
) -> SecondFigures:
    """`counts` by value as they were when it was revealed."""
    rows = [_count_row(_words(question, value), n, people) for value, n in (counts or {}).items()]
    return SecondFigures(formats.number(people), tuple(rows))


def _widths(result: Result, between: tuple[str, ...]) -> dict[str, float]:
    return {gap.on: abs(gap.levels) for gap in result.gaps if gap.between == between}


def _apart(instrument: Instrument, gap: Gap) -> str:
    if not instrument.scale.is_gap(gap.levels):
        return _("The two sides see it alike.")
    higher, lower = gap.between if gap.levels > 0 else reversed(gap.between)
    levels = abs(gap.levels)
    return ngettext(
        "{higher} sees it {levels} level higher than {lower}.",
        "{higher} sees it {levels} levels higher than {lower}.",
        formats.counted(levels, 1),
    ).format(higher=SECTORS[higher], lower=SECTORS[lower], levels=formats.number(levels, 1))


def _level_row(instrument: Instrument, name: str, score: float) -> SessionRow:
    level = formats.number(score / float(instrument.scale.width), 1)
    highest = formats.number(FULL / float(instrument.scale.width))
    value = _("{level} of {highest}").format(level=level, highest=highest)
    return SessionRow(name, value, Picture(f"{name}{formats.colon()}{value}", HEIGHT, _bar(score)))


def _count_row(name: str, n: int, people: int) -> SessionRow:
    share = FULL * n / people
    return SessionRow(
        name,
        formats.number(n),
        Picture(f"{name}{formats.colon()}{formats.number(n)}", HEIGHT, _bar(share)),
    )


def _bar(share: float) -> tuple[Mark, ...]:
    return (
        mark("rect", x=0, y=MIDDLE - 1, width="100%", height=2, fill="grid"),
        mark("rect", x=0, y=MIDDLE - BAR // 2, width=place(share), height=BAR, fill="accent"),
    )


def _words(question: Question, value: str) -> str:
    if value in STATUSES:
        return str(STATUSES[value])
    option = next((one for one in question.options if one.value == value), None)
    return option.text if option else " ".join(kind_of(question).words(question, int(value)))
