"""The facilitator's pack of one round: everything on its sheets, for the page and for the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.instrument.model import COORDINATING_SECTORS, SECTORS
from assessment.models import JointSession
from assessment.reports import formats
from assessment.reports.pack.agenda import half_day, minutes_each, whole_day
from assessment.reports.pack.session_questions import (
    joint_result_of,
    pack_questions,
    why_no_figures,
)
from assessment.reports.report_data import report_of_round
from assessment.reports.seat_wording import SECTORS as SECTOR_WORDS
from assessment.reports.seat_wording import seat_words
from assessment.reports.sections.recommendations import to_decide
from assessment.reports.sections.vertical import chain_in_brief

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import time

    from assessment.models import Round
    from assessment.reports.pack.agenda import AgendaItem
    from assessment.reports.pack.session_questions import PackQuestion

SHEETS = {
    "checklist": (gettext_lazy("What to do when"), gettext_lazy("one, for who leads")),
    "half": (gettext_lazy("Agenda for half a day"), gettext_lazy("one each, if it is this one")),
    "whole": (gettext_lazy("Agenda for a day"), gettext_lazy("one each, if it is this one")),
    "letters": (
        gettext_lazy("Letters of invitation"),
        gettext_lazy("one for each institution, signed"),
    ),
    "attendance": (gettext_lazy("Attendance list"), gettext_lazy("one")),
    "rules": (gettext_lazy("Rules for the conversation"), gettext_lazy("one for each table")),
    "questions": (
        gettext_lazy("What to ask each other"),
        gettext_lazy("one, for who leads; nobody else sees it before its question is put"),
    ),
    "slip": (gettext_lazy("My own answer first"), gettext_lazy("one each")),
    "outcome": (gettext_lazy("What the room came to"), gettext_lazy("one, for who writes")),
    "plan": (gettext_lazy("What we do: the plan"), gettext_lazy("two, for who writes")),
    "signatures": (gettext_lazy("Signatures of both sides"), gettext_lazy("one")),
    "minutes": (gettext_lazy("Minutes"), gettext_lazy("one, for who writes")),
}
"""By name the title of each sheet, in their order, and how many copies are printed."""
MOST_DECISIONS = 5
FEWEST_ROWS, EMPTY_ROWS = 20, 8
"""Of the attendance list: so many at least, and so many for people whom nobody invited by name."""
PLAN_LINES, OPEN_POINTS = 5, 3


@dataclass(frozen=True, slots=True)
class Sheet:
    number: str
    title: str
    copies: str


@dataclass(frozen=True, slots=True)
class Letter:
    """To one sector; `institutions` are those that are known of it."""

    sector: str
    institutions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Empty but for the number where nobody is invited by name."""

    number: str
    name: str = ""
    institution: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class SigningSide:
    """`name` and `function` are of who was named to sign, if anybody was."""

    sector: str
    name: str
    function: str


@dataclass(frozen=True, slots=True)
class FacilitatorPack:
    """`why_empty` says why no figure stands in it. Levels go from `lowest` to `highest`; `each` are
    the minutes for one question in half a day. `content_hash` is of the result that is to be
    signed, empty as long as the session can still make it another one.
    """

    scheme: str
    reference: str
    organisation: str
    minimum: str
    demo: bool
    closed: bool
    sheets: Mapping[str, Sheet]
    half_day: list[AgendaItem]
    whole_day: list[AgendaItem]
    letters: tuple[Letter, ...]
    attendance: tuple[AttendanceRow, ...]
    why_empty: str
    lowest: str
    highest: str
    each: str
    chain: str
    questions: list[PackQuestion]
    decisions: tuple[str, ...]
    plan_lines: tuple[str, ...]
    open_points: tuple[str, ...]
    sides: tuple[SigningSide, ...]
    content_hash: str


def pack_of_round(round: Round, *, language: str, begins: time | None) -> FacilitatorPack:
    """In the language of the page; `language` is that of the question bank.

    For who runs the round: names of people stand in it as on its board.
    """
    joint = joint_result_of(round)
    instrument = round.instrument(language)
    questions = pack_questions(round, joint, instrument)
    why_empty = why_no_figures(round, joint)
    report = None if why_empty else report_of_round(round, language=language)
    sheets = _sheets()
    numbers = {name: sheet.number for name, sheet in sheets.items()}
    owner = round.scheme.owner
    return FacilitatorPack(
        scheme=round.names()[0],
        reference=round.reference,
        organisation=owner.name if owner else "",
        minimum=formats.number(round.minimum or 0),
        demo=round.demo,
        closed=round.is_closed,
        sheets=sheets,
        half_day=half_day(begins, len(questions), numbers),
        whole_day=whole_day(begins, len(questions), numbers),
        letters=_letters(round),
        attendance=_attendance(round),
        why_empty=why_empty,
        lowest=instrument.scale.labels[0],
        highest=instrument.scale.labels[-1],
        each=formats.number(minutes_each(len(questions))),
        chain=chain_in_brief(report) if report else "",
        questions=questions,
        decisions=tuple(one.title for one in to_decide(report)[:MOST_DECISIONS]) if report else (),
        plan_lines=_numbers(PLAN_LINES),
        open_points=_numbers(OPEN_POINTS),
        sides=_sides(round),
        content_hash=_hash_to_sign(round),
    )


def title_of(pack: FacilitatorPack) -> str:
    return _("Facilitator’s pack: {scheme}").format(scheme=pack.scheme)


def _sheets() -> dict[str, Sheet]:
    return {
        name: Sheet(formats.number(at), str(title), str(copies))
        for at, (name, (title, copies)) in enumerate(SHEETS.items(), 1)
    }


def _letters(round: Round) -> tuple[Letter, ...]:
    """To both sides, and to every other sector of which somebody is invited."""
    people = round.invitations.listed().standing()
    invited = list(people.values_list("sector", "institution"))
    programmes = [(one.get("sector", ""), one["institution"]) for one in round.names()[1]]
    there = {sector for sector, _institution in invited} | {*COORDINATING_SECTORS}
    return tuple(
        Letter(str(SECTOR_WORDS[sector]), _institutions(sector, [*programmes, *invited]))
        for sector in SECTORS
        if sector in there
    )


def _institutions(sector: str, known: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for of, name in known if of == sector and name))


def _attendance(round: Round) -> tuple[AttendanceRow, ...]:
    people = list(round.invitations.listed().standing().exclude(name=""))
    count = max(FEWEST_ROWS, len(people) + EMPTY_ROWS)
    named = [
        AttendanceRow(
            formats.number(at),
            one.name,
            one.institution,
            seat_words(one.sector, one.tier, round.tier_words),
        )
        for at, one in enumerate(people, 1)
    ]
    rest = range(len(people) + 1, count + 1)
    return (*named, *(AttendanceRow(formats.number(at)) for at in rest))


def _sides(round: Round) -> tuple[SigningSide, ...]:
    named = {one.sector: one for one in round.signatories.all()}
    return tuple(
        SigningSide(
            str(SECTOR_WORDS[sector]),
            named[sector].name if sector in named else "",
            named[sector].function if sector in named else "",
        )
        for sector in COORDINATING_SECTORS
    )


def _hash_to_sign(round: Round) -> str:
    ended = JointSession.objects.filter(round=round, ended_at__isnull=False).exists()
    return round.result_that_counts.content_hash if ended else ""


def _numbers(count: int) -> tuple[str, ...]:
    return tuple(formats.number(at) for at in range(1, count + 1))
