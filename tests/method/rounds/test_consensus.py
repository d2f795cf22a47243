"""Agreed answers read as one response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assessment.method.result import Respondent
from tests.instrument.build import instrument, level, multi, person
from tests.method.judging import assess_raw

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument
    from assessment.method.result import Result

SP = "social_protection"
PROFILE: dict[str, int | str] = {"region": "LA", "programmes": 2}
SMALL = instrument(
    multi("HC3", {"body": 1}, "HC"),
    level("HC4", "HC", shown_if='"none" not in answer.HC3', hidden_points=0),
    level("HC5", "HC", shown_if="answer.HC4 >= 1"),
    level("HC6", "HC", shown_if="profile.programmes >= 2"),
)


def judged(people: list[Respondent], bank: Instrument = SMALL, **agreed: object) -> Result:
    return assess_raw(instrument=bank, profile=PROFILE, responses=people, agreed=agreed, draws=0)


def five(**answers: object) -> list[Respondent]:
    return [person(SMALL, answers, "local", SP) for _ in range(5)]


def full(bank: Instrument, tier: str | None, sector: str | None, **over: Any) -> Respondent:
    answers: dict[str, object] = {}
    for question in bank.questions:
        if question.dimension and question.routed_to(tier, sector):
            several = question.kind == "multi"
            answers[question.code] = [question.options[0].value] if several else 3
    return person(bank, answers | over, tier, sector)


def test_agreed_answer_decides_by_way_of_another_question() -> None:
    """HC3 agreed as none hides HC4, whose answers had hidden HC5."""
    apart = {"HC3": ["body"], "HC4": 0, "HC6": 3}
    one = judged([person(SMALL, apart | {"HC3": ["none"]})])

    found = judged(five(**apart), HC3=["none"])

    assert judged(five(**apart)).items["HC5"].status == "hidden"
    assert found.items["HC5"].status == one.items["HC5"].status == "unanswered"


def test_round_with_an_agreed_answer_is_judged_as_one_response(bank: Instrument) -> None:
    agreed: dict[str, object] = {"HC3": ["none"], "LC3": 0, "BI5": 0}
    people = [
        full(bank, tier, sector)
        for tier in ("national", "regional", "local")
        for sector in (SP, "agriculture")
        for _ in range(5)
    ]

    def score(code: str, people: list[Respondent], **together: object) -> float | None:
        return judged(people, bank, **together).dimensions[bank.question[code].dimension].score

    assert {code: score(code, people, **{code: value}) for code, value in agreed.items()} == {
        code: score(code, [full(bank, None, None, **{code: value})])
        for code, value in agreed.items()
    }


def test_question_that_an_agreed_answer_hides_counts_as_one_hidden() -> None:
    """What hangs on it is asked, as it is in one response."""
    alone = judged([person(SMALL, {"HC3": ["none"], "HC4": 3, "HC5": 3})])
    together = judged(five(HC3=["body"], HC4=3, HC5=3), HC3=["none"])
    item = together.items["HC4"]

    assert (item.status, item.score, item.counted, item.agreed) == ("hidden", 0.0, True, False)
    assert together.items["HC5"].status == alone.items["HC5"].status == "answered"


def test_question_that_an_agreed_answer_shows_leaves_those_out_who_did_not_see_it() -> None:
    people = [*five(HC3=["none"]), *five(HC3=["body"], HC4=2)]
    nobody_saw = judged(five(HC3=["none"]), HC3=["body"]).items["HC4"]

    assert judged(people).items["HC4"].score == 25.0
    assert judged(people, HC3=["body"]).items["HC4"].score == 50.0
    assert (nobody_saw.status, nobody_saw.score) == ("unanswered", None)


def test_agreed_answer_to_a_hidden_question_is_no_answer() -> None:
    people = five(HC3=["body"], HC4=1)
    result, one = (judged(said, HC3=["none"], HC4=4) for said in (people, people[:1]))

    assert (result.items["HC4"].score, result.agreed) == (0.0, ("HC3",))
    assert (one.items["HC4"].score, one.agreed) == (0.0, ("HC3",))
    assert (judged(five(HC6=1)).raw, judged([person(SMALL, {})]).agreed) == (None, ())


def test_agreed_answer_beside_one_response_is_that_response() -> None:
    """Also where the respondent was not asked."""
    apart = judged([person(SMALL, {"HC3": ["body"], "HC4": 3})], HC3=["none"])
    one = judged([person(SMALL, {"HC3": ["none"], "HC4": 3})])
    bank = instrument(level("HC1", "HC", tiers=("national",)), level("HC2", "HC"))
    unasked = judged([person(bank, {"HC2": 2}, "local", SP)], bank, HC1=4)

    assert apart.dimensions == one.dimensions
    assert (apart.items["HC3"].agreed, apart.agreed) == (True, ("HC3",))
    assert apart.raw is not None
    assert (apart.raw["HC"].low, apart.dimensions["HC"].low) == (43.75, 0.0)
    assert unasked.dimensions["HC"].score == 75.0
