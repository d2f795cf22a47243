"""How a round came about: what somebody has to know before she signs its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessment.models.results import hash_of_content
from assessment.reports import formats
from assessment.reports.seat_wording import SECTORS
from assessment.reports.sections.lines import Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assessment.reports.report_data import ReportData

DECISIONS = {"approved": gettext_lazy("approves"), "refused": gettext_lazy("refuses")}


@dataclass(frozen=True, slots=True)
class GroupTakingPart:
    name: str
    invited: str
    submitted: str


@dataclass(frozen=True, slots=True)
class Signed:
    """`confirmed` says how the site knows of it; `reason` is empty where there is none."""

    side: str
    who: str
    decision: str
    refused: bool
    reason: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Process:
    groups: tuple[GroupTakingPart, ...]
    total: GroupTakingPart
    sentences: tuple[str, ...]
    signed: tuple[Signed, ...]
    statement_hash: str


def process(report: ReportData) -> Section | None:
    """None of who answers alone, and of a round that closed before this was kept."""
    found = report.process
    if not found:
        return None
    content = Process(
        groups=tuple(
            _group(report.seat_words(one["sector"], one["tier"]), one["invited"], one["submitted"])
            for one in found["groups"]
        ),
        total=_group(
            _("Everybody"),
            sum(one["invited"] for one in found["groups"]),
            sum(one["submitted"] for one in found["groups"]),
        ),
        sentences=tuple(_sentences(found)),
        signed=tuple(_signed(one) for one in found["sign_offs"]),
        statement_hash=hash_of_content(found),
    )
    return Section("process", _("How this result came about"), "report/_process.html", content)


def _group(name: str, invited: int, submitted: int) -> GroupTakingPart:
    return GroupTakingPart(name, formats.number(invited), formats.number(submitted))


def _sentences(found: Mapping[str, Any]) -> Iterator[str]:
    yield _("Everybody answered alone, before anybody knew what others had answered.")
    entries = found["entries"]
    if n := entries.get("open_link", 0):
        yield ngettext(
            "{number} person came by the link of a group.",
            "{number} people came by the link of a group.",
            n,
        ).format(number=formats.number(n))
    if n := entries.get("on_behalf", 0):
        yield ngettext(
            "{number} sheet was keyed in on behalf of the person who filled it in.",
            "{number} sheets were keyed in on behalf of the people who filled them in.",
            n,
        ).format(number=formats.number(n))
    if n := found["not_submitted"]:
        yield ngettext(
            "{number} person began and did not submit; nothing of it counts.",
            "{number} people began and did not submit; nothing of it counts.",
            n,
        ).format(number=formats.number(n))
    if n := found["declined"]:
        yield ngettext(
            "{number} person declined to take part.", "{number} people declined to take part.", n
        ).format(number=formats.number(n))
    if found["high"]:
        share = formats.percent(found["high_with_note"] / found["high"])
        yield _("{share} of the high answers come with a note on what they rest on.").format(
            share=share
        )
    yield from _session(found)
    sentence = (
        _("After closing, nobody changed what people answered apart: its hash is still {hash}.")
        if found["unchanged"]
        else _("What people answered apart is not that of its hash, {hash}. Do not rely on it.")
    )
    yield format_html(sentence, hash=format_html("<code>{}</code>", found["joint_hash"][:16]))


def _session(found: Mapping[str, Any]) -> Iterator[str]:
    session = found["session"]
    if session is None:
        yield _("No joint session has been held, or it has not ended yet.")
        return
    yield ngettext(
        "The joint session ended on {day}; it talked about {number} question.",
        "The joint session ended on {day}; it talked about {number} questions.",
        session["talked"],
    ).format(
        day=formats.day_words(date.fromisoformat(session["day"])),
        number=formats.number(session["talked"]),
    )
    if n := session["second_answers"]:
        yield ngettext(
            "At {number} of them people answered once more in private before the talk.",
            "At {number} of them people answered once more in private before the talk.",
            n,
        ).format(number=formats.number(n))
    yield _("Agreed: {agreed}. Not agreed: {not_agreed}.").format(
        agreed=formats.number(found["agreed"]), not_agreed=formats.number(found["not_agreed"])
    )


def _signed(one: Mapping[str, str]) -> Signed:
    by_mail = one["way"] == "mailbox"
    day = formats.day_words(date.fromisoformat(one["day"]))
    confirmed = (
        _(
            "{day}, confirmed through an address at {host}. The site checks the mailbox, not the "
            "person."
        )
        if by_mail
        else _("{day}, signed on paper and entered by who runs the round.")
    )
    return Signed(
        side=str(SECTORS[one["sector"]]),
        who=f"{one['name']}, {one['function']}",
        decision=str(DECISIONS[one["decision"]]),
        refused=one["decision"] == "refused",
        reason=one["reason"],
        confirmed=confirmed.format(day=day, host=one["host"]),
    )
