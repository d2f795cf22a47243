"""Who acts, seen from where the reader works; and the names that stand beside those who act."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.method.seats import Seat
from assessment.reports.report_data import NamedProgramme
from assessment.reports.sections.names import cut_list, names_beside
from assessment.reports.sections.own_words import shown_rules
from assessment.reports.sections.seat import FromTheSeat, seat

if TYPE_CHECKING:
    from assessment.instrument.model import Rule
    from assessment.reports.report_data import ReportData

SIDES = (
    NamedProgramme("Cash", "Ministry of Care", "social_protection"),
    NamedProgramme("Seeds", "", "agriculture"),
)


def seen_from(report: ReportData, tier: str, sector: str = "") -> FromTheSeat:
    section = seat(replace(report, seat=Seat(tier, sector), programmes=SIDES))
    assert section is not None
    assert isinstance(section.content, FromTheSeat)
    return section.content


def test_everything_shown_stands_in_one_part_by_the_seat(report: ReportData) -> None:
    found = seen_from(report, "local", "agriculture")
    local, national = seen_from(report, "local"), seen_from(report, "national")
    actions = [title for part in found.parts for actor in part.actors for title in actor.actions]

    assert len(set(actions)) == len(actions) >= len(list(shown_rules(report)))
    assert found.parts[0].title == "What you can start yourself"
    assert found.parts[-1].title == "What to take higher"
    assert [one.where for one in (found, local, national)] == [
        "Local, Agriculture",
        "Local",
        "National",
    ]
    assert local.parts != national.parts


def test_nothing_is_said_without_a_tier_or_without_a_role(report: ReportData) -> None:
    roleless = replace(report.instrument, rules=old_rules(report))

    assert seat(replace(report, seat=Seat("", "agriculture"))) is None
    assert seat(replace(report, seat=Seat("local"), instrument=roleless)) is None


def old_rules(report: ReportData) -> tuple[Rule, ...]:
    """As editions of before have them: who acts in words."""
    return tuple(replace(rule, role="", actor="Somebody") for rule in report.instrument.rules)


def test_names_stand_beside_the_roles_of_their_side_alone(report: ReportData) -> None:
    """Five of them, and how many others."""
    offices = tuple(f"Office {at}" for at in range(14))
    named = replace(report, programmes=SIDES)
    table: list[tuple[list[str], tuple[str, ...]]] = [
        (["social_team"], ("Ministry of Care",)),
        (["productive_team"], ("Seeds",)),
        (["social_team", "productive_team"], ()),
        (["planning_units"], ()),
        (["finance_ministry"], ()),
    ]

    def outcome(codes: list[str]) -> tuple[str, ...]:
        return names_beside(named, [report.instrument.role[code] for code in codes])

    assert [(codes, outcome(codes)) for codes, _ in table] == table
    assert cut_list(offices) == (*offices[:5], "and 9 more")
