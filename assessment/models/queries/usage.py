"""Where a part of an edition is used: what a person must change before it can be deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial, reduce
from operator import or_
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessment.instrument.conditions.evaluate import comparisons
from assessment.instrument.conditions.grammar import Comparison, ConditionError, parse
from assessment.models import (
    Case,
    CaseReading,
    Dimension,
    Finding,
    Option,
    Question,
    Region,
    Rule,
    RuleVariant,
)
from assessment.models.queries.answer_counts import chosen_of, given

ANSWERED = ("answer", "points", "gap.sectors", "gap.tiers")
CASE_WORDS = {
    "arrangement": gettext_lazy("Case %(code)s: arrangement"),
    "intention": gettext_lazy("Case %(code)s: intention"),
}
RULE_CONDITIONS = ("when", "when_case", "suppressed_when")
ConditionOf = tuple[int, str, str]
"""Edition, code of the rule, text of the condition."""
Rules = Mapping[tuple[int, str], set[str]]
"""By edition and name that conditions speak of: the codes of the rules."""
NONE = Q(pk__in=[])


class Use(str):
    """A sentence on one use, and which part of the edition it speaks of."""

    __slots__ = ("code", "kind")

    kind: type[Any]
    code: str

    def __new__(cls, kind: type[Any], code: str, sentence: str) -> Self:
        made = super().__new__(cls, sentence % {"code": code})
        made.kind, made.code = kind, code
        return made


def linked(edition_id: int, sentences: Iterable[str]) -> list[tuple[str, str]]:
    """Each sentence with the address of the part it names, or none; a query for each kind."""
    sentences = list(sentences)
    kinds = {use.kind for use in sentences if isinstance(use, Use)}
    addresses = {
        (kind, code): reverse(f"admin:assessment_{kind._meta.model_name}_change", args=[pk])
        for kind in kinds
        for code, pk in kind.objects.filter(edition=edition_id).values_list("code", "pk")
    }
    return [
        (s, addresses.get((s.kind, s.code), "") if isinstance(s, Use) else "") for s in sentences
    ]


@lru_cache(maxsize=4096)
def compared(text: str) -> tuple[Comparison, ...]:
    """The comparisons of a condition; none where the text is no condition."""
    try:
        return tuple(comparisons(parse(text).tree)) if text else ()
    except ConditionError:
        return ()


def subject(name: str) -> str:
    """The question, dimension or profile field a name speaks of."""
    return name.rpartition(".")[2]


def names_of(code: str, profile: str) -> frozenset[str]:
    """Every name by which conditions speak of a question: one of the profile by its field too."""
    names = {f"{family}.{code}" for family in ANSWERED}
    return frozenset(names | {f"profile.{profile}"} if profile else names)


def _values_of(question: Question) -> frozenset[str]:
    """The names that a condition compares with the values of the question's options."""
    names = names_of(question.code, question.profile)
    return frozenset(name for name in names if name.startswith(("answer.", "profile.")))


def rule_conditions(edition_ids: Iterable[int]) -> Iterator[ConditionOf]:
    """Those of the rules and of their variants, in one query."""
    editions = list(edition_ids)
    rules = Rule.objects.filter(edition__in=editions).order_by()
    variants = RuleVariant.objects.filter(rule__edition__in=editions).order_by()
    none = Value("", output_field=TextField())
    own = rules.values_list("edition_id", "code", *RULE_CONDITIONS)
    below = variants.values_list("rule__edition_id", "rule__code", "when", none, none)
    for edition, code, *texts in own.union(below, all=True):
        yield from ((edition, code, text) for text in texts if text)


def rules_by_name(edition_ids: Iterable[int]) -> Rules:
    """For each edition and name that a rule's condition speaks of: the codes of those rules."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for edition, rule, text in rule_conditions(edition_ids):
        for comparison in compared(text):
            found[edition, comparison.name].add(rule)
    return found


def rules_of(question: Any, rules: Rules) -> set[str]:
    """The codes of the rules that speak of the question."""
    names = names_of(question.code, question.profile)
    return {rule for name in names for rule in rules.get((question.edition_id, name), ())}


def used_questions(edition_ids: Iterable[int], rules: Rules) -> Q:
    """Holds for the questions of these editions that a rule's condition speaks of."""
    named: dict[int, set[str]] = {edition: set() for edition in edition_ids}
    for edition, name in rules:
        named[edition].add(name)
    return reduce(or_, (_asked(edition, names) for edition, names in named.items()), NONE)


def _asked(edition: int, names: Iterable[str]) -> Q:
    parts = [name.rpartition(".") for name in names]
    fields = [field for family, _dot, field in parts if family == "profile"]
    codes = [code for family, _dot, code in parts if family in ANSWERED]
    return Q(edition=edition) & (Q(code__in=codes) | Q(profile__in=fields))


def cited() -> Q:
    """Holds for a finding that anything but itself cites."""
    holders: tuple[tuple[Any, str], ...] = (
        (Question, "findings"),
        (Rule, "findings"),
        (Dimension, "findings"),
        (CaseReading, "findings"),
        (Case, "finding"),
    )
    kinds = [Q(Exists(model.objects.filter(**{name: OuterRef("pk")}))) for model, name in holders]
    return reduce(or_, kinds)


def of_question(question: Question) -> list[str]:
    names = names_of(question.code, question.profile)
    return [
        *_speaking(_spoken(question), lambda c: c.name in names),
        *_answers(sum(number for _value, number in given(question))),
    ]


def of_option(option: Option) -> list[str]:
    return of_options(option.question)[option.value]


def of_options(question: Question) -> dict[str, list[str]]:
    """By value of each option, read once for a question object; few queries for many options."""
    kept = vars(question)
    if "uses_of_options" not in kept:
        kept["uses_of_options"] = _uses_of_options(question)
    return dict(kept["uses_of_options"])


def _uses_of_options(question: Question) -> dict[str, list[str]]:
    spoken, chosen = _spoken(question), chosen_of(question)
    names, cases = _values_of(question), _cases_by_value(question)
    return {
        value: [
            *_speaking(spoken, partial(_names, names=names, value=value)),
            *cases[value],
            *_answers(chosen[value]),
        ]
        for value in question.options.values_list("value", flat=True)
    }


def of_each_option(question: Question) -> list[str]:
    """The same in one list, each sentence beginning with its option."""
    return [
        _beside(_("Option %(value)s: %(use)s") % {"value": value, "use": use}, use)
        for value, found in of_options(question).items()
        for use in found
    ]


def _beside(sentence: str, use: str) -> str:
    """The sentence, speaking of the same part as `use`."""
    if not isinstance(use, Use):
        return sentence
    return Use(use.kind, use.code, sentence.replace("%", "%%"))


def of_dimension(dimension: Dimension) -> list[str]:
    return _in_conditions(
        dimension.edition_id,
        lambda c: (
            subject(c.name) == dimension.code and not c.name.startswith(("answer.", "points."))
        ),
    )


def of_region(region: Region) -> list[str]:
    edition, code = region.edition_id, region.code
    holders: tuple[tuple[type[Any], str], ...] = (
        (Finding, _("Finding %(code)s: region")),
        (Case, _("Case %(code)s: region")),
        (Rule, _("Rule %(code)s: region")),
    )
    return [
        *_in_conditions(edition, lambda c: c.name == "profile.region" and region.code in _texts(c)),
        *(
            Use(model, used, text)
            for model, text in holders
            for used in model.objects.filter(edition=edition, region=code).values_list(
                "code", flat=True
            )
        ),
    ]


def of_rule(rule: Rule) -> list[str]:
    rows = Rule.objects.filter(edition=rule.edition_id, suppressed_by=rule.code)
    return [
        Use(Rule, code, _("Rule %(code)s: suppressed by this one"))
        for code in rows.values_list("code", flat=True)
    ]


def of_finding(finding: Finding) -> list[str]:
    citing: tuple[tuple[type[Any], Any, str, str], ...] = (
        (Question, Question.objects, "findings", _("Question %(code)s: findings")),
        (Rule, Rule.objects, "findings", _("Rule %(code)s: findings")),
        (Dimension, Dimension.objects, "findings", _("Dimension %(code)s: findings")),
        (Case, Case.objects, "finding", _("Case %(code)s: finding")),
        (Case, CaseReading.objects, "findings", _("Case %(code)s: finding of a reading")),
    )
    return [
        Use(kind, code, text)
        for kind, rows, name, text in citing
        for code in rows.filter(**{name: finding})
        .values_list("case__code" if rows.model is CaseReading else "code", flat=True)
        .distinct()
    ]


def _cases_by_value(question: Question) -> dict[str, list[str]]:
    """The cases that hold a value of a profile question."""
    found: dict[str, list[str]] = defaultdict(list)
    if question.profile in CASE_WORDS:
        rows = Case.objects.filter(edition=question.edition_id)
        for code, value in rows.values_list("code", question.profile):
            found[value].append(Use(Case, code, str(CASE_WORDS[question.profile])))
    return found


def _names(comparison: Comparison, *, names: frozenset[str], value: str) -> bool:
    return comparison.name in names and value in _texts(comparison)


def _texts(comparison: Comparison) -> tuple[Any, ...]:
    limit = comparison.limit
    return limit if isinstance(limit, tuple) else (limit,)


def conditions_of(edition_id: int) -> list[tuple[Use, str]]:
    """Every condition of the edition: where it stands, and its text."""
    rules = rule_conditions([edition_id])
    shown = Question.objects.filter(edition=edition_id).exclude(shown_if="")
    return [
        *((Use(Rule, rule, _("Rule %(code)s: condition")), text) for _edition, rule, text in rules),
        *(
            (Use(Question, code, _("Question %(code)s: shown if")), text)
            for code, text in shown.values_list("code", "shown_if")
        ),
    ]


def _in_conditions(edition_id: int, speaks: Any) -> list[str]:
    return _speaking(conditions_of(edition_id), speaks)


def _speaking(conditions: list[tuple[Use, str]], speaks: Any) -> list[str]:
    """Each place once, the rules by their codes, then the questions in their order."""
    found = dict.fromkeys(
        use for use, text in conditions if any(speaks(part) for part in compared(text))
    )
    rules = sorted(use for use in found if use.kind is Rule)
    return [*rules, *(use for use in found if use.kind is Question)]


def _spoken(question: Question) -> list[tuple[Use, str]]:
    """The conditions of its edition, read once for a question object."""
    kept = vars(question)
    if "spoken" not in kept:
        kept["spoken"] = conditions_of(question.edition_id)
    return list(kept["spoken"])


def _answers(count: int) -> list[str]:
    if not count:
        return []
    return [ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}]
