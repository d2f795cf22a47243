"""One thing wrong with a question bank, as data: sentences are made where people read it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Param: TypeAlias = "str | int | tuple[Param, ...]"

SYNTAX: Mapping[str, tuple[str, ...]] = {
    "condition_too_long": ("longest",),
    "condition_sign": ("sign",),
    "condition_empty": (),
    "condition_unreadable": (),
    "condition_too_deep": (),
    "no_comparison": (),
    "unknown_operator": (),
    "not_name_and_value": (),
    "list_without_in": (),
    "option_not_quoted": (),
    "empty_list": (),
    "no_name": (),
    "division_by_zero": (),
    "no_number_or_text": (),
}
"""Why a text is no condition: the codes of ConditionError, with the names of their params."""
CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "name_too_early": ("name",),
    "unknown_name": ("name",),
    "never_true": (),
    "text_for_number": ("name",),
    "only_orders": ("name",),
    "text_without_order": ("name",),
    "single_value": ("name",),
    "several_options": ("name",),
    "impossible_value": ("name", "value"),
}
"""Why a condition makes no sense in an edition."""
KINDS_OF_QUESTION: Mapping[str, tuple[str, ...]] = {
    "two_options": (),
    "five_levels": (),
    "one_exclusive_none": (),
    "no_points": (),
    "no_bounds": (),
    "no_goalposts": (),
}
BANK: Mapping[str, tuple[str, ...]] = {
    "empty_field": (),
    "unknown_reference": ("value",),
    "unknown_choice": ("value", "choices"),
    "repeated_code": (),
    "repeated_country": ("value",),
    "repeated_text": (),
    "uncited_finding": (),
    "unused_source": (),
    "advice_incomplete": ("levels",),
    "too_few_questions": ("minimum",),
    "dimension_and_profile": (),
    "asked_of_nobody": (),
    "weight_out_of_range": ("low", "high"),
    "essential_unscored": (),
    "kind_unscored": (),
    "never_hidden": (),
    "repeated_option": ("option",),
    "option_without_text": (),
    "option_without_words": (),
    "goalposts_order": (),
    "bounds_order": (),
    "repeated_reading": ("dimension",),
    "reading_levels": ("dimension",),
    "reading_without_findings": ("dimension",),
    "reading_without_text": ("dimension",),
    "priority_out_of_range": (),
    "condition_without_rule": (),
    "condition_circle": (),
    "suppressed_by_itself": (),
    "suppression_circle": ("rules",),
    "containing_circle": ("rules",),
    "prerequisite_circle": ("packages",),
    "rule_packed_twice": ("rule",),
    "no_rule_for_lowest": ("region",),
    "number_too_large": ("most",),
    "goalposts_outside": ("low", "high"),
    "edition_without_name": (),
    "no_dimensions": (),
    "profile_twice": ("value",),
    "profile_kind": ("value", "choices"),
    "profile_condition": (),
    "region_is_not_asked": (),
    "no_countries": (),
    "country_form": ("value",),
    "programmes_from_one": (),
    "no_single_arrangement": ("value",),
    "no_other_arrangement": ("value",),
    "exclusive_points": ("option",),
    "hidden_points_range": ("most",),
    "no_web_address": (),
    "odd_character_in_field": ("character",),
    "odd_character_in_scale": ("character",),
    "unknown_placeholder": ("names",),
    "placeholder_not_here": ("names",),
    "unknown_language": ("value",),
    "scale_words": ("levels",),
    "scale_words_twice": (),
    "scale_guaranteed_twice": (),
    "scale_bands": (),
    "scale_range": ("threshold", "value", "low", "high"),
    "scale_rising": ("threshold", "other_threshold"),
    "scale_not_above": ("threshold", "other_threshold"),
    "scale_key_missing": ("name",),
    "scale_wrong_form": ("name",),
    "tier_asked_nothing": ("tier",),
    "sector_asked_nothing": ("sector",),
    "cell_asked_nothing": ("tier", "sector"),
    "dimension_not_asked": ("tier",),
    "dimension_not_asked_in": ("tier", "sectors"),
    "never_tried": (),
    "tried_only_in_rounds": (),
    "language_incomplete": ("language", "total", "missing", "to_review", "groups"),
    "language_gaps_accepted": ("language", "total", "missing", "to_review", "groups"),
}
CODES: Mapping[str, tuple[str, ...]] = {
    "code_form": ("value", "longest"),
    "code_form_of_reference": ("value", "longest"),
    "code_reserved": ("value",),
    "code_alike": ("value", "other"),
    "code_of_dimension": ("value",),
    "code_of_question": ("value",),
    "value_form": ("value", "longest"),
}
"""Why a word is no code and no value of an option."""
SEED_FILES: Mapping[str, tuple[str, ...]] = {
    "file_missing": (),
    "file_unreadable": ("reason",),
    "not_utf8": (),
    "toml_too_deep": (),
    "toml_unreadable": ("reason",),
    "key_missing": ("name",),
    "unknown_key": ("name",),
    "wrong_form": ("name",),
    "file_of_no_dimension": (),
    "questions_not_once": (),
    "no_entries": ("name",),
    "code_in_file": ("file",),
}
"""Why a file of seeds/ cannot be read."""
TEXTS: Mapping[str, tuple[str, ...]] = {
    "odd_character": ("character", "near"),
    "text_too_long": ("over", "limit"),
    "text_gone": (),
    "placeholders_missing": ("names",),
    "placeholders_unknown": ("names",),
}
"""Why a text that somebody typed cannot be kept."""
CORRECTIONS: Mapping[str, tuple[str, ...]] = {
    "draft_not_corrected": (),
    "text_not_in_edition": (),
    "text_not_translated": (),
    "corrected_meanwhile": ("text",),
    "text_unchanged": (),
    "placeholders_changed": (),
    "more_than_a_typing_error": (),
}
"""Why a published text cannot be corrected in this way."""
ISSUE_PARAMS: dict[str, tuple[str, ...]] = {
    **SYNTAX,
    **CONDITIONS,
    **KINDS_OF_QUESTION,
    **BANK,
    **CODES,
    **SEED_FILES,
    **TEXTS,
    **CORRECTIONS,
}
"""Every code of an Issue with the names of its params: a sentence is made of exactly these."""


@dataclass(frozen=True, slots=True)
class Where:
    """An object by the part of the instrument it stands in and its code, and a field of it.

    `field` is a path, as in `text`, `options/none/text` or `variants/1/when`. Where the edition
    itself is meant, all three are empty.
    """

    kind: str = ""
    code: str = ""
    field: str = ""

    def issue(self, field: str, code: str, /, **params: Param) -> Issue:
        """What is wrong with this field of the object."""
        return Issue(code, replace(self, field=field), params)

    def blocking_issue(self, field: str, code: str, /, **params: Param) -> Issue:
        return replace(self.issue(field, code, **params), blocks_saving=True)


EDITION = Where()


@dataclass(frozen=True, slots=True)
class Issue:
    """`code` says what is wrong, `params` with what values; raises TypeError for other params.

    What blocks saving names a code that is not there or stands twice: no draft can hold it,
    whereas all else may wait for its author.
    """

    code: str
    where: Where = EDITION
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)
    blocks_saving: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        require_params(self.code, self.params, ISSUE_PARAMS)


def require_params(code: str, params: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> None:
    """Raises TypeError where the params are not those that the sentence of this code needs."""
    if set(params) != set(known[code]):
        raise TypeError(f"{code} takes {known[code]}, not {tuple(params)}")


def issues_unless(*demands: tuple[bool, Issue]) -> Iterator[Issue]:
    """The issue of each demand that is not met."""
    return (issue for met, issue in demands if not met)
