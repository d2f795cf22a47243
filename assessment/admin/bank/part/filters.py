"""Filters of the lists of parts: dimension, kind, translation, use, citation."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.wording import question_kind_choices
from assessment.admin.core.edition_choice import edition_choice
from assessment.admin.core.filters import ALL
from assessment.instrument.kinds.registry import KINDS
from assessment.models import Dimension
from assessment.models.queries import completeness
from assessment.models.queries.conditions import used_in_rules
from assessment.models.queries.usage import is_cited
from assessment.models.translations import language_name


class DimensionFilter(admin.SimpleListFilter):
    title = _("dimension")
    parameter_name = "dimension"
    field = "dimension__code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Dimension.objects.order_by("position", "pk")
        selected = edition_choice(request).selected
        rows = rows.filter(edition=selected) if selected else rows
        return list(dict(rows.values_list("code", "name")).items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(**{self.field: chosen}).distinct() if chosen else queryset


class FindingDimensionFilter(DimensionFilter):
    field = "dimensions__code"


class MissingTranslationFilter(admin.SimpleListFilter):
    """What a language lacks, or has to review."""

    title = _("missing translation")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        choice = edition_choice(request)
        among: list[Any] = [e for e in choice.editions if e.pk in choice.selected_ids]
        offered = {name for edition in among for name in edition.offered.split(",") if name}
        return [
            (ALL, _("in some language")),
            *((name, language_name(name)) for name in sorted(offered)),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if not chosen:
            return queryset
        return completeness.missing_translation(queryset, "" if chosen == ALL else chosen)


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return question_kind_choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() in KINDS else queryset


class UsedInRulesFilter(admin.SimpleListFilter):
    """Questions that no condition speaks of."""

    title = _("use in conditions")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("not used by any rule")), ("yes", _("used by a rule"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"no", "yes"}:
            return queryset
        choice = edition_choice(request)
        used = used_in_rules(choice.selected_ids, choice.rules)
        return queryset.filter(used) if self.value() == "yes" else queryset.exclude(used)


class CitationFilter(admin.SimpleListFilter):
    """Findings that nothing cites."""

    title = _("citation")
    parameter_name = "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("not cited")), ("yes", _("cited"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"no", "yes"}:
            return queryset
        cited = is_cited()
        return queryset.filter(cited) if self.value() == "yes" else queryset.exclude(cited)
