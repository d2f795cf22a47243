"""What is wrong with a question bank or with one of its texts, a sentence for each code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from assessment.instrument.conditions.grammar import ConditionError
from assessment.instrument.issues import CONDITIONS, SYNTAX, Issue
from assessment.instrument.plain_text import visible
from assessment.instrument.seeds import BadScale
from assessment.models.translations import language_name
from assessment.reports.issue_wording.labels import SECTORS, TIERS, field_label, group_words
from assessment.reports.issue_wording.thresholds import THRESHOLDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from assessment.instrument.issues import Param

OF_SYNTAX: Mapping[str, Any] = {
    "condition_too_long": _("A condition has at most {longest} characters."),
    "condition_sign": _("A condition has no {sign}."),
    "condition_empty": _("A condition cannot be empty."),
    "condition_unreadable": _("This cannot be read as a condition such as level.PC >= 3."),
    "condition_too_deep": _("This condition is nested too deeply."),
    "no_comparison": _("Expected a comparison such as level.PC >= 3."),
    "unknown_operator": _("This comparison is not part of the language."),
    "not_name_and_value": _("A comparison needs one name and one value."),
    "list_without_in": _("A list in parentheses goes with in and not in, and only there."),
    "option_not_quoted": _("Before in and a name stands an option in quotation marks."),
    "empty_list": _("A list needs at least one value."),
    "no_name": _("Expected a name such as level.PC or answer.HC2."),
    "division_by_zero": _("A number cannot be divided by zero."),
    "no_number_or_text": _("Expected a number or a text in quotation marks."),
}
OF_CONDITIONS: Mapping[str, Any] = {
    "name_too_early": _("{name} cannot be used here: only answers and the profile."),
    "unknown_name": _("{name} does not exist in this edition."),
    "never_true": _("This can never be true, whatever is answered."),
    "text_for_number": _("{name} is a number and cannot be compared with a text."),
    "only_orders": _("{name} can only be compared with < <= > >=."),
    "text_without_order": _("{name} is a text and has no order."),
    "single_value": _("{name} holds one value, not several."),
    "several_options": _('{name} holds several options: ask "option" in {name}.'),
    "impossible_value": _("{name} can never be {value}."),
}
OF_KINDS: Mapping[str, Any] = {
    "two_options": _("It needs two options or more."),
    "five_levels": _("It needs five options, 0 to 4, whose points rise from 0 to 4."),
    "one_exclusive_none": _(
        "Exactly one option must exclude the others, and its value must be none."
    ),
    "no_points": _("No option gives points. Give some, or take the tick from “Scored”."),
    "no_bounds": _("The fields “Smallest number” and “Largest number” must be filled in."),
    "no_goalposts": _("It is scored, but the field “Goalposts” is empty."),
}
OF_BANK: Mapping[str, Any] = {
    "empty_field": _("The field “{label}” is empty."),
    "unknown_reference": _(
        "The field “{label}” says {value}, which does not exist in this edition."
    ),
    "unknown_choice": _("The field “{label}” says {value}. It can say: {choices}."),
    "repeated_code": _("This code stands more than once."),
    "repeated_country": _("The field “{label}” says {value}, which stands more than once."),
    "repeated_text": _("The same text stands under another code."),
    "uncited_finding": _(
        "No question, rule or case cites this finding. Cite it, or set its kind to “context”."
    ),
    "unused_source": _("No finding comes from this source."),
    "advice_incomplete": _("The field “{label}” needs {levels} lines, one for each level."),
    "too_few_questions": _("It needs at least {minimum} scored questions."),
    "dimension_and_profile": _(
        "Only one of the fields “Dimension” and “Profile field” can be filled in."
    ),
    "asked_of_nobody": _("Nobody sees it: tick a tier, or “Shown to finance and planning”."),
    "weight_out_of_range": _("The field “{label}” must be from {low} to {high}."),
    "essential_unscored": _(
        "Only a scored question can be essential: tick “Scored”, or take the tick from “Essential”."
    ),
    "kind_unscored": _(
        "Its kind gives no points: take the tick from “Scored”, or choose another kind."
    ),
    "never_hidden": _("The field “{label}” is filled in, but “Shown if” is empty."),
    "repeated_option": _("The option {option} stands more than once."),
    "option_without_text": _("An option has no text."),
    "option_without_words": _("An option says only its value: describe what can be seen there."),
    "goalposts_order": _("In the field “{label}” the second number must be the larger one."),
    "bounds_order": _("The field “{label}” must be below “Largest number”."),
    "repeated_reading": _("Two readings speak of the dimension {dimension}."),
    "reading_levels": _("The reading of {dimension} needs levels from 0 to 4, the lowest first."),
    "reading_without_findings": _("The reading of {dimension} has no findings."),
    "reading_without_text": _("The reading of {dimension} has no text."),
    "priority_out_of_range": _("The field “{label}” must be 1, 2 or 3."),
    "condition_without_rule": _(
        "The field “Suppressed only when” is filled in, but “Suppressed by rule” is empty."
    ),
    "condition_circle": _("The field “{label}” leads back to the question itself."),
    "suppressed_by_itself": _("The field “{label}” names the rule itself."),
    "suppression_circle": _(
        "The field “{label}” goes in a circle, so none of these rules would be recommended where "
        "all hold: {rules}."
    ),
    "containing_circle": _("The field “{label}” goes in a circle: {rules}."),
    "prerequisite_circle": _(
        "The field “{label}” goes in a circle, so none of these packages could come first: "
        "{packages}."
    ),
    "rule_packed_twice": _("The rule {rule} stands in more than one place of the packages."),
    "no_rule_for_lowest": _("In {region}, no rule holds when its level is the lowest."),
    "number_too_large": _("The field “{label}” must be from -{most} to {most}."),
    "goalposts_outside": _(
        "The field “{label}” must lie from {low} to {high}, between the smallest and the largest "
        "number that can be answered."
    ),
    "edition_without_name": _("The edition has no name."),
    "no_dimensions": _("There is no dimension, so nothing could be asked or reported."),
    "profile_twice": _("Another question asks the same field of the profile: {value}."),
    "profile_kind": _(
        "A question of the profile field {value} needs another kind. It can be: {choices}."
    ),
    "profile_condition": _("Questions of the profile are always asked: empty the field “{label}”."),
    "region_is_not_asked": _(
        "The region follows from the country or is chosen beside it: empty the field “{label}”."
    ),
    "no_countries": _("It offers no country: give the regions their countries."),
    "country_form": _(
        "The field “{label}” says {value}, which is not a country code of two capital letters."
    ),
    "programmes_from_one": _("The field “{label}” must be 1 or more: a scheme has a programme."),
    "no_single_arrangement": _(
        "Who has one programme could not go on: add an option with the value {value}."
    ),
    "no_other_arrangement": _(
        "Who has several programmes could not go on: add an option with another value than {value}."
    ),
    "exclusive_points": _(
        "The option {option} excludes the others, so it cannot give points: write 0."
    ),
    "hidden_points_range": _(
        "The field “{label}” must be from 0 to {most}, the points that an answer can give."
    ),
    "no_web_address": _(
        "The field “{label}” must be empty or an address that begins with http:// or https://."
    ),
    "odd_character_in_field": _(
        "The field “{label}” holds a character that cannot be kept ({character}): it is not seen, "
        "and changes how a text reads. Delete it."
    ),
    "odd_character_in_scale": _(
        "In the name of the edition or in “Scale and thresholds” stands a character that cannot be "
        "kept ({character}). Delete it."
    ),
    "unknown_placeholder": _(
        "{names} is no placeholder. There are {{country}}, {{region}} and {{programmes}}, and all "
        "other braces would be printed."
    ),
    "placeholder_not_here": _(
        "{names} is filled in the texts of rules only: everywhere else it would be printed."
    ),
    "unknown_language": _("{value} is not the code of a language, such as es, fr or am."),
    "scale_words": _(
        "In “Scale and thresholds”, “levels”, “labels” and “meanings” need {levels} texts each, "
        "the lowest level first."
    ),
    "scale_words_twice": _("In “Scale and thresholds”, two levels have the same name."),
    "scale_guaranteed_twice": _(
        "In “Scale and thresholds”, “guaranteed” names a dimension more than once."
    ),
    "scale_bands": _(
        "In “Scale and thresholds”, “bands” needs four numbers that rise, above 0 and below 100: "
        "the score with which each level above the lowest begins."
    ),
    "scale_range": _(
        "In “Scale and thresholds”, {threshold} must be from {low} to {high}. It says {value}."
    ),
    "scale_rising": _("In “Scale and thresholds”, {threshold} must be below {other_threshold}."),
    "scale_not_above": _(
        "In “Scale and thresholds”, {threshold} may not be above {other_threshold}."
    ),
    "scale_key_missing": _("In “Scale and thresholds”, {name} is missing."),
    "scale_wrong_form": _("In “Scale and thresholds”, {name} has the wrong form."),
    "tier_asked_nothing": _("In a round, the {tier} tier is asked no question at all."),
    "sector_asked_nothing": _("In a round, the sector {sector} is asked no question at all."),
    "cell_asked_nothing": _(
        "In a round, the {tier} tier is asked no question at all in the sector {sector}."
    ),
    "dimension_not_asked": _("In a round, the {tier} tier is asked no question of this dimension."),
    "dimension_not_asked_in": _(
        "In a round, the {tier} tier is asked no question of this dimension in these sectors: "
        "{sectors}."
    ),
    "never_tried": _("No stored sample response makes this rule true: it has never been tried."),
    "tried_only_in_rounds": _(
        "No stored sample response makes this rule true: only several respondents together can."
    ),
    "language_incomplete": _(
        "Of {total} texts in {language}, {missing} are missing and {to_review} are to be reviewed "
        "({groups}). Translate them, or tick “Publish with gaps” for this language."
    ),
    "language_gaps_accepted": _(
        "Of {total} texts in {language}, {missing} are missing and {to_review} are to be reviewed "
        "({groups}). They will be shown in the language of the source, as “Publish with gaps” is "
        "ticked."
    ),
}
OF_CODES: Mapping[str, Any] = {
    "code_form": _(
        "“{value}” cannot be a code here: it begins with a letter from A to Z, has only these "
        "letters, digits and _, and at most {longest} characters."
    ),
    "code_form_of_reference": _(
        "“{value}” cannot be a code here: it begins with a letter from A to Z, has only these "
        "letters, digits, - and _, and at most {longest} characters."
    ),
    "code_reserved": _("“{value}” is a word that the site uses itself: choose another code."),
    "code_alike": _("“{value}” differs from “{other}” in capital letters only."),
    "code_of_dimension": _("“{value}” is the code of a dimension: choose another one."),
    "code_of_question": _("“{value}” is the code of a question: choose another one."),
    "value_form": _(
        "“{value}” cannot be the value of an option: it has only letters from A to Z, digits and "
        "_, and at most {longest} characters."
    ),
}
OF_SEED_FILES: Mapping[str, Any] = {
    "file_missing": _("the file is missing"),
    "file_unreadable": _("the file cannot be read: {reason}"),
    "not_utf8": _("the file is not in UTF-8"),
    "toml_too_deep": _("not readable as TOML: nested too deeply"),
    "toml_unreadable": _("not readable as TOML: {reason}"),
    "key_missing": _("{name} is missing"),
    "unknown_key": _("unknown key {name}"),
    "wrong_form": _("{name} has the wrong form"),
    "file_of_no_dimension": _("no dimension has this name"),
    "questions_not_once": _("questions does not name each question once"),
    "no_entries": _("{name} is not a list of [[{name}]] entries"),
    "code_in_file": _("the code stands already in {file}"),
}
OF_TEXTS: Mapping[str, Any] = {
    "odd_character": _(
        "The text contains a character that cannot be kept ({character}). It stands here: "
        "“{near}”. Delete it and save again."
    ),
    "text_too_long": ngettext_lazy(
        "The text may have at most {limit} characters. It is {over} character too long.",
        "The text may have at most {limit} characters. It is {over} characters too long.",
        "over",
    ),
    "text_gone": _("This text no longer stands in the edition."),
    "placeholders_missing": _("The translation lacks {names}, which stands in the source."),
    "placeholders_unknown": _("The source has no {names}."),
}
OF_CORRECTIONS: Mapping[str, Any] = {
    "draft_not_corrected": _("A draft is changed on its own pages."),
    "text_not_in_edition": _("This text does not stand in the edition."),
    "text_not_translated": _("This text is not translated: correct the text of the source."),
    "corrected_meanwhile": _("Somebody corrected this text meanwhile. It now reads: {text}"),
    "text_unchanged": _("The text is the same as before."),
    "placeholders_changed": _("Words in braces stand for something else and must stay."),
    "more_than_a_typing_error": _(
        "This changes more than a typing error. Only a letter or two of a word can change; "
        "numbers, words such as “not”, “often” or “year”, and the number of words stay. "
        "Start a new draft for a change of meaning."
    ),
}
ABOUT_CONDITIONS = frozenset({*SYNTAX, *CONDITIONS})
SENTENCES: dict[str, Any] = {
    **OF_SYNTAX,
    **OF_CONDITIONS,
    **OF_KINDS,
    **OF_BANK,
    **OF_CODES,
    **OF_SEED_FILES,
    **OF_TEXTS,
    **OF_CORRECTIONS,
}
"""Lazy sentences; {label} is that of the field in the administration, all else a param."""


def issue_sentence(issue: Issue) -> str:
    """What is wrong; on a condition, with the label of the field it stands in."""
    problem = bare_sentence(issue)
    if issue.where.field and issue.code in ABOUT_CONDITIONS:
        sentence = gettext("The field “{label}”: {problem}")
        return sentence.format(label=field_label(issue.where), problem=problem)
    return problem


def bare_sentence(issue: Issue) -> str:
    """The same without a label around it, for who has the field before her."""
    sentence = SENTENCES[issue.code]
    values = in_words(issue.params)
    if "{label}" in str(sentence):
        values["label"] = field_label(issue.where)
    return str(sentence.format(**values))


def in_words(params: Mapping[str, Param]) -> dict[str, Any]:
    """Each param as a sentence shows it."""
    return {
        name: PARAM_WORDS[name](value) if name in PARAM_WORDS else listed(value)
        for name, value in params.items()
    }


def listed(value: Param) -> str | int:
    """A value as it is told: what nobody would see of it stands there by its code point."""
    if isinstance(value, tuple):
        return ", ".join(visible(str(one)) for one in value)
    return visible(value) if isinstance(value, str) else value


def sector_list(sectors: Iterable[str]) -> str:
    return ", ".join(str(SECTORS[sector]) for sector in sectors)


def group_counts(groups: Iterable[tuple[str, str, int]]) -> str:
    return "; ".join(f"{group_words(group, name)}: {number}" for group, name, number in groups)


def threshold_words(name: str) -> str:
    return f"“{name}” ({THRESHOLDS[name]})"


PARAM_WORDS: Mapping[str, Callable[[Any], Any]] = {
    "tier": TIERS.__getitem__,
    "sector": SECTORS.__getitem__,
    "sectors": sector_list,
    "language": language_name,
    "groups": group_counts,
    "threshold": threshold_words,
    "other_threshold": threshold_words,
}
"""What stands in a sentence otherwise than as the value itself."""


def problem_words(error: Exception) -> str:
    """Why a scale or a condition that is stored cannot be read."""
    if isinstance(error, ConditionError):
        return bare_sentence(error.issue)
    if isinstance(error, BadScale):
        return bare_sentence(Issue(error.code, params={"name": error.name}))
    return str(error)
