"""Which actions a reader wants to see: by who acts, at which tier, when, and on what subject."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assessment.reports import formats
from assessment.reports.seat_wording import SECTORS, TIERS
from assessment.reports.side_signs import roles_of
from assessment.reports.wording import TIMINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.model import Instrument, Role, Rule
    from assessment.reports.report_data import ReportData

LONGEST_VALUE = 60
"""Letters of what is chosen in one list of the filter."""

SIDE, UNIT = "side:", "unit:"
"""Who acts is a sector or one unit; its value says which of both."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for, each empty where everything is asked for."""

    who: str = ""
    tier: str = ""
    when: str = ""
    subject: str = ""

    @property
    def is_made(self) -> bool:
        return self != Choice()


def asked_for(query: Mapping[str, str]) -> dict[str, str]:
    """What an address asks for, no longer than any list offers."""
    return {one.name: query.get(one.name, "")[:LONGEST_VALUE] for one in fields(Choice)}


def choice_of(sent: Mapping[str, str], report: ReportData) -> Choice:
    """What was sent, without what no list of this report offers."""
    known = {one.name: {value for value, _words in one.values} for one in selects(report, Choice())}
    return Choice(
        **{
            one.name: value
            for one in fields(Choice)
            if (value := sent.get(one.name, "")) in known.get(one.name, ())
        }
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Options of a list under a heading, or without one."""

    heading: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Select:
    """One list of the filter, with what is chosen in it."""

    name: str
    label: str
    every: str
    groups: tuple[Group, ...]
    chosen: str

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        return tuple(option for group in self.groups for option in group.options)


def selects(report: ReportData, choice: Choice) -> tuple[Select, ...]:
    """A list for each thing in which the recommendations of this report differ."""
    bank = report.instrument
    rules = [bank.rule[found.rule] for found in report.result.recommendations]
    roles = {role.code: role for rule in rules for role in roles_of(bank, rule)}.values()
    sides = ((f"{SIDE}{code}", str(SECTORS[code])) for code in _present(roles, "sector", SECTORS))
    units = [(f"{UNIT}{role.code}", role.name) for role in roles]
    units.sort(key=lambda one: formats.sort_key(one[1]))
    tiers = ((code, report.tiers[code]) for code in _present(roles, "tier", TIERS))
    timings = {rule.timing for rule in rules}
    subjects = {code for rule in rules for code in rule.dimensions}
    found = (
        Select(
            "who",
            _("Who acts"),
            _("All"),
            (Group(_("Sides"), tuple(sides)), Group(_("Units"), tuple(units))),
            choice.who,
        ),
        Select("tier", _("Tier"), _("All tiers"), (Group("", tuple(tiers)),), choice.tier),
        Select(
            "when",
            _("When"),
            _("Any time"),
            (Group("", tuple((c, capfirst(str(w))) for c, w in TIMINGS.items() if c in timings)),),
            choice.when,
        ),
        Select(
            "subject",
            _("Subject"),
            _("All subjects"),
            (Group("", tuple((d.code, d.name) for d in bank.dimensions if d.code in subjects)),),
            choice.subject,
        ),
    )
    return tuple(one for one in found if len(one.values) > 1)


def _present(roles: Iterable[Role], field: str, known: Mapping[str, object]) -> list[str]:
    """The tiers or sectors that these roles have, in their usual order."""
    there = {getattr(role, field) for role in roles}
    return [code for code in known if code in there]


def is_wanted(bank: Instrument, rule: Rule, choice: Choice) -> bool:
    """Who leads and who takes part both act: one of them has the side and the tier."""
    acts = not (choice.who or choice.tier) or any(
        _is_chosen(role, choice) for role in roles_of(bank, rule)
    )
    return (
        acts
        and (not choice.when or rule.timing == choice.when)
        and (not choice.subject or choice.subject in rule.dimensions)
    )


def _is_chosen(role: Role, choice: Choice) -> bool:
    """A role without a side or tier of its own has any."""
    sides = {"", f"{SIDE}{role.sector or choice.who.removeprefix(SIDE)}"}
    return choice.who in sides | {f"{UNIT}{role.code}"} and choice.tier in {
        "",
        role.tier or choice.tier,
    }
