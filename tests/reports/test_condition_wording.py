"""What a condition says in words."""

from __future__ import annotations

import pytest

from assessment.instrument.conditions.check import check
from assessment.instrument.conditions.grammar import parse
from assessment.instrument.model import Instrument
from assessment.reports.condition_wording import describe, subject_words
from tests.invented_kind import ASKED, registered
from tests.invented_kind import bank as invented_bank
from tests.seeds_once import seeds


@pytest.fixture(scope="module")
def bank() -> Instrument:
    return seeds()


def said(text: str, bank: Instrument) -> str:
    condition = parse(text)
    assert check(condition, bank) == []
    sentence = describe(condition, bank)
    return sentence.removeprefix("This is true where ").removesuffix(".")


def comparisons(bank: Instrument) -> dict[str, str]:
    name = {code: dimension.name for code, dimension in bank.dimension.items()}
    asked = bank.question
    unknown = "the share of “I do not know”"
    body = asked["HC3"].option("named_body")
    assert body is not None
    return {
        "level.TG <= 1": f"the level of {name['TG']} is at most “Initial”",
        "score.TG < 40": f"the score of {name['TG']} is below 40",
        "level.TG < 1.5": f"the level of {name['TG']} is below 1.50",
        'direction.TG == "low"': f"the direction of {name['TG']} is “low”",
        'standing.TG != "open"': (
            f"how much is known of {name['TG']} is not “nothing is known yet”"
        ),
        "directions.high >= 9": (
            "the number of dimensions whose direction is “high” is at least 9"
        ),
        "unknown.count >= 3": ("the number of dimensions with many “I do not know” is at least 3"),
        "unknown.TG > 0.3": f"{unknown} on {name['TG']} is above 30%",
        "unknown.any > 0.5": f"{unknown} in some dimension is above 50%",
        "answer.TG1 >= 3": (
            f"the answer to TG1 “{asked['TG1'].text}” is at least 3 "
            f"“{asked['TG1'].options[3].text}”"
        ),
        "answer.BI5 > 20": (
            f"the answer to BI5 “{asked['BI5'].text}” is above 20 {asked['BI5'].unit}".rstrip()
        ),
        '"named_body" in answer.HC3': f"“{body.text}” is chosen in HC3",
        '"named_body" not in answer.HC3': f"“{body.text}” is not chosen in HC3",
        "points.LC2 < 6": (f"the number of points reached in LC2 “{asked['LC2'].text}” is below 6"),
        "gap.sectors.HC >= 1": (
            f"the difference in levels between the two sectors on {name['HC']} is at least 1"
        ),
        "gap.tiers.any > 1": (
            "the difference in levels between national and local on some dimension is above 1"
        ),
        "disagreement.any >= 5/6": (
            "the disagreement inside one group (in levels) is at least 0.83"
        ),
    }


def of_the_profile(bank: Instrument) -> dict[str, str]:
    region = next(region.name for region in bank.regions if region.code == "LA")
    stage = next(q for q in bank.profile_questions if q.profile == "stage")
    label = {option.value: option.text for option in stage.options}
    both = f"“{label['running']}”, “{label['closing']}”"
    pc, bi, tg = (bank.dimension[code].name for code in ("PC", "BI", "TG"))
    return {
        'profile.region == "LA"': f"the region of the scheme is “{region}”",
        'profile.country != "PE"': "the country of the scheme is not “Peru”",
        'profile.stage in ("running", "closing")': (
            f"the answer to “{stage.text}” is one of these: {both}"
        ),
        'profile.stage not in ("running", "closing")': (
            f"the answer to “{stage.text}” is none of these: {both}"
        ),
        'level.PC >= 3 and (level.BI <= 1 or level.TG <= 1) and not profile.region == "LA"': (
            f"the level of {pc} is at least “Established” and (the level of {bi} is at most "
            f"“Initial” or the level of {tg} is at most “Initial”) and it is not so that "
            f"(the region of the scheme is “{region}”)"
        ),
    }


def test_condition_is_told_in_words(bank: Instrument) -> None:
    table = comparisons(bank) | of_the_profile(bank)

    assert {text: said(text, bank) for text in table} == table


def test_answer_that_is_a_word_and_what_nobody_asks_are_told(bank: Instrument) -> None:
    with registered():
        words = said('answer.PC8 != "no"', invented_bank())

    assert words == f"the answer to PC8 “{ASKED.text}” is not “{ASKED.options[1].text}”"
    assert subject_words("profile.moon", bank) == "moon"


def test_every_condition_of_the_seeds_has_words(bank: Instrument) -> None:
    conditions = [rule.when for rule in bank.rules]
    conditions += [question.shown_if for question in bank.questions if question.shown_if]

    assert [condition for condition in conditions if not describe(condition, bank)] == []
