"""Where a part of an edition is used: what a person must change before it can be deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.method.conditions import ConditionError, parse
from assessment.method.evaluation import comparisons
from assessment.method.grammar import Comparison
from assessment.models import (
    Answer,
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

ANSWERED = ("answer", "points", "gap.sectors", "gap.tiers")
RULE_CONDITIONS = ("when", "when_case", "suppressed_when")
ConditionOf = tuple[int, str, str]
"""Edition, code of the rule, text of the condition."""


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


def speaks_of_question(comparison: Comparison, code: str) -> bool:
    return comparison.name in {f"{family}.{code}" for family in ANSWERED}


def rule_conditions(edition_ids: Iterable[int]) -> Iterator[ConditionOf]:
    editions = list(edition_ids)
    rules = Rule.objects.filter(edition__in=editions)
    for edition, code, *texts in rules.values_list("edition_id", "code", *RULE_CONDITIONS):
        yield from ((edition, code, text) for text in texts if text)
    variants = RuleVariant.objects.filter(rule__edition__in=editions)
    yield from variants.values_list("rule__edition_id", "rule__code", "when")


def rules_by_question(edition_ids: Iterable[int]) -> dict[tuple[int, str], set[str]]:
    """For each edition and code that a rule's condition speaks of: the codes of those rules."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for edition, rule, text in rule_conditions(edition_ids):
        for comparison in compared(text):
            found[edition, subject(comparison.name)].add(rule)
    return found


def used_question_ids(edition_ids: list[int]) -> list[int]:
    used = rules_by_question(edition_ids)
    rows = Question.objects.filter(edition__in=edition_ids).values_list("pk", "edition_id", "code")
    return [pk for pk, edition, code in rows if (edition, code) in used]


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
    return [
        *_in_conditions(question.edition_id, lambda c: speaks_of_question(c, question.code)),
        *_in_answers(question.edition_id, question.code),
    ]


def of_option(option: Option) -> list[str]:
    question = option.question

    def names_it(comparison: Comparison) -> bool:
        return comparison.name == f"answer.{question.code}" and option.value in _texts(comparison)

    values = Answer.objects.filter(code=question.code, response__edition=question.edition_id)
    chosen = sum(_chose(value, option) for value in values.values_list("value", flat=True))
    return [*_in_conditions(question.edition_id, names_it), *_answers(chosen)]


def of_dimension(dimension: Dimension) -> list[str]:
    return _in_conditions(
        dimension.edition_id,
        lambda c: (
            subject(c.name) == dimension.code and not c.name.startswith(("answer.", "points."))
        ),
    )


def of_region(region: Region) -> list[str]:
    edition, code = region.edition_id, region.code
    holders: tuple[tuple[Any, str], ...] = (
        (Finding, _("Finding %(code)s: region")),
        (Case, _("Case %(code)s: region")),
        (Rule, _("Rule %(code)s: region")),
    )
    return [
        *_in_conditions(edition, lambda c: c.name == "profile.region" and region.code in _texts(c)),
        *(
            text % {"code": used}
            for model, text in holders
            for used in model.objects.filter(edition=edition, region=code).values_list(
                "code", flat=True
            )
        ),
    ]


def of_rule(rule: Rule) -> list[str]:
    rows = Rule.objects.filter(edition=rule.edition_id, suppressed_by=rule.code)
    return [
        _("Rule %(code)s: suppressed by this one") % {"code": code}
        for code in rows.values_list("code", flat=True)
    ]


def of_finding(finding: Finding) -> list[str]:
    citing: tuple[tuple[Any, str, str], ...] = (
        (Question.objects.filter(findings=finding), "code", _("Question %(code)s: findings")),
        (Rule.objects.filter(findings=finding), "code", _("Rule %(code)s: findings")),
        (Dimension.objects.filter(findings=finding), "code", _("Dimension %(code)s: findings")),
        (Case.objects.filter(finding=finding), "code", _("Case %(code)s: finding")),
        (
            CaseReading.objects.filter(findings=finding),
            "case__code",
            _("Case %(code)s: finding of a reading"),
        ),
    )
    return [
        text % {"code": code}
        for rows, name, text in citing
        for code in rows.values_list(name, flat=True).distinct()
    ]


def _texts(comparison: Comparison) -> tuple[Any, ...]:
    limit = comparison.limit
    return limit if isinstance(limit, tuple) else (limit,)


def _in_conditions(edition_id: int, speaks: Any) -> list[str]:
    rules = {
        rule
        for _edition, rule, text in rule_conditions([edition_id])
        if any(speaks(comparison) for comparison in compared(text))
    }
    shown = Question.objects.filter(edition=edition_id).exclude(shown_if="")
    questions = [
        code
        for code, text in shown.values_list("code", "shown_if")
        if any(speaks(comparison) for comparison in compared(text))
    ]
    return [
        *(_("Rule %(code)s: condition") % {"code": code} for code in sorted(rules)),
        *(_("Question %(code)s: shown if") % {"code": code} for code in questions),
    ]


def _in_answers(edition_id: int, code: str) -> list[str]:
    return _answers(Answer.objects.filter(response__edition=edition_id, code=code).count())


def _answers(count: int) -> list[str]:
    if not count:
        return []
    return [ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}]


def _chose(value: object, option: Option) -> bool:
    chosen = value if isinstance(value, list) else [value]
    return option.value in [str(one) for one in chosen]
