"""One answer as a value, and the refusal of what cannot become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.instrument.issues import require_params

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTE_LIMIT = 5_000
"""Characters of a note, wherever one is taken, stored or printed."""

ANSWER_PARAMS: Mapping[str, tuple[str, ...]] = {
    "not_object": (),
    "not_a_list": (),
    "unknown_entry": ("entry",),
    "no_responses": (),
    "unknown_profile_field": ("field",),
    "unknown_profile_value": ("value", "field"),
    "unknown_country": ("country",),
    "region_conflict": ("country", "region"),
    "arrangement_conflict": (),
    "unknown_tier": ("tier",),
    "unknown_sector": ("sector",),
    "tier_without_sector": (),
    "tier_needed": (),
    "minimum_too_small": ("smallest",),
    "people_not_whole": (),
    "people_out_of_range": ("low", "high"),
    "not_whole": ("question",),
    "between_whole": ("question", "written", "below", "above"),
    "unclear_number": ("question", "written"),
    "out_of_range": ("question", "low", "high"),
    "unknown_question": ("question",),
    "profile_question": ("question",),
    "not_routed": ("question",),
    "unknown_option": ("question", "option"),
    "not_list": ("question",),
    "empty": ("question",),
    "twice": ("question",),
    "not_alone": ("question",),
    "not_text": ("question",),
    "odd_character": ("question", "character", "near"),
    "too_long": ("question", "longest", "over"),
    "not_offered": ("question",),
    "not_agreed": ("question",),
}
"""Every code of a BadAnswer with the names of its params."""


class BadAnswer(ValueError):
    """Refused input: `code` names the reason, `where` the entry, `params` what the words need.

    Raises TypeError for other params than those of the code.
    """

    def __init__(self, code: str, *, where: str = "", **params: str | int) -> None:
        require_params(code, params, ANSWER_PARAMS)
        super().__init__(code, where)
        self.code = code
        self.where = where
        self.params = params

    def at(self, where: str) -> BadAnswer:
        return BadAnswer(self.code, where=where, **self.params)


Value = int | str | tuple[str, ...]
"""Level question: 0-4; number: int; choice and country: slug; multi: sorted slugs; text: str."""


DONT_KNOW = "dont_know"
NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, from where it enters to the result.

    `status` is answered, dont_know or not_applicable; only an answered one has a value. Whatever
    enters becomes one by `kinds.registry.read_answer`.
    """

    status: str
    value: Value | None = None
