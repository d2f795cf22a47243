"""What is refused as input, and under which name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessment.instrument.answers import Answer, BadAnswer
from assessment.method.parse_input import (
    fact_of,
    read_agreed,
    read_assessment,
    read_minimum,
    read_profile,
    read_responses,
)
from assessment.method.result import Respondent
from tests.instrument.build import instrument, level, multi
from tests.tables import raised

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.instrument.model import Instrument

BANK = instrument(
    level("PC1", tiers=("national",), sectors=("agriculture",)),
    level("PC2"),
    multi("PC3", {"plan": 1}),
)


def refusal(read: Callable[[Instrument, Any], object], raw: object) -> tuple[str, str]:
    error = raised(BadAnswer, read, BANK, raw)
    return error.code, error.where


def test_read_profile_takes() -> None:
    table: list[tuple[object, dict[str, object]]] = [
        ({}, {}),
        ({"country": "PE"}, {"country": "PE", "region": "LA"}),
        ({"region": "AF"}, {"region": "AF"}),
        ({"region": "LA", "country": "MX"}, {"country": "MX", "region": "LA"}),
        ({"stronger": "dont_know"}, {"stronger": "dont_know"}),
        ({"stage": None}, {}),
        (
            {"arrangement": "dont_know", "programmes": 1},
            {"programmes": 1, "arrangement": "dont_know"},
        ),
        (
            {"arrangement": "single", "programmes": 1, "stage": "design"},
            {"stage": "design", "programmes": 1, "arrangement": "single"},
        ),
    ]

    assert [list(read_profile(BANK, raw).items()) for raw, _ in table] == [
        list(profile.items()) for _, profile in table
    ]


def test_read_profile_refuses() -> None:
    table: list[tuple[object, str, str]] = [
        ([], "not_object", "profile"),
        ({"weather": "fine"}, "unknown_profile_field", "profile"),
        ({3: "fine"}, "unknown_profile_field", "profile"),
        ({"country": "XX"}, "unknown_country", "profile.country"),
        ({"country": 3}, "unknown_country", "profile.country"),
        ({"region": "Asia"}, "unknown_profile_value", "profile.region"),
        ({"region": "AF", "country": "PE"}, "region_conflict", "profile.region"),
        ({"stage": "dreaming"}, "unknown_profile_value", "profile.stage"),
        ({"country": "dont_know"}, "unknown_country", "profile.country"),
        ({"programmes": 0}, "out_of_range", "profile.programmes"),
        ({"programmes": 51}, "out_of_range", "profile.programmes"),
        ({"programmes": 2.0}, "not_whole", "profile.programmes"),
        ({"programmes": True}, "not_whole", "profile.programmes"),
        ({"programmes": 2, "arrangement": "single"}, "arrangement_conflict", "profile.arrangement"),
        (
            {"programmes": 1, "arrangement": "coincident"},
            "arrangement_conflict",
            "profile.arrangement",
        ),
    ]

    assert [(raw, *refusal(read_profile, raw)) for raw, _, _ in table] == table


def test_field_of_the_profile_needs_its_question_and_one_value() -> None:
    bare = instrument(questions=(level("PC1"),))
    question = multi("P4", {"design": 1, "running": 2}, "", profile="stage")

    unasked = raised(BadAnswer, read_profile, bare, {"stage": "design"})
    several = raised(BadAnswer, fact_of, question, Answer("answered", ("design", "running")))

    assert [(error.code, error.where) for error in (unasked, several)] == [
        ("unknown_profile_field", "profile"),
        ("unknown_profile_value", "profile.stage"),
    ]
    assert unasked.params == {"field": "stage"}
    assert several.params["value"] == "design, running"


def test_read_responses_takes_every_form_of_answer() -> None:
    raw = [
        {"answers": {"PC1": 3, "PC2": "dont_know", "PC3": None}},
        {"tier": "local", "sector": "other", "people": 7},
    ]

    assert read_responses(BANK, raw) == (
        Respondent({"PC1": Answer("answered", 3), "PC2": Answer("dont_know")}),
        Respondent({}, "local", "other", 7),
    )


def test_read_responses_refuses() -> None:
    table: list[tuple[object, str, str]] = [
        ({}, "not_a_list", "responses"),
        ([3], "not_object", "responses[0]"),
        ([{"reply": {}}], "unknown_entry", "responses[0]"),
        ([{"answers": []}], "not_object", "responses[0].answers"),
        ([{"tier": "village", "sector": "other"}], "unknown_tier", "responses[0].tier"),
        ([{"tier": "local", "sector": "health"}], "unknown_sector", "responses[0].sector"),
        ([{"tier": "local"}], "tier_without_sector", "responses[0]"),
        ([{"people": 1}], "people_out_of_range", "responses[0].people"),
        ([{"people": 1001}], "people_out_of_range", "responses[0].people"),
        ([{"people": True}], "people_not_whole", "responses[0].people"),
        ([{"people": "7"}], "people_not_whole", "responses[0].people"),
        ([{"sector": "other"}], "tier_without_sector", "responses[0]"),
        ([{}, {"answers": {"XX1": 3}}], "unknown_question", "responses[1].answers.XX1"),
        ([{"answers": {"P5": 3}}], "profile_question", "responses[0].answers.P5"),
        ([{"answers": {"PC1": 5}}], "out_of_range", "responses[0].answers.PC1"),
        ([{"answers": {"PC1": True}}], "not_whole", "responses[0].answers.PC1"),
        ([{"answers": {"PC3": []}}], "empty", "responses[0].answers.PC3"),
    ]

    assert [(raw, *refusal(read_responses, raw)) for raw, _, _ in table] == table


LOCAL = {"tier": "local", "sector": "agriculture"}
FINANCE = {"tier": "national", "sector": "finance"}


def test_read_assessment_refuses() -> None:
    table: list[tuple[dict[str, object], str, str]] = [
        ({"responses": []}, "no_responses", "responses"),
        ({"responses": [{}, {}]}, "tier_needed", "responses[0]"),
        ({"responses": [LOCAL, {}]}, "tier_needed", "responses[1]"),
        ({"responses": [{}], "minimum": 5}, "tier_needed", "responses[0]"),
        ({"responses": [{}], "minimum": 2}, "minimum_too_small", "minimum"),
        ({"responses": [LOCAL], "minimum": 2}, "minimum_too_small", "minimum"),
        ({"responses": [{}], "agreed": []}, "not_object", "agreed"),
        (
            {"responses": [LOCAL | {"answers": {"PC1": 3}}, LOCAL]},
            "not_routed",
            "responses[0].answers.PC1",
        ),
        (
            {
                "responses": [
                    LOCAL,
                    {"tier": "national", "sector": "finance", "answers": {"PC1": 3}},
                ]
            },
            "not_routed",
            "responses[1].answers.PC1",
        ),
    ]

    assert [(raw, *refusal(read_assessment, raw)) for raw, _, _ in table] == table


def test_one_response_without_a_minimum_is_a_person_alone_who_is_asked_everything() -> None:
    said = LOCAL | {"answers": {"PC1": 3}}
    seat = {"tier": "national", "sector": "agriculture", "answers": {"PC1": 3, "PC2": 1}}
    table: list[tuple[dict[str, object], bool, list[list[str]]]] = [
        ({"responses": [{}]}, True, [[]]),
        ({"responses": [said]}, True, [["PC1"]]),
        ({"responses": [LOCAL], "minimum": 5}, False, [[]]),
        ({"responses": [LOCAL, LOCAL]}, False, [[], []]),
        (
            {"responses": [seat, LOCAL | {"answers": {"PC2": 2}}]},
            False,
            [["PC1", "PC2"], ["PC2"]],
        ),
    ]

    def outcome(raw: dict[str, object]) -> tuple[bool, list[list[str]]]:
        found = read_assessment(BANK, raw)
        return found.alone, [list(one.answers) for one in found.responses]

    assert [(raw, *outcome(raw)) for raw, _, _ in table] == table


def test_read_minimum_and_agreed_take_what_can_be_meant_and_refuse_the_rest() -> None:
    table: list[tuple[object, int]] = [(None, 5), (3, 3), (12, 12)]
    refused = [2, 0, -1, True, 5.0, "5"]
    errors = [raised(BadAnswer, read_minimum, BANK, raw) for raw in refused]

    assert [(raw, read_minimum(BANK, raw)) for raw, _ in table] == table
    assert [(error.code, error.where, error.params) for error in errors] == [
        ("minimum_too_small", "minimum", {"smallest": 3})
    ] * len(refused)

    not_agreed: list[tuple[object, str]] = [
        ([], "not_object"),
        ({"PC1": "dont_know"}, "not_agreed"),
        ({"PC1": 7}, "out_of_range"),
        ({"XX1": 7}, "unknown_question"),
    ]

    assert read_agreed(BANK, {"PC1": 3}) == {"PC1": Answer("answered", 3)}
    assert [
        (raw, raised(BadAnswer, read_agreed, BANK, raw).code) for raw, _ in not_agreed
    ] == not_agreed
