"""Lists of tables that grow without bound: none of their pages reads all rows."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from assessment.admin.core.base_admin import ReadOnlyAdmin

MOST_LISTED = 1_000
"""So many rows are counted and can be paged through; a filter or a search leads to the others."""
HASH_DIGITS = frozenset("0123456789abcdef")


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.values("pk")[:MOST_LISTED].count())


class LargeTableAdmin(ReadOnlyAdmin):
    """Newest first, by an index; found by the whole uuid or by how a hash begins."""

    paginator = CappedPaginator
    hash_field = ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip().lower()
        if not term:
            return queryset, False
        try:
            return queryset.filter(uuid=UUID(term)), False
        except ValueError:
            return self._by_hash(queryset, term), False

    def _by_hash(self, rows: QuerySet[Any], beginning: str) -> QuerySet[Any]:
        """As a range, which an index answers; no digit comes after f."""
        name = self.hash_field
        if not name or set(beginning) - HASH_DIGITS:
            return rows.none()
        return rows.filter(**{f"{name}__gte": beginning, f"{name}__lt": f"{beginning}g"})
