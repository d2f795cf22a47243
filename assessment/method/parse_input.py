"""Reading what comes from files: the profile, the responses, the agreed answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.instrument.answers import DONT_KNOW, Answer, BadAnswer
from assessment.instrument.kinds.parse import as_number, describe_value
from assessment.instrument.kinds.registry import KINDS, kind_of, read_answer
from assessment.instrument.model import PROFILE_FIELDS, SECTORS, TIERS
from assessment.method.result import Respondent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.instrument.model import Instrument, Question

PROFILE_SINGLE = "single"


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

    A file with a minimum is of a round, whatever the number of its responses.
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
    profile = {
        field: profile_value(instrument, field, entries[field])
        for field in PROFILE_FIELDS
        if entries.get(field) is not None
    }
    derive_region(instrument, profile)
    check_arrangement(profile)
    return {field: profile[field] for field in PROFILE_FIELDS if field in profile}


def derive_region(instrument: Instrument, profile: dict[str, int | str]) -> None:
    country = profile.get("country")
    if country is None:
        return
    region = instrument.region_of[str(country)]
    if profile.setdefault("region", region) != region:
        params = {"country": str(country), "region": region}
        raise BadAnswer("region_conflict", where="profile.region", **params)


def check_arrangement(profile: Mapping[str, int | str]) -> None:
    programmes, arrangement = profile.get("programmes"), profile.get("arrangement")
    if programmes is None or arrangement is None:
        return
    if (programmes == 1) is not (arrangement == PROFILE_SINGLE):
        raise BadAnswer("arrangement_conflict", where="profile.arrangement")


def profile_value(instrument: Instrument, field: str, raw: object) -> int | str:
    where = f"profile.{field}"
    if field == "country":
        return one_of(tuple(instrument.region_of), raw, where, "unknown_country", "country")
    if field == "region":
        codes = tuple(region.code for region in instrument.regions)
        return one_of(codes, raw, where, "unknown_profile_value", "value", field=field)
    question = next((q for q in instrument.profile_questions if q.profile == field), None)
    if question is None:
        raise BadAnswer("unknown_profile_field", where="profile", field=field)
    if not question.options:
        return profile_number(question, raw, where)
    known = (*(option.value for option in question.options), *values_beside_options(field))
    return one_of(known, raw, where, "unknown_profile_value", "value", field=field)


def profile_number(question: Question, raw: object, where: str) -> int:
    try:
        return as_number(kind_of(question).read(question, raw))
    except BadAnswer as error:
        raise error.at(where) from error


def values_beside_options(field: str) -> tuple[str, ...]:
    return (DONT_KNOW,) if field == "stronger" else ()


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
        if entry not in {"tier", "sector", "answers"}:
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
    return Respondent(answers, known_tier, known_sector)


def read_tier(raw: object, where: str) -> str:
    return one_of(TIERS, raw, f"{where}.tier", "unknown_tier", "tier")


def read_sector(raw: object, where: str) -> str:
    return one_of(SECTORS, raw, f"{where}.sector", "unknown_sector", "sector")


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
