"""Where a part of an edition is used: what a person must change before it can be deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q

from assessment.instrument.conditions.grammar import Comparison
from assessment.models import (
    Answer,
    Case,
    CaseReading,
    Dimension,
    Edition,
    Finding,
    Option,
    Package,
    Pattern,
    Question,
    Region,
    Role,
    Round,
    Rule,
)
from assessment.models.queries.answer_counts import MOST_READ, answer_values, option_counts
from assessment.models.queries.conditions import (
    ConditionText,
    comparisons_in,
    condition_texts,
    question_names,
    subject_of,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

CASE_FIELDS = ("arrangement", "intention")
"""What a case says of the profile by the value of an option."""
CITING: tuple[tuple[Any, str], ...] = (
    (Question, "findings"),
    (Rule, "findings"),
    (Dimension, "findings"),
    (Case, "finding"),
    (CaseReading, "findings"),
    (Pattern, "findings"),
)
"""Each model with the field in which it cites findings."""
NAMING: Mapping[type[Any], tuple[tuple[Any, tuple[str, ...]], ...]] = {
    Rule: (
        (Rule, ("suppressed_by", "contains")),
        (Package, ("rules", "prerequisite_if")),
    ),
    Role: ((Rule, ("role", "with_roles")),),
    Package: ((Package, ("prerequisite_of",)), (Pattern, ("package",))),
    Case: ((Pattern, ("case",)),),
}
"""By model what names its parts by their codes, one or a list, and in which fields."""
CONDITION_PLACES: tuple[tuple[type[Any], str], ...] = (
    (Question, "shown_if"),
    (Pattern, "condition"),
    (Finding, "condition"),
)


@dataclass(frozen=True, slots=True)
class Use:
    """A part, or `count` answers or rounds, that would lose what it speaks of.

    `place` is the field of the part in which it speaks of it, `option` the value of the option
    where it speaks of one of a question. `at_least`: no more of them were counted.
    """

    model: type[Any]
    code: str = ""
    place: str = ""
    option: str = ""
    count: int = 0
    at_least: bool = False


class PartUsage:
    """All uses of one part, each asked for once."""

    def __init__(self, part: Any) -> None:
        self.part = part

    @cached_property
    def uses(self) -> list[Use]:
        """What keeps the part itself from being deleted."""
        find = USES_OF.get(type(self.part))
        return list(find(self)) if find else []

    @cached_property
    def option_uses(self) -> Mapping[str, list[Use]]:
        """By value of each option of a question; few queries for many options."""
        cases, counts = _cases_by_value(self.part), option_counts(self.answers)
        rounds = _rounds_by_value(self.part)
        return {
            value: [
                replace(use, option=value)
                for use in (
                    *self._conditions_with(value),
                    *cases[value],
                    *self.answered(counts[value]),
                    *_counted(Round, rounds[value]),
                )
            ]
            for value in self.part.options.values_list("value", flat=True)
        }

    @cached_property
    def code_is_fixed(self) -> bool:
        """Codes are stable: one that was published, or that something names, stays."""
        same = type(self.part).objects.filter(code=self.part.code)
        published = same.exclude(edition__state=Edition.State.DRAFT)
        return bool(published.exists() or self.uses)

    @cached_property
    def immutable_values(self) -> frozenset[str]:
        """Values of options are stable as codes are."""
        same = Option.objects.filter(question__code=self.part.code)
        published = same.exclude(question__edition__state=Edition.State.DRAFT)
        used = {value for value, uses in self.option_uses.items() if uses}
        return frozenset(published.values_list("value", flat=True)) | used

    @cached_property
    def answers(self) -> list[Any]:
        return answer_values(self.part)

    def answered(self, count: int) -> list[Use]:
        """So many answers, or at least so many where not all were read."""
        bounded = len(self.answers) == MOST_READ
        return [replace(use, at_least=bounded) for use in _counted(Answer, count)]

    @cached_property
    def _conditions(self) -> list[ConditionText]:
        return condition_texts(self.part.edition_id)

    def conditions_where(self, holds: Callable[[Comparison], bool]) -> list[Use]:
        """Each part once, the rules by their codes, then the other parts in their order."""
        found = dict.fromkeys(
            (model, code)
            for model, code, text in self._conditions
            if any(holds(comparison) for comparison in comparisons_in(text))
        )
        rules = sorted(code for model, code in found if model is Rule)
        return [
            *(Use(Rule, code, "condition") for code in rules),
            *(
                Use(holder, code, place)
                for holder, place in CONDITION_PLACES
                for model, code in found
                if model is holder
            ),
        ]

    def _conditions_with(self, value: str) -> list[Use]:
        """Those that compare the question's answer with the value of an option."""
        names = question_names(self.part.code, self.part.profile)
        valued = {name for name in names if name.startswith(("answer.", "profile."))}
        return self.conditions_where(lambda c: c.name in valued and value in _texts(c))


def is_cited() -> Q:
    """Holds for a finding that anything but itself cites."""
    citing = [Q(Exists(model.objects.filter(**{name: OuterRef("pk")}))) for model, name in CITING]
    return reduce(or_, citing)


def _uses_of_question(usage: PartUsage) -> Iterable[Use]:
    names = question_names(usage.part.code, usage.part.profile)
    return [
        *usage.conditions_where(lambda c: c.name in names),
        *usage.answered(len(usage.answers)),
        *_counted(Round, _rounds_asking(usage.part).count()),
    ]


def _uses_of_dimension(usage: PartUsage) -> Iterable[Use]:
    code = usage.part.code
    return usage.conditions_where(
        lambda c: subject_of(c.name) == code and not c.name.startswith(("answer.", "points."))
    )


def _uses_of_region(usage: PartUsage) -> Iterator[Use]:
    code = usage.part.code
    yield from usage.conditions_where(lambda c: c.name == "profile.region" and code in _texts(c))
    with_region: tuple[Any, ...] = (Finding, Case, Rule)
    for model in with_region:
        rows = model.objects.filter(edition=usage.part.edition_id, region=code)
        yield from (Use(model, used, "region") for used in rows.values_list("code", flat=True))


def _uses_by_code(usage: PartUsage) -> Iterator[Use]:
    """A list is read whole: not every database searches in one."""
    for model, fields in NAMING[type(usage.part)]:
        rows = model.objects.filter(edition=usage.part.edition_id).values_list("code", *fields)
        for code, *named in rows:
            for field, value in zip(fields, named, strict=True):
                if usage.part.code in (value if isinstance(value, list) else [value]):
                    yield Use(model, code, field)


def _uses_of_finding(usage: PartUsage) -> Iterator[Use]:
    for model, name in CITING:
        rows = model.objects.filter(**{name: usage.part})
        if model is CaseReading:
            codes = rows.values_list("case__code", flat=True).distinct()
            yield from (Use(Case, code, "readings") for code in codes)
        else:
            codes = rows.values_list("code", flat=True).distinct()
            yield from (Use(model, code, name) for code in codes)


USES_OF: Mapping[type[Any], Callable[[PartUsage], Iterable[Use]]] = {
    Question: _uses_of_question,
    Dimension: _uses_of_dimension,
    Region: _uses_of_region,
    Finding: _uses_of_finding,
    **dict.fromkeys(NAMING, _uses_by_code),
}
"""Nothing keeps a source, a term or a pattern."""


def _cases_by_value(question: Question) -> Mapping[str, list[Use]]:
    """The cases that hold a value of a profile question."""
    found: dict[str, list[Use]] = defaultdict(list)
    if question.profile in CASE_FIELDS:
        rows = Case.objects.filter(edition=question.edition_id)
        for code, value in rows.values_list("code", question.profile):
            found[value].append(Use(Case, code, question.profile))
    return found


def _texts(comparison: Comparison) -> tuple[Any, ...]:
    limit = comparison.limit
    return limit if isinstance(limit, tuple) else (limit,)


def _rounds_asking(question: Question) -> QuerySet[Round]:
    """Rounds of several use what they ask, whatever was answered: that is told by none of them."""
    editions = Question.objects.filter(code=question.code).values("edition")
    return Round.objects.of_several().filter(edition__in=editions)


def _rounds_by_value(question: Question) -> Mapping[str, int]:
    rounds = dict(_rounds_asking(question).order_by().values_list("edition").annotate(Count("pk")))
    found: dict[str, int] = defaultdict(int)
    options = Option.objects.filter(question__code=question.code, question__edition__in=rounds)
    for value, edition in options.values_list("value", "question__edition"):
        found[value] += rounds[edition]
    return found


def _counted(model: type[Any], count: int) -> list[Use]:
    return [Use(model, count=count)] if count else []
