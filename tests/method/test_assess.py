"""What `assess` gives, whole."""

from __future__ import annotations

import json
from time import process_time
from typing import TYPE_CHECKING

import pytest

from assessment.method.assess import METHOD_VERSION
from assessment.method.result import Respondent
from assessment.method.stored_result import (
    READERS,
    UnknownMethod,
    result_from_json,
    result_to_json,
)
from tests.instrument.build import case, finding, instrument, level, person, rule
from tests.method.judging import assess_raw

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.result import Result

SP, AG = "social_protection", "agriculture"
BANK = instrument(
    *(level(f"{d}{n}", d, findings=("E1",)) for d in ("PC", "DS", "TG") for n in (1, 2)),
    findings=(finding("E1", "enabler"),),
    cases=(case("C1", PC=(1, 2), DS=(0, 1), TG=(3, 4)),),
    rules=(rule("R1", "profile.region in ('LA', 'AF') and level.PC <= 2", "PC"),),
)
ANSWERS: dict[str, object] = {"PC1": 2, "PC2": 1, "DS1": 3, "DS2": 4, "TG1": 0, "TG2": 0}
PROFILE: dict[str, int | str] = {"country": "PE", "arrangement": "coincident"}


def judged(answers: dict[str, object] = ANSWERS, draws: int | None = 20) -> Result:
    return assess_raw(
        instrument=BANK, profile=PROFILE, responses=[person(BANK, answers)], draws=draws
    )


def test_result_says_where_it_comes_from_and_holds_every_part() -> None:
    result = judged()

    assert (result.method, result.edition, result.respondents) == (METHOD_VERSION, None, 1)
    assert result.edition_hash == BANK.content_hash
    assert result.profile == {"country": "PE", "region": "LA", "arrangement": "coincident"}
    assert result.weakest == ("TG", "PC")
    assert result.same_arrangement == ("C1",)
    assert [r.rule for r in result.recommendations] == ["R1"]
    assert result.dimensions["PC"].name == "initial"
    assert result.distances[0].overlap == 3
    assert list(result.robustness) == ["PC", "DS", "TG"]
    assert result.raw is None


def test_result_hangs_on_the_answers_and_not_on_their_order_and_draws_as_the_scale_says() -> None:
    people = [
        person(BANK, {**ANSWERS, "PC1": n % 5}, "local", SP if n % 2 else AG) for n in range(12)
    ]
    forward = assess_raw(instrument=BANK, profile=PROFILE, responses=people)
    backward = assess_raw(instrument=BANK, profile=PROFILE, responses=people[::-1])

    assert judged() == judged()
    assert judged(dict(reversed(ANSWERS.items()))) == judged()
    assert judged({**ANSWERS, "PC1": 3}).seed != judged().seed
    assert forward == backward
    assert judged(draws=None).robustness != judged(draws=20).robustness
    assert judged(draws=0).robustness == {}


def stored_and_read(result: Result) -> Result:
    return result_from_json(json.loads(json.dumps(result_to_json(result))), METHOD_VERSION)


def test_result_of_one_response_and_of_a_round_survives_json() -> None:
    people = [
        person(BANK, {**ANSWERS, "PC1": n % 5}, tier, sector)
        for n in range(6)
        for tier in ("national", "regional", "local")
        for sector in (SP, AG)
    ]
    one = judged()
    several = assess_raw(
        instrument=BANK, profile=PROFILE, responses=people, agreed={"PC2": 3}, draws=20
    )

    assert all((several.gaps, several.agreement, several.chain, several.raw))
    assert [stored_and_read(one), stored_and_read(several)] == [one, several]


def test_result_is_stored_under_keys_that_never_change_and_read_as_its_version_stored_it() -> None:
    content = json.loads(json.dumps(result_to_json(judged())))
    for later in ("groups", "gaps", "agreement", "chain", "agreed", "raw", "minimum", "status"):
        del content[later]

    assert result_from_json(content, "1.0") == judged()
    assert METHOD_VERSION in READERS
    with pytest.raises(UnknownMethod, match="9"):
        result_from_json(result_to_json(judged()), "9")

    assert list(result_to_json(judged())) == [
        *("edition", "edition_hash", "method", "seed", "profile", "respondents", "items"),
        *("dimensions", "weakest", "overall", "verdicts", "cases", "arranged_like"),
        *("distances", "rules", "recommendations", "next_steps", "robustness", "groups", "gaps"),
        *("agreement", "chain", "agreed", "raw", "minimum", "status"),
        *("withheld", "packages", "patterns", "contrast", "advice", "together", "alphas"),
    ]


def test_nothing_answered_is_nothing_known() -> None:
    result = assess_raw(instrument=BANK, profile={}, responses=[Respondent({})])

    assert {d.level for d in result.dimensions.values()} == {None}
    assert (result.weakest, result.overall, result.next_steps) == ((), None, ())
    assert result.rules == {"R1": None}


def test_assess_is_fast_enough_for_a_page(bank: Instrument) -> None:
    responses = [Respondent({})]
    assess_raw(instrument=bank, profile={}, responses=responses, draws=0)
    started = process_time()
    for _ in range(10):
        assess_raw(instrument=bank, profile={}, responses=responses, draws=0)

    assert (process_time() - started) / 10 < 0.1
