"""The plan for the meeting: agenda, open questions and decisions to sign, on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessment.reports import formats
from assessment.reports.sections.diagnosis import diagnosis_of
from assessment.reports.sections.lines import Section
from assessment.reports.sections.names import cut_list, institutions
from assessment.reports.sections.recommendations import to_decide
from assessment.reports.sections.unknown import questions_beside, unknown_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assessment.reports.report_data import ReportData
    from assessment.reports.sections.recommendations import RecommendationLine
    from assessment.reports.sections.unknown import UnknownLine

MINUTES = 90
OPENING, PICTURE, UNKNOWN, CLOSING = 5, 15, 20, 10
MOST_QUESTIONS, MOST_DECISIONS, MOST_SIGNING = 5, 6, 4
"""So many that all of it stands on one printed page."""


@dataclass(frozen=True, slots=True)
class Item:
    """`minutes` is from when to when, counted from the beginning."""

    minutes: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Guest:
    """Who comes: `partners` with them, what they bring for `decisions`, and `answers` they have."""

    who: str
    partners: tuple[str, ...]
    decisions: tuple[RecommendationLine, ...]
    answers: tuple[UnknownLine, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """`signing` are the institutions that were named, a line of signature each; may be empty."""

    inviting: str
    guests: tuple[Guest, ...]
    items: tuple[Item, ...]
    more_questions: int
    decisions: tuple[RecommendationLine, ...]
    signing: tuple[str, ...]


def meeting(report: ReportData) -> Section:
    questions = unknown_lines(report)
    decisions = to_decide(report)[:MOST_DECISIONS]
    content = Meeting(
        inviting=_inviting(institutions(report)),
        guests=(*_acting(decisions), *_asked(questions[:MOST_QUESTIONS])),
        items=tuple(_agenda(report, len(questions), len(decisions))),
        more_questions=questions_beside(questions, MOST_QUESTIONS),
        decisions=decisions,
        signing=institutions(report)[:MOST_SIGNING],
    )
    title = _("The meeting: {minutes} minutes").format(minutes=formats.number(MINUTES))
    return Section("meeting", title, "report/_meeting.html", content)


def rules_of_meeting(report: ReportData) -> frozenset[str]:
    """The rules of which the plan for the meeting says first what they need."""
    return frozenset(line.code for line in to_decide(report)[:MOST_DECISIONS])


def _inviting(named: tuple[str, ...]) -> str:
    """Those who are to work together call each other: no side is summoned by the other."""
    if len(named) == 1:
        return _("{name}, in one letter to all.").format(name=named[0])
    if named:
        return _("{names}, together and in one letter.").format(names=" · ".join(cut_list(named)))
    return _("Social protection and agriculture, together and in one letter.")


def _acting(decisions: Iterable[RecommendationLine]) -> Iterator[Guest]:
    by_actor: dict[str, list[RecommendationLine]] = {}
    for line in decisions:
        by_actor.setdefault(line.actor, []).append(line)
    for actor, lines in by_actor.items():
        partners = (name for line in lines for name in line.partners[:1])
        yield Guest(actor, tuple(dict.fromkeys(partners)), tuple(lines), ())


def _asked(questions: Iterable[UnknownLine]) -> Iterator[Guest]:
    by_who: dict[str, list[UnknownLine]] = {}
    for line in questions:
        by_who.setdefault(line.who, []).append(line)
    for who, lines in by_who.items():
        yield Guest(who, (), (), tuple(lines))


def _agenda(report: ReportData, questions: int, decisions: int) -> Iterator[Item]:
    """What there is nothing of takes no time: the next one has its minutes."""
    begin = 0
    for minutes, title, text in _parts(report, questions, decisions):
        span = _("{begin} to {end}").format(
            begin=formats.number(begin), end=formats.number(begin + minutes)
        )
        yield Item(span, title, text)
        begin += minutes


def _parts(report: ReportData, questions: int, decisions: int) -> Iterator[tuple[int, str, str]]:
    left = MINUTES - OPENING - CLOSING
    picture = PICTURE if questions or decisions else left
    open_for = 0 if not questions else UNKNOWN if decisions else left - picture
    yield (
        OPENING,
        pgettext("agenda", "Open"),
        _("Say what the meeting is to decide, and who writes it down."),
    )
    yield picture, _("What is going on"), _picture(report)
    if questions:
        yield (
            open_for,
            _("What is not known"),
            _("For each open question above: who here can tell, and if nobody, who asks by when?"),
        )
    if decisions:
        deciding = left - picture - open_for
        yield deciding, _("What to decide"), _deciding(decisions, deciding // decisions)
    yield (
        CLOSING,
        _("Sign, and meet again"),
        _("Read out what was decided, sign it, and fix the day on which to look at it again."),
    )


def _picture(report: ReportData) -> str:
    titles = [line.title for line in diagnosis_of(report).leading]
    if not titles:
        return _("Read the brief together. Each side says in turn what it sees otherwise, and why.")
    return _("{patterns}. Each side says in turn whether it sees it so, and where not.").format(
        patterns=" · ".join(titles)
    )


def _deciding(count: int, each: int) -> str:
    return ngettext(
        "About {minutes} minutes for the decision below: decided, ask first, or not now.",
        "About {minutes} minutes for each of the {count} decisions below: decided, ask first, or "
        "not now.",
        count,
    ).format(count=formats.number(count), minutes=formats.number(each))
