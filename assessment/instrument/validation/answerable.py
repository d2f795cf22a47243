"""Whether people can answer: something is asked, its facts can be told, its points can be had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assessment.instrument.issues import Issue, Where
from assessment.instrument.kinds.kind import ScoredKind
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.validation.references import repeated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument, Question

PROFILE_FORM_FIELDS = {
    "country": "country",
    "programmes": "number",
    "stage": "one_option",
    "arrangement": "one_option",
    "intention": "one_option",
    "stronger": "one_option",
    "tier": "one_option",
    "sector": "one_option",
}
"""By field of the profile the form field that its question has to want (`Kind.field`)."""
COUNTRY = re.compile(r"[A-Z]{2}")
SINGLE = "single"


def nothing_asked(instrument: Instrument) -> Iterator[Issue]:
    if not instrument.name.strip():
        yield Issue("edition_without_name")
    if not instrument.dimensions:
        yield Issue("no_dimensions")


def profile_faults(instrument: Instrument) -> Iterator[Issue]:
    """Facts of the scheme that two questions ask, or that no answer could tell."""
    asked = [question for question in instrument.profile_questions if question.kind in KINDS]
    for field in repeated(question.profile for question in asked):
        second = [question for question in asked if question.profile == field][1]
        yield Where("questions", second.code).issue("profile", "profile_twice", value=field)
    for question in asked:
        yield from _of_profile(question, instrument)
    yield from _arrangement(asked)


def _of_profile(question: Question, instrument: Instrument) -> Iterator[Issue]:
    at = Where("questions", question.code)
    wanted = PROFILE_FORM_FIELDS.get(question.profile, "")
    if question.profile == "region":
        yield at.issue("profile", "region_is_not_asked")
    elif KINDS[question.kind].field != wanted:
        kinds = tuple(name for name, kind in KINDS.items() if kind.field == wanted)
        yield at.issue("kind", "profile_kind", value=question.profile, choices=kinds)
    elif question.profile == "country" and not instrument.region_of:
        yield at.issue("profile", "no_countries")
    if question.shown_if is not None:
        yield at.issue("shown_if", "profile_condition")


def _arrangement(asked: list[Question]) -> Iterator[Issue]:
    """One programme is `single` and several are not, so both numbers need an option."""
    by_field = {question.profile: question for question in asked}
    number, relation = by_field.get("programmes"), by_field.get("arrangement")
    if number is None or relation is None or not relation.options:
        return
    at = Where("questions", relation.code)
    values = {option.value for option in relation.options}
    low, high = number.minimum or 0, number.maximum or 0
    if low < 1:
        yield Where("questions", number.code).issue("minimum", "programmes_from_one")
    if low <= 1 <= high and SINGLE not in values:
        yield at.issue("options", "no_single_arrangement", value=SINGLE)
    if high > 1 and values <= {SINGLE}:
        yield at.issue("options", "no_other_arrangement", value=SINGLE)


def country_codes(instrument: Instrument) -> Iterator[Issue]:
    for region in instrument.regions:
        for country in region.countries:
            if not COUNTRY.fullmatch(country):
                at = Where("regions", region.code)
                yield at.blocking_issue("countries", "country_form", value=country)


def points_faults(instrument: Instrument) -> Iterator[Issue]:
    """Points that would lead below 0 or above 100."""
    for question in instrument.questions:
        kind = KINDS.get(question.kind)
        at = Where("questions", question.code)
        for option in question.options:
            if option.exclusive and option.points:
                field = f"options/{option.value}/points"
                yield at.issue(field, "exclusive_points", option=option.value)
        if isinstance(kind, ScoredKind) and question.hidden_points is not None:
            most = kind.max_points(question)
            if not 0 <= question.hidden_points <= most or most <= 0:
                yield at.issue("hidden_points", "hidden_points_range", most=max(most, 0))
