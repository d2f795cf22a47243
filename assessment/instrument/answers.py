"""One answer as a value, and the refusal of what cannot become one."""

from __future__ import annotations

from dataclasses import dataclass

MESSAGES = {
    "not_object": "expected an object with named entries.",
    "not_a_list": "expected a list.",
    "unknown_entry": "there is no entry {entry}.",
    "no_responses": "there is no response.",
    "unknown_profile_field": "the profile has no field {field}.",
    "unknown_profile_value": "{value} is not a value of {field}.",
    "unknown_country": "{country} is not the code of a country.",
    "region_conflict": "{country} lies in the region {region}.",
    "arrangement_conflict": "one programme is single, and several are not.",
    "unknown_tier": "{tier} is not a tier.",
    "unknown_sector": "{sector} is not a sector.",
    "tier_without_sector": "a tier and a sector are given together or not at all.",
    "tier_needed": "of several responses each needs a tier and a sector.",
    "minimum_too_small": "a group has never fewer than {smallest} responses.",
    "not_whole": "{question} takes a whole number.",
    "out_of_range": "{question} takes a number from {low} to {high}.",
    "unknown_question": "there is no question {question}.",
    "profile_question": "{question} belongs to the profile, not to the answers.",
    "not_routed": "{question} is not asked of this tier and sector.",
    "unknown_option": "{question} has no option {option}.",
    "not_list": "{question} takes a list of options.",
    "empty": "{question} has an empty answer.",
    "twice": "{question} has the same option twice.",
    "not_alone": "{question} has an option that excludes all others, beside others.",
    "not_text": "{question} takes a text.",
    "odd_character": "{question} contains a character that cannot be kept ({character}).",
    "too_long": "{question} takes at most {longest} characters.",
    "note_too_long": "the note on {question} takes at most {longest} characters.",
    "not_offered": "{question} does not offer “does not apply”.",
    "not_agreed": "{question} cannot have an agreed answer of this kind.",
}


class BadAnswer(ValueError):
    """Refused input: `code` names the reason, `where` the entry, `params` what the words need."""

    def __init__(self, code: str, *, where: str = "", **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.where = where
        self.params = params

    def __str__(self) -> str:
        sentence = MESSAGES[self.code].format(**self.params)
        return f"{self.where}: {sentence}" if self.where else sentence

    def at(self, where: str) -> BadAnswer:
        return BadAnswer(self.code, where=where, **self.params)


Value = int | str | tuple[str, ...]
"""Level question: 0-4; number: int; choice and country: slug; multi: sorted slugs; text: str."""


DONT_KNOW = "dont_know"


NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as the method takes it: `status` answered | dont_know | not_applicable.

    Only an answered one has a value; it is read by `kinds.read_answer`.
    """

    status: str
    value: Value | None = None
