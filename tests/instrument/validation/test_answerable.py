"""What keeps people from answering: facts asked twice or not at all, points nobody can have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.grammar import parse
from assessment.instrument.issues import Issue, Where
from assessment.instrument.model import Option
from assessment.instrument.validation.validate import issues_in
from tests.instrument.changed_bank import changed, not_named

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

P1, P4, P5, P6, P7, DS1, PC2 = (
    Where("questions", code) for code in ("P1", "P4", "P5", "P6", "P7", "DS1", "PC2")
)
LA = Where("regions", "LA")
SINGLE, OTHER = Option("single", "One programme."), Option("coincident", "Two programmes.")
ONE_TICK = (Option("a", "A.", 1), Option("none", "None.", 1, exclusive=True))
ASKED_LATER = {"shown_if": parse("answer.PC1 >= 1")}
TABLE: list[tuple[Issue, dict[str, Any]]] = [
    (P4.issue("shown_if", "profile_condition"), ASKED_LATER),
    (P7.issue("profile", "profile_twice", value="stage"), {"profile": "stage"}),
    (P4.issue("profile", "region_is_not_asked"), {"profile": "region"}),
    (
        P4.issue("kind", "profile_kind", value="stage", choices=("level", "choice")),
        {"kind": "country", "options": ()},
    ),
    (P5.issue("minimum", "programmes_from_one"), {"minimum": 0}),
    (P6.issue("options", "no_single_arrangement", value="single"), {"options": (OTHER,)}),
    (P6.issue("options", "no_other_arrangement", value="single"), {"options": (SINGLE,)}),
    (LA.issue("countries", "country_form", value="Peru"), {"countries": ("Peru",)}),
    (DS1.issue("options/none/points", "exclusive_points", option="none"), {"options": ONE_TICK}),
    (
        PC2.issue("hidden_points", "hidden_points_range", most=4),
        {"hidden_points": 5, **ASKED_LATER},
    ),
    (
        PC2.issue("hidden_points", "hidden_points_range", most=4),
        {"hidden_points": -1, **ASKED_LATER},
    ),
    (
        DS1.issue("hidden_points", "hidden_points_range", most=0),
        {"hidden_points": 0, "options": (), **ASKED_LATER},
    ),
]


def test_what_no_answer_could_tell_is_named(bank: Instrument) -> None:
    assert not_named(bank, TABLE) == []


def test_what_can_be_answered_is_not_named(bank: Instrument) -> None:
    """One programme needs no other arrangement."""
    table: list[tuple[str, dict[str, Any]]] = [
        ("PC2", {"hidden_points": 4, **ASKED_LATER}),
        ("PC2", {"hidden_points": 0, **ASKED_LATER}),
        ("P6", {"options": (SINGLE, OTHER)}),
    ]
    named = [(code, issues_in(changed(bank, "questions", code, **more))) for code, more in table]
    one = changed(bank, "questions", "P5", minimum=0, maximum=1)
    codes = {issue.code for issue in issues_in(changed(one, "questions", "P6", options=(SINGLE,)))}

    assert named == [(code, []) for code, _ in table]
    assert codes & {"no_single_arrangement", "no_other_arrangement"} == set()


def test_edition_in_which_nothing_is_asked_is_named(bank: Instrument) -> None:
    nothing = replace(bank, name=" ", dimensions=())
    nowhere = replace(bank, regions=tuple(replace(region, countries=()) for region in bank.regions))

    assert {Issue("edition_without_name"), Issue("no_dimensions")} <= set(issues_in(nothing))
    assert P1.issue("profile", "no_countries") in issues_in(nowhere)
