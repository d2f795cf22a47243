"""What is refused as input, and under which name."""

from __future__ import annotations

import pytest

from assessment.instrument.answers import Answer, BadAnswer
from assessment.method.parse_input import (
    read_agreed,
    read_assessment,
    read_minimum,
    read_profile,
    read_responses,
)
from assessment.method.result import Respondent
from tests.instrument.build import instrument, level, multi

BANK = instrument(
    level("PC1", tiers=("national",), sectors=("agriculture",)),
    level("PC2"),
    multi("PC3", {"plan": 1}),
)


@pytest.mark.parametrize(
    ("raw", "profile"),
    [
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
    ],
)
def test_read_profile_takes(raw: object, profile: dict[str, object]) -> None:
    found = read_profile(BANK, raw)

    assert list(found.items()) == list(profile.items())


@pytest.mark.parametrize(
    ("raw", "code", "where"),
    [
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
    ],
)
def test_read_profile_refuses(raw: object, code: str, where: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        read_profile(BANK, raw)

    assert (caught.value.code, caught.value.where) == (code, where)


def test_read_profile_needs_the_question_of_a_field() -> None:
    bare = instrument(questions=(level("PC1"),))

    with pytest.raises(BadAnswer) as caught:
        read_profile(bare, {"stage": "design"})

    assert (caught.value.code, caught.value.params) == ("unknown_profile_field", {"field": "stage"})


def test_read_responses_takes_every_form_of_answer() -> None:
    raw = [
        {"answers": {"PC1": 3, "PC2": "dont_know", "PC3": None}},
        {"tier": "local", "sector": "other"},
    ]

    assert read_responses(BANK, raw) == (
        Respondent({"PC1": Answer("answered", 3), "PC2": Answer("dont_know")}),
        Respondent({}, "local", "other"),
    )


@pytest.mark.parametrize(
    ("raw", "code", "where"),
    [
        ({}, "not_a_list", "responses"),
        ([3], "not_object", "responses[0]"),
        ([{"reply": {}}], "unknown_entry", "responses[0]"),
        ([{"answers": []}], "not_object", "responses[0].answers"),
        ([{"tier": "village", "sector": "other"}], "unknown_tier", "responses[0].tier"),
        ([{"tier": "local", "sector": "health"}], "unknown_sector", "responses[0].sector"),
        ([{"tier": "local"}], "tier_without_sector", "responses[0]"),
        ([{"sector": "other"}], "tier_without_sector", "responses[0]"),
        ([{}, {"answers": {"XX1": 3}}], "unknown_question", "responses[1].answers.XX1"),
        ([{"answers": {"P5": 3}}], "profile_question", "responses[0].answers.P5"),
        ([{"answers": {"PC1": 5}}], "out_of_range", "responses[0].answers.PC1"),
        ([{"answers": {"PC1": True}}], "not_whole", "responses[0].answers.PC1"),
        ([{"answers": {"PC3": []}}], "empty", "responses[0].answers.PC3"),
    ],
)
def test_read_responses_refuses(raw: object, code: str, where: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        read_responses(BANK, raw)

    assert (caught.value.code, caught.value.where) == (code, where)


LOCAL = {"tier": "local", "sector": "agriculture"}
FINANCE = {"tier": "national", "sector": "finance"}


@pytest.mark.parametrize(
    ("raw", "code", "where"),
    [
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
    ],
)
def test_read_assessment_refuses(raw: dict[str, object], code: str, where: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        read_assessment(BANK, raw)

    assert (caught.value.code, caught.value.where) == (code, where)


@pytest.mark.parametrize(
    ("raw", "alone"),
    [
        ({"responses": [{}]}, True),
        ({"responses": [LOCAL]}, True),
        ({"responses": [LOCAL], "minimum": 5}, False),
        ({"responses": [LOCAL, LOCAL]}, False),
    ],
)
def test_one_response_without_a_minimum_is_a_person_alone(
    raw: dict[str, object], alone: bool
) -> None:
    assert read_assessment(BANK, raw).alone is alone


def test_who_is_alone_answers_everything_wherever_she_sits() -> None:
    parsed = read_assessment(BANK, {"responses": [LOCAL | {"answers": {"PC1": 3}}]})

    assert parsed.responses[0].answers == {"PC1": Answer("answered", 3)}


@pytest.mark.parametrize(("raw", "minimum"), [(None, 5), (3, 3), (12, 12)])
def test_read_minimum_takes(raw: object, minimum: int) -> None:
    assert read_minimum(BANK, raw) == minimum


@pytest.mark.parametrize("raw", [2, 0, -1, True, 5.0, "5"])
def test_read_minimum_refuses(raw: object) -> None:
    with pytest.raises(BadAnswer, match="minimum_too_small") as caught:
        read_minimum(BANK, raw)

    assert (caught.value.where, caught.value.params) == ("minimum", {"smallest": 3})


def test_read_agreed_takes_values() -> None:
    assert read_agreed(BANK, {"PC1": 3}) == {"PC1": Answer("answered", 3)}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ([], "not_object"),
        ({"PC1": "dont_know"}, "not_agreed"),
        ({"PC1": 7}, "out_of_range"),
        ({"XX1": 7}, "unknown_question"),
    ],
)
def test_read_agreed_refuses(raw: object, code: str) -> None:
    with pytest.raises(BadAnswer) as caught:
        read_agreed(BANK, raw)

    assert caught.value.code == code
