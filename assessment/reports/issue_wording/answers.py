"""Why answers or a file of answers are refused, a sentence for each code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assessment.instrument.seeds import SeedErrors
from assessment.reports.issue_wording.files import seed_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from assessment.interchange.assessment_json import WrongFile

OF_ANSWERS: Mapping[str, _StrPromise] = {
    "not_object": _("expected an object with named entries."),
    "not_a_list": _("expected a list."),
    "unknown_entry": _("there is no entry {entry}."),
    "no_responses": _("there is no response."),
    "unknown_profile_field": _("the profile has no field {field}."),
    "unknown_profile_value": _("{value} is not a value of {field}."),
    "unknown_country": _("{country} is not the code of a country."),
    "region_conflict": _("{country} lies in the region {region}."),
    "arrangement_conflict": _("one programme is single, and several are not."),
    "unknown_tier": _("{tier} is not a tier."),
    "unknown_sector": _("{sector} is not a sector."),
    "tier_without_sector": _("a tier and a sector are given together or not at all."),
    "tier_needed": _("of several responses each needs a tier and a sector."),
    "minimum_too_small": _("a group has never fewer than {smallest} responses."),
    "people_not_whole": _("takes a whole number: how many people gave this response together."),
    "people_out_of_range": _("a response given together is of {low} to {high} people."),
    "not_whole": _("{question} takes a whole number."),
    "between_whole": _(
        "{question} takes a whole number: {written} is none, {below} or {above} is."
    ),
    "unclear_number": _("{question}: {written} can be read as two different numbers."),
    "out_of_range": _("{question} takes a number from {low} to {high}."),
    "unknown_question": _("there is no question {question}."),
    "profile_question": _("{question} belongs to the profile, not to the answers."),
    "not_routed": _("{question} is not asked of this tier and sector."),
    "unknown_option": _("{question} has no option {option}."),
    "not_list": _("{question} takes a list of options."),
    "empty": _("{question} has an empty answer."),
    "twice": _("{question} has the same option twice."),
    "not_alone": _("{question} has an option that excludes all others, beside others."),
    "not_text": _("{question} takes a text."),
    "odd_character": _(
        "{question} contains a character that cannot be kept ({character}), here: “{near}”."
    ),
    "too_long": _("{question} takes at most {longest} characters; {over} are too many."),
    "not_offered": _("{question} does not offer “does not apply”."),
    "not_agreed": _("{question} cannot have an agreed answer of this kind."),
}
OF_FILES: Mapping[str, _StrPromise] = {
    "no_such_entry": _("there is no such entry."),
    "entry_missing": _("the entry is missing."),
    "repeated_entry": _("the entry stands there twice."),
    "nested_too_deeply": _("The file is nested too deeply."),
    "not_json": _("The file is not valid JSON (line {line}, column {column}: {reason})."),
    "no_profile_and_responses": _("The file holds no object with profile and responses."),
    "unreadable": _("The file cannot be read: {reason}."),
    "too_large": _("The file is larger than {megabytes} MB."),
    "not_utf8": _("The file is not in UTF-8."),
    "number_too_large": _("the number is too large."),
    "no_number": _("{name} is not a number that can be used here."),
}
ANSWER_SENTENCES: Mapping[str, _StrPromise] = {**OF_ANSWERS, **OF_FILES}


def refusal_lines(refusal: SeedErrors | WrongFile) -> str:
    """Why the answers in a file were not judged, behind the entry that is wrong."""
    if isinstance(refusal, SeedErrors):
        return seed_lines(refusal)
    sentence = str(ANSWER_SENTENCES[refusal.code]).format(**refusal.params)
    return f"{refusal.where}: {sentence}" if refusal.where else sentence
