"""Filters of the lists: edition (one is chosen from the start), dimension, kind, unused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.form_fields import kind_choices
from assessment.instrument.kinds.registry import KINDS
from assessment.models import Dimension, Edition
from assessment.models.queries import completeness
from assessment.models.queries import usage as uses
from assessment.models.translations import language_name
from assessment.reports.wording import SECTORS, TIERS

EVERY = "all"


def editions(request: HttpRequest) -> list[Edition]:
    """All editions, newest first; read once for a request."""
    kept = vars(request)
    if "editions" not in kept:
        rows = Edition.objects.annotate(offered=completeness.joined_languages())
        kept["editions"] = list(rows.order_by("-id"))
    return list(kept["editions"])


def drafts(request: HttpRequest) -> list[Edition]:
    return [edition for edition in editions(request) if edition.is_draft]


def usual_edition(request: HttpRequest) -> Edition | None:
    """The newest draft; without one, the edition that new responses start on."""
    published = [e for e in editions(request) if e.state == Edition.State.PUBLISHED]
    current = sorted(published, key=lambda edition: edition.number or 0)[-1:]
    return next(iter([*drafts(request), *current]), None)


def shown_edition(request: HttpRequest) -> Edition | None:
    """The one edition whose parts a list shows; None where it shows several."""
    asked = request.GET.get("edition", "")
    if asked:
        found = [e for e in editions(request) if str(e.pk) == asked]
        return next(iter(found), None)
    return None if "edition__state__exact" in request.GET else usual_edition(request)


def shown_ids(request: HttpRequest) -> list[int]:
    """Of the edition that a list shows, or of all."""
    shown = shown_edition(request)
    return [edition.pk for edition in ([shown] if shown else editions(request))]


def rules_of(request: HttpRequest) -> uses.Rules:
    """What the rules of the shown editions speak of; read once for a request."""
    kept = vars(request)
    if "rules_of" not in kept:
        kept["rules_of"] = uses.rules_by_name(shown_ids(request))
    rules: uses.Rules = kept["rules_of"]
    return rules


class EditionFilter(admin.SimpleListFilter):
    title = _("edition")
    parameter_name = "edition"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        self.shown = shown_edition(request)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(edition.pk), str(edition)) for edition in editions(request)]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        every = changelist.get_query_string({self.parameter_name: EVERY})
        yield {
            "selected": self.shown is None,
            "query_string": every,
            "display": _("All editions"),
        }
        for value, display in self.lookup_choices:
            yield {
                "selected": self.shown is not None and str(self.shown.pk) == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": display,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.shown is not None:
            return queryset.filter(edition=self.shown)
        return queryset if self.value() in {None, EVERY} else queryset.none()


class DimensionFilter(admin.SimpleListFilter):
    title = _("dimension")
    parameter_name = "dimension"
    field = "dimension__code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Dimension.objects.order_by("position", "pk")
        shown = shown_edition(request)
        rows = rows.filter(edition=shown) if shown else rows
        return list(dict(rows.values_list("code", "name")).items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(**{self.field: chosen}).distinct() if chosen else queryset


class SpokenOfFilter(DimensionFilter):
    field = "dimensions__code"


class MissingTranslationFilter(admin.SimpleListFilter):
    """What a language lacks, or has to review."""

    title = _("missing translation")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        shown = shown_ids(request)
        among: list[Any] = [edition for edition in editions(request) if edition.pk in shown]
        offered = {name for edition in among for name in edition.offered.split(",") if name}
        return [
            (EVERY, _("in some language")),
            *((name, language_name(name)) for name in sorted(offered)),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if not chosen:
            return queryset
        return completeness.lacking(queryset, "" if chosen == EVERY else chosen)


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return kind_choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() in KINDS else queryset


class UnusedFilter(admin.SimpleListFilter):
    """Questions that no condition speaks of."""

    title = _("use in conditions")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("not used by any rule")), ("yes", _("used by a rule"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"no", "yes"}:
            return queryset
        used = uses.used_questions(shown_ids(request), rules_of(request))
        return queryset.filter(used) if self.value() == "yes" else queryset.exclude(used)


class UncitedFilter(admin.SimpleListFilter):
    """Findings that nothing cites."""

    title = _("citation")
    parameter_name = "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("not cited")), ("yes", _("cited"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"no", "yes"}:
            return queryset
        cited = uses.cited()
        return queryset.filter(cited) if self.value() == "yes" else queryset.exclude(cited)


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


class TierFilter(WordFilter):
    title = _("tier")
    parameter_name = "tier"
    words = TIERS


class SectorFilter(WordFilter):
    title = _("sector")
    parameter_name = "sector"
    words = SECTORS
