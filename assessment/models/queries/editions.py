"""What editions hold, and which of them holds a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from assessment.models import Finding, Question, Response, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from assessment.models import Edition
    from assessment.models.editions import Part

COUNTED_TABLES: Mapping[str, tuple[Any, str]] = {
    "questions_here": (Question, "edition"),
    "findings_here": (Finding, "edition"),
    "rules_here": (Rule, "edition"),
    "responses_here": (Response, "round__edition"),
}
"""By the name of the count: what is counted, and how the edition is reached from there."""


def with_counts(editions: QuerySet[Any]) -> QuerySet[Any]:
    """Each edition with the number of its rows in each of COUNTED_TABLES, in the same query."""
    counts = {name: _count(model, path) for name, (model, path) in COUNTED_TABLES.items()}
    found: QuerySet[Any] = editions.annotate(**counts)
    return found


def _count(model: type[Any], path: str) -> Coalesce:
    rows = model.objects.of_one_person() if model is Response else model.objects
    own = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


def editions_with_code(part: Part, code: str) -> list[Edition]:
    """Those in which another part of the same model has this code."""
    others: Any = type(part)._default_manager.filter(code=code).exclude(pk=part.pk)
    return [other.edition for other in others.select_related("edition")]
