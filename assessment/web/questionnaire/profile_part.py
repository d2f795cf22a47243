"""What of a posted profile can be saved: one wrong field does not keep the others from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from assessment.actions.rounds.schemes import NamedProgramme
from assessment.instrument.answers import BadAnswer
from assessment.method.parse_input import complete_profile
from assessment.web.questionnaire.profile_form import (
    PLACES,
    PROGRAMME_PARTS,
    profile_questions,
    programme_field,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.instrument.model import Instrument
    from assessment.method.seats import Seat
    from assessment.models import Programme, Round
    from assessment.web.questionnaire.profile_form import ProfileForm

    Facts = dict[str, int | str]

TIED = (("country", "region"), ("programmes", "arrangement"))
"""Facts of which one may contradict the other: both are saved, or neither."""


@dataclass(frozen=True, slots=True)
class SavedPart:
    """As the action takes it; `left_out` names the fields that stay as they were stored."""

    profile: Facts
    programmes: Sequence[NamedProgramme]
    name: str
    seat: Seat
    left_out: Sequence[str]


def sound_part(form: ProfileForm, round: Round) -> SavedPart:
    """The fields of a bound form that are right, with what is stored in place of the others."""
    facts, contradictory = _facts(form, round.facts())
    wrong = {*form.errors, *contradictory}
    return SavedPart(
        profile=complete_profile(form.instrument, facts),
        programmes=_programmes(form, list(round.scheme.programme_set.all())),
        name=str(form.cleaned_data.get("name", round.scheme.name)),
        seat=form.seat,
        left_out=[_name_of(form, name) for name in form.fields if name in wrong],
    )


def _facts(form: ProfileForm, stored: Mapping[str, int | str]) -> tuple[Facts, set[str]]:
    """With the names of the posted fields that contradict each other, or what is stored."""
    fields = {q.profile: q.code for q in profile_questions(form.instrument)} | {"region": "region"}
    wrong = {fact for fact, name in fields.items() if name in form.errors}
    given = form.facts()
    facts = {fact: value for fact, value in given.items() if fact not in wrong}
    facts |= {fact: stored[fact] for fact in wrong if fact in stored}
    contradictory: set[str] = set()
    for pair in TIED:
        if not _fit(form.instrument, {fact: facts[fact] for fact in pair if fact in facts}):
            facts = {fact: value for fact, value in facts.items() if fact not in pair}
            facts |= {fact: stored[fact] for fact in pair if fact in stored}
            contradictory |= {fields[fact] for fact in pair if fact in given}
    return facts, contradictory


def _fit(instrument: Instrument, facts: Facts) -> bool:
    try:
        complete_profile(instrument, facts)
    except BadAnswer:
        return False
    return True


def _programmes(form: ProfileForm, stored: Sequence[Programme]) -> list[NamedProgramme]:
    """A row stays as it is stored where one of its fields is wrong."""
    before = dict(zip(PLACES, stored, strict=False))
    rows = [
        _stored(before.get(place)) if _is_wrong(form, place) else form.programme(place)
        for place in PLACES
    ]
    return [row for row in rows if row.name]


def _is_wrong(form: ProfileForm, place: int) -> bool:
    return any(programme_field(place, part) in form.errors for part in PROGRAMME_PARTS)


def _stored(programme: Programme | None) -> NamedProgramme:
    if programme is None:
        return NamedProgramme("")
    return NamedProgramme(programme.name, programme.institution, programme.sector)


def _name_of(form: ProfileForm, name: str) -> str:
    """A field in its own words; those of a programme are called alike at every place."""
    label = str(form.fields[name].label)
    place = next((p for p in PLACES if name.startswith(programme_field(p, ""))), None)
    if place is None:
        return label
    sentence = gettext("Programme %(place)d, %(field)s")
    return sentence % {"place": place, "field": label}
