"""Where a rule or pattern comes from: the findings it cites, what its conditions speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from assessment.admin.bank.part.choices import ALL_REGIONS
from assessment.models import Dimension, Finding, Pattern, Question, Region, Rule
from assessment.models.queries.conditions import (
    CONDITION_COLUMNS,
    QUESTION_FAMILIES,
    comparisons_in,
)


@dataclass(frozen=True, slots=True)
class CitedFinding:
    """A finding, whole, and where it can be looked up."""

    finding: Finding
    address: str
    region: Any


@dataclass(frozen=True, slots=True)
class ConditionSubject:
    """A question, dimension or field of the profile that decides whether it holds."""

    code: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Evidence:
    findings: tuple[CitedFinding, ...]
    questions: tuple[ConditionSubject, ...]
    dimensions: tuple[ConditionSubject, ...]
    profile: tuple[ConditionSubject, ...]


def evidence_of(part: Rule | Pattern) -> Evidence:
    """A query for each model, whatever the part speaks of."""
    parts = [name.split(".") for name in _names(part)]
    codes = {last for *family, last in parts if ".".join(family) in QUESTION_FAMILIES}
    fields = {last for family, *_axis, last in parts if family == "profile"}
    questions = Question.objects.filter(edition=part.edition_id).filter(
        Q(code__in=codes) | Q(profile__in=_asked_fields(fields))
    )
    dimensions = {last for family, *_axis, last in parts if family not in {"answer", "points"}}
    found = list(questions)
    return Evidence(
        findings=tuple(_cited_findings(part)),
        questions=tuple(_subject(q, q.text) for q in found if q.code in codes),
        dimensions=tuple(
            _subject(d, d.name)
            for d in Dimension.objects.filter(edition=part.edition_id, code__in=dimensions)
        ),
        profile=tuple(_subject(q, q.text) for q in found if q.profile),
    )


def _names(part: Rule | Pattern) -> Iterable[str]:
    texts = [getattr(part, name) for name in CONDITION_COLUMNS[type(part)]]
    if isinstance(part, Rule):
        texts += [variant.when for variant in part.variants.all()]
    return dict.fromkeys(found.name for text in texts for found in comparisons_in(text))


def _asked_fields(fields: set[str]) -> set[str]:
    """The region follows from the country, and has no question of its own."""
    return fields | {"country"} if "region" in fields else fields


def _cited_findings(part: Rule | Pattern) -> Iterator[CitedFinding]:
    regions: dict[str, Any] = dict([ALL_REGIONS])
    regions |= dict(Region.objects.filter(edition=part.edition_id).values_list("code", "name"))
    for finding in part.findings.select_related("source"):
        address = reverse("admin:assessment_finding_change", args=[finding.pk])
        yield CitedFinding(finding, address, regions.get(finding.region, finding.region))


def _subject(part: Question | Dimension, words: str) -> ConditionSubject:
    address = reverse(f"admin:assessment_{part._meta.model_name}_change", args=[part.pk])
    return ConditionSubject(part.code, words, address)
