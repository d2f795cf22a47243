"""Reading what comes from files: the profile, the responses, the agreed answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, Answer, BadAnswer
from assessment.instrument.kinds.parse import describe_value
from assessment.instrument.kinds.registry import KINDS, read_answer
from assessment.instrument.model import PROFILE_FIELDS, SECTORS, TIERS
from assessment.method.result import Respondent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.instrument.model import Instrument, Question

PROFILE_SINGLE = "single"
FEWEST_TOGETHER, MOST_TOGETHER = 2, 1000
"""Of people who give one response together."""


@dataclass(frozen=True, slots=True)
class ParsedAssessment:
    """Everything `assess()` takes, read from a file; `alone`: one person, without a minimum."""

    profile: dict[str, int | str]
    responses: tuple[Respondent, ...]
    alone: bool
    minimum: int
    agreed: dict[str, Answer]


def read_assessment(instrument: Instrument, raw: Mapping[str, object]) -> ParsedAssessment:
    """`raw` has the entries profile, responses, minimum, agreed; raises BadAnswer.

    A file with a minimum is of a round, whatever the number of its responses. One response without
    it stands alone, also where several people gave it together.
    """
    profile = read_profile(instrument, raw.get("profile", {}))
    responses = read_responses(instrument, raw.get("responses"))
    agreed = read_agreed(instrument, raw.get("agreed", {}))
    minimum = read_minimum(instrument, raw.get("minimum"))
    if not responses:
        raise BadAnswer("no_responses", where="responses")
    alone = len(responses) == 1 and raw.get("minimum") is None
    if not alone:
        for n, respondent in enumerate(responses):
            check_seat(instrument, respondent, f"responses[{n}]")
    return ParsedAssessment(
        profile=profile,
        responses=responses,
        alone=alone,
        minimum=minimum,
        agreed=agreed,
    )


def read_profile(instrument: Instrument, raw: object) -> dict[str, int | str]:
    """The facts of the scheme, checked; the region follows from the country."""
    entries = named_entries(raw, "profile")
    for field in entries:
        if field not in PROFILE_FIELDS:
            raise BadAnswer("unknown_profile_field", where="profile", field=describe_value(field))
    facts = {
        field: profile_value(instrument, field, entries[field])
        for field in PROFILE_FIELDS
        if entries.get(field) is not None
    }
    return complete_profile(instrument, facts)


def complete_profile(
    instrument: Instrument, facts: Mapping[str, int | str]
) -> dict[str, int | str]:
    """Facts that were read one by one, with the region of the country.

    Raises BadAnswer where two of them cannot both be true.
    """
    profile = dict(facts)
    derive_region(instrument, profile)
    check_arrangement(profile)
    return {field: profile[field] for field in PROFILE_FIELDS if field in profile}


def derive_region(instrument: Instrument, profile: dict[str, int | str]) -> None:
    country = profile.get("country")
    if country is None:
        return
    region = instrument.region_of.get(str(country))
    if region is None:
        raise BadAnswer("unknown_country", where="profile.country", country=str(country))
    if profile.setdefault("region", region) != region:
        params = {"country": str(country), "region": region}
        raise BadAnswer("region_conflict", where="profile.region", **params)


def check_arrangement(profile: Mapping[str, int | str]) -> None:
    programmes, arrangement = profile.get("programmes"), profile.get("arrangement")
    if programmes is None or arrangement in {None, DONT_KNOW}:
        return
    if (programmes == 1) is not (arrangement == PROFILE_SINGLE):
        raise BadAnswer("arrangement_conflict", where="profile.arrangement")


def profile_value(instrument: Instrument, field: str, raw: object) -> int | str:
    where = f"profile.{field}"
    if field == "region":
        codes = tuple(region.code for region in instrument.regions)
        return one_of(codes, raw, where, "unknown_profile_value", "value", field=field)
    question = next((q for q in instrument.profile_questions if q.profile == field), None)
    if question is None:
        raise BadAnswer("unknown_profile_field", where="profile", field=field)
    try:
        return fact_of(question, read_answer(question, raw))
    except BadAnswer as error:
        if error.code == "unknown_option":
            value = describe_value(raw)
            raise BadAnswer(
                "unknown_profile_value", where=where, value=value, field=field
            ) from error
        raise error.at(where) from error


def fact_of(question: Question, answer: Answer) -> int | str:
    """A fact as it is stored: a number, an option, or the word for not knowing it.

    Raises BadAnswer where it is several options at once.
    """
    if answer.value is None:
        return answer.status
    if isinstance(answer.value, tuple):
        named = {"value": ", ".join(answer.value), "field": question.profile}
        raise BadAnswer("unknown_profile_value", where=f"profile.{question.profile}", **named)
    return str(answer.value) if question.options else answer.value


def one_of(
    known: Sequence[str], raw: object, where: str, code: str, word: str, **params: str
) -> str:
    if not isinstance(raw, str) or raw not in known:
        raise BadAnswer(code, where=where, **{word: describe_value(raw)}, **params)
    return raw


def read_responses(instrument: Instrument, raw: object) -> tuple[Respondent, ...]:
    """The list under `responses` of a file, each entry checked and named in a refusal."""
    if not isinstance(raw, list | tuple):
        raise BadAnswer("not_a_list", where="responses")
    return tuple(read_response(instrument, entry, f"responses[{n}]") for n, entry in enumerate(raw))


def read_response(instrument: Instrument, raw: object, where: str) -> Respondent:
    entries = named_entries(raw, where)
    for entry in entries:
        if entry not in {"tier", "sector", "people", "answers"}:
            raise BadAnswer("unknown_entry", where=where, entry=describe_value(entry))
    tier, sector = entries.get("tier"), entries.get("sector")
    known_tier = None if tier is None else read_tier(tier, where)
    known_sector = None if sector is None else read_sector(sector, where)
    if (tier is None) is not (sector is None):
        raise BadAnswer("tier_without_sector", where=where)
    raw_answers = named_entries(entries.get("answers", {}), f"{where}.answers")
    answers = {
        code: answer_at(instrument, code, value, f"{where}.answers.{describe_value(code)}")
        for code, value in raw_answers.items()
        if value is not None
    }
    return Respondent(answers, known_tier, known_sector, read_people(entries.get("people"), where))


def read_tier(raw: object, where: str) -> str:
    return one_of(TIERS, raw, f"{where}.tier", "unknown_tier", "tier")


def read_sector(raw: object, where: str) -> str:
    return one_of(SECTORS, raw, f"{where}.sector", "unknown_sector", "sector")


def read_people(raw: object, where: str) -> int | None:
    """How many gave a response together; None where one person did."""
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise BadAnswer("people_not_whole", where=f"{where}.people")
    if not FEWEST_TOGETHER <= raw <= MOST_TOGETHER:
        bounds = {"low": FEWEST_TOGETHER, "high": MOST_TOGETHER}
        raise BadAnswer("people_out_of_range", where=f"{where}.people", **bounds)
    return raw


def answer_at(instrument: Instrument, code: str, raw: object, where: str) -> Answer:
    try:
        return read_answer(answerable_question(instrument, code), raw)
    except BadAnswer as error:
        raise error.at(where) from error


def answerable_question(instrument: Instrument, code: str) -> Question:
    question = instrument.question.get(code)
    if question is None:
        raise BadAnswer("unknown_question", question=describe_value(code))
    if question.profile:
        raise BadAnswer("profile_question", question=code)
    return question


def check_seat(instrument: Instrument, respondent: Respondent, where: str) -> None:
    """In a round everybody has a tier and a sector, and answers only what these are asked."""
    if respondent.tier is None:
        raise BadAnswer("tier_needed", where=where)
    for code in respondent.answers:
        if not instrument.question[code].routed_to(respondent.tier, respondent.sector):
            raise BadAnswer("not_routed", where=f"{where}.answers.{code}", question=code)


def read_agreed(instrument: Instrument, raw: object) -> dict[str, Answer]:
    """The agreed answers of a round: values only, for questions that are scored or counted."""
    agreed: dict[str, Answer] = {}
    for code, value in named_entries(raw, "agreed").items():
        where = f"agreed.{describe_value(code)}"
        answer = answer_at(instrument, code, value, where)
        if answer.value is None or not KINDS[instrument.question[code].kind].scored:
            raise BadAnswer("not_agreed", where=where, question=code)
        agreed[code] = answer
    return agreed


def read_minimum(instrument: Instrument, raw: object) -> int:
    smallest = instrument.scale.smallest_group
    if raw is None:
        return instrument.scale.minimum_group
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < smallest:
        raise BadAnswer("minimum_too_small", where="minimum", smallest=smallest)
    return raw


def named_entries(raw: object, where: str) -> dict[str, object]:
    if not isinstance(raw, dict):
        raise BadAnswer("not_object", where=where)
    return raw
