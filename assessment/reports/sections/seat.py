"""Who acts, seen from where the reader works: what she can start, whom to ask, what to take up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.method.seats import ASK, HIGHER, START, WAYS_TO_ACT, part_of
from assessment.reports.seat_wording import SECTORS
from assessment.reports.sections.lines import Section
from assessment.reports.sections.own_words import shown_rules
from assessment.reports.sections.recommendations import recommendation_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise

    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.recommendations import RecommendationLine

TITLES: Mapping[str, _StrPromise] = {
    START: gettext_lazy("What you can start yourself"),
    ASK: gettext_lazy("Whom to ask"),
    HIGHER: gettext_lazy("What to take higher"),
}
MOST_FURTHER = 3


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the names given for them, and what they are to do."""

    name: str
    names: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class FromTheSeat:
    """`where` is the tier and the sector in words; parts without an actor are left out."""

    where: str
    parts: tuple[Part, ...]


def seat(report: ReportData) -> Section | None:
    """Nothing where the tier is not known, or nobody of a role acts in what is shown."""
    sorted_lines = _by_part(report) if report.seat.tier else {}
    parts = tuple(
        Part(str(TITLES[part]), _actors(sorted_lines[part]))
        for part in WAYS_TO_ACT
        if sorted_lines.get(part)
    )
    if not parts:
        return None
    words: list[object] = [report.tiers[report.seat.tier]]
    words += [SECTORS[report.seat.sector]] if report.seat.sector else []
    content = FromTheSeat(", ".join(str(one) for one in words), parts)
    return Section("seat", _("From where you work"), "report/_seat.html", content)


def _by_part(report: ReportData) -> dict[str, list[RecommendationLine]]:
    """Of the further advice what she can start, where nothing of what is shown can be."""
    lines = {line.code: line for line in recommendation_lines(report)}
    shown = list(shown_rules(report))
    found: dict[str, list[RecommendationLine]] = {}
    for code in shown:
        found.setdefault(_part(report, code), []).append(lines[code])
    if START not in found:
        further = [line for code, line in lines.items() if code not in shown]
        found[START] = [one for one in further if _part(report, one.code) == START][:MOST_FURTHER]
    return found


def _part(report: ReportData, code: str) -> str:
    """Empty where no role acts, as in editions of before."""
    role = report.instrument.role.get(report.instrument.rule[code].role)
    return part_of(report.seat, role) if role is not None else ""


def _actors(lines: Iterable[RecommendationLine]) -> tuple[Actor, ...]:
    by_name: dict[str, list[RecommendationLine]] = {}
    for line in lines:
        by_name.setdefault(line.actor, []).append(line)
    return tuple(
        Actor(name, acting[0].actor_names, tuple(line.title for line in acting))
        for name, acting in by_name.items()
    )
