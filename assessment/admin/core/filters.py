"""Filters of lists: by edition, of which one is chosen from the start, and by a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.edition_choice import edition_choice

ALL = "all"


class EditionFilter(admin.SimpleListFilter):
    title = _("edition")
    parameter_name = "edition"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        self.selected = edition_choice(request).selected
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(edition.pk), str(edition)) for edition in edition_choice(request).editions]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        all_editions = changelist.get_query_string({self.parameter_name: ALL})
        yield {
            "selected": self.selected is None,
            "query_string": all_editions,
            "display": _("All editions"),
        }
        for value, display in self.lookup_choices:
            yield {
                "selected": self.selected is not None and str(self.selected.pk) == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": display,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.selected is not None:
            return queryset.filter(edition=self.selected)
        return queryset if self.value() in {None, ALL} else queryset.none()


class WordFilter(admin.SimpleListFilter):
    """A column that holds one of a few words of the method, or none."""

    words: Mapping[str, Any]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*self.words.items(), ("none", _("not given"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if not chosen:
            return queryset
        return queryset.filter(**{str(self.parameter_name): "" if chosen == "none" else chosen})
