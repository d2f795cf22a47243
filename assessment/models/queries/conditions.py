"""What the conditions of an edition speak of, by the names they use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Q, TextField, Value

from assessment.instrument.conditions.evaluate import comparisons
from assessment.instrument.conditions.grammar import Comparison, ConditionError, parse
from assessment.models import Finding, Pattern, Question, Rule, RuleVariant

QUESTION_FAMILIES = ("answer", "points", "gap.sectors", "gap.tiers")
"""In these families the last part of a name is the code of a question, or of a dimension."""
CONDITION_COLUMNS: Mapping[type[Any], tuple[str, ...]] = {
    Rule: ("when", "when_case", "suppressed_when", "unless"),
    Question: ("shown_if",),
    Pattern: ("when", "unless"),
    Finding: ("applies", "have", "seen", "partly"),
}
"""By part its fields that hold a condition; the variants of a rule have one each beside them."""
NO_ROWS = Q(pk__in=[])
RulesByName = Mapping[tuple[int, str], set[str]]
"""By edition and name that conditions speak of: the codes of the rules."""


class RuleCondition(NamedTuple):
    edition_id: int
    rule: str
    text: str


class ConditionText(NamedTuple):
    """Of a rule, its variants among them, or of a question, pattern or finding."""

    model: type[Any]
    code: str
    text: str


@lru_cache(maxsize=4096)
def comparisons_in(text: str) -> tuple[Comparison, ...]:
    """The comparisons of a condition; none where the text is no condition.

    Kept, because a list asks for those of every rule: a thousand conditions are parsed in 90 ms.
    """
    try:
        return tuple(comparisons(parse(text).tree)) if text else ()
    except ConditionError:
        return ()


def subject_of(name: str) -> str:
    """The question, dimension or profile field a name speaks of."""
    return name.rpartition(".")[2]


def question_names(code: str, profile: str) -> frozenset[str]:
    """Every name by which conditions speak of a question: one of the profile by its field too."""
    names = {f"{family}.{code}" for family in QUESTION_FAMILIES}
    return frozenset(names | {f"profile.{profile}"} if profile else names)


def rule_condition_texts(edition_ids: Iterable[int]) -> Iterator[RuleCondition]:
    """Those of the rules and of their variants, in one query."""
    editions = list(edition_ids)
    rules = Rule.objects.filter(edition__in=editions).order_by()
    variants = RuleVariant.objects.filter(rule__edition__in=editions).order_by()
    empty = Value("", output_field=TextField())
    own = rules.values_list("edition_id", "code", *CONDITION_COLUMNS[Rule])
    none_of_them = [empty] * (len(CONDITION_COLUMNS[Rule]) - 1)
    below = variants.values_list("rule__edition_id", "rule__code", "when", *none_of_them)
    for edition, code, *texts in own.union(below, all=True):
        yield from (RuleCondition(edition, code, text) for text in texts if text)


def condition_texts(edition_id: int) -> list[ConditionText]:
    """Every condition of the edition: those of rules, then of the other parts in their order."""
    rules = rule_condition_texts([edition_id])
    others = (model for model in CONDITION_COLUMNS if model is not Rule)
    return [
        *(ConditionText(Rule, rule, text) for _edition, rule, text in rules),
        *(found for model in others for found in _texts_of(model, edition_id)),
    ]


def _texts_of(model: type[Any], edition_id: int) -> Iterator[ConditionText]:
    rows = model.objects.filter(edition=edition_id)
    for code, *texts in rows.values_list("code", *CONDITION_COLUMNS[model]):
        yield from (ConditionText(model, code, text) for text in texts if text)


def rules_by_name(edition_ids: Iterable[int]) -> RulesByName:
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for edition, rule, text in rule_condition_texts(edition_ids):
        for comparison in comparisons_in(text):
            found[edition, comparison.name].add(rule)
    return found


def rules_naming(question: Any, rules: RulesByName) -> set[str]:
    """The codes of the rules that speak of the question."""
    names = question_names(question.code, question.profile)
    return {rule for name in names for rule in rules.get((question.edition_id, name), ())}


def used_in_rules(edition_ids: Iterable[int], rules: RulesByName) -> Q:
    """Holds for the questions of these editions that a rule's condition speaks of."""
    names_in: dict[int, set[str]] = {edition: set() for edition in edition_ids}
    for edition, name in rules:
        names_in[edition].add(name)
    return reduce(or_, (_speaking_of(e, names) for e, names in names_in.items()), NO_ROWS)


def _speaking_of(edition: int, names: Iterable[str]) -> Q:
    parts = [name.rpartition(".") for name in names]
    fields = [field for family, _dot, field in parts if family == "profile"]
    codes = [code for family, _dot, code in parts if family in QUESTION_FAMILIES]
    return Q(edition=edition) & (Q(code__in=codes) | Q(profile__in=fields))
