"""Responses and results, to look at only, without anything a respondent wrote in words."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from assessment.actions.record import record_once_a_day
from assessment.admin.core.filters import WordFilter
from assessment.admin.core.generics import TabularInline
from assessment.admin.core.large_tables import LargeTableAdmin
from assessment.admin.response_export import export_path
from assessment.method.stored_result import READERS
from assessment.models import Answer, DimensionScore, Edition, Response, Result
from assessment.models.queries.answer_counts import status_counts
from assessment.models.rounds import of_one_person
from assessment.reports import formats
from assessment.reports.seat_wording import SECTORS, TIERS
from assessment.reports.wording import DIRECTIONS, STANDINGS

GROUP_FIELDS = ("dimension", "sector_words", "tier_words", "n", "hidden")
SCORE_FIELDS = (
    *GROUP_FIELDS,
    "score_words",
    "span_words",
    "level",
    "standing_words",
    "answered",
    "asked",
)
STATUS_CHOICES = (*Answer.Status.choices, ("", _("left open")))


class TierFilter(WordFilter):
    title = _("tier")
    parameter_name = "tier"
    words = TIERS


class SectorFilter(WordFilter):
    title = _("sector")
    parameter_name = "sector"
    words = SECTORS


class RecordedAdmin(LargeTableAdmin):
    """Who looks at one of these stands in the record."""

    act: str

    def get_object(self, request: HttpRequest, *given: Any, **more: Any) -> Any:
        """Asked for before Django looks whether this person may see it."""
        found = super().get_object(request, *given, **more)
        if found is not None and self.has_view_permission(request, found):
            record_once_a_day(self.act, found)
        return found


@admin.register(Response)
class ResponseAdmin(RecordedAdmin):
    """Those of people who answered alone: of one person among several nothing is shown."""

    act = "response_read"
    empty_list = _(
        "Assessments that people began stand here, without anything they wrote. The first appears "
        "when somebody begins one on the first page of the site."
    )
    change_list_template = "admin/assessment/responses/list.html"
    list_display = ["uuid", "edition", "tier", "sector", "country", "demo", "created_at", "state"]
    list_filter = [
        "round__edition",
        TierFilter,
        SectorFilter,
        "round__demo",
        ("result", admin.EmptyFieldListFilter),
        "created_at",
    ]
    list_select_related = ["round__edition", "round__scheme"]
    search_fields = ["uuid"]
    actions = None
    fields = [
        "uuid",
        "edition",
        "tier",
        "sector",
        "country",
        "language",
        "notice",
        "demo",
        "created_at",
        "submitted_at",
        "result",
        "supersedes",
        "statuses",
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_urls(self) -> list[URLPattern]:
        return [export_path(), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Response]:
        rows: QuerySet[Response] = super().get_queryset(request).filter(of_one_person("round__"))
        rows = rows.select_related("round__edition", "round__scheme")
        return rows.defer(
            "reopened_because", "round__scheme_name", "round__programmes", "round__scheme__name"
        )

    @admin.display(description=_("edition"), ordering="round__edition")
    def edition(self, response: Response) -> Edition:
        return response.edition

    @admin.display(description=_("country"))
    def country(self, response: Response) -> str:
        return response.scheme.country

    @admin.display(description=_("invented example"), boolean=True)
    def demo(self, response: Response) -> bool:
        return response.demo

    @admin.display(description=_("state"), ordering="submitted_at")
    def state(self, response: Response) -> Any:
        return _("submitted") if response.is_submitted else _("in progress")

    @admin.display(description=_("answers"))
    def statuses(self, response: Response) -> str:
        """How many answers of each status a dimension has; nothing of what they say."""
        counts = status_counts(response)
        return format_html_join(
            "",
            "<div>{}: {}</div>",
            (
                (
                    dimension or _("Profile and closing"),
                    ", ".join(f"{label} {found[status]}" for status, label in STATUS_CHOICES),
                )
                for dimension, found in counts.items()
            ),
        )


class MethodFilter(WordFilter):
    """The versions this program reads: which of them stand in the table would be a look at all."""

    title = _("version of the method")
    parameter_name = "method_version"
    words = {version: version for version in READERS}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every result has one."""
        return [*self.words.items()]


class ScoreInline(TabularInline):
    model = DimensionScore
    fields = SCORE_FIELDS
    readonly_fields = SCORE_FIELDS
    can_delete = False
    extra = 0

    @admin.display(description=_("sector"))
    def sector_words(self, row: DimensionScore) -> Any:
        return SECTORS.get(row.sector, row.sector)

    @admin.display(description=_("tier"))
    def tier_words(self, row: DimensionScore) -> Any:
        return TIERS.get(row.tier, row.tier)

    @admin.display(description=_("score"))
    def score_words(self, row: DimensionScore) -> str:
        return "" if row.score is None else formats.number(row.score, 1)

    @admin.display(description=_("lowest and highest possible"))
    def span_words(self, row: DimensionScore) -> str:
        known = [one for one in (row.low, row.high) if one is not None]
        return " – ".join(formats.number(one, 1) for one in known)

    @admin.display(description=_("what is known"))
    def standing_words(self, row: DimensionScore) -> str:
        said = (STANDINGS.get(row.standing, ""), DIRECTIONS.get(row.direction, ""))
        return " · ".join(str(one) for one in said if one)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Result)
class ResultAdmin(RecordedAdmin):
    act = "result_read"
    empty_list = _("Results stand here from the moment when somebody submits an assessment.")
    list_display = ["uuid", "kind", "edition", "method_version", "created_at", "short_hash"]
    list_filter = ["kind", "edition", MethodFilter]
    list_select_related = ["edition"]
    search_fields = ["uuid", "content_hash"]
    hash_field = "content_hash"
    actions = None
    fields = [
        *("uuid", "kind", "number", "edition", "edition_hash", "method_version"),
        *("content_hash", "created_at"),
    ]
    inlines = [ScoreInline]

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Result]:
        """Without those of one person among several."""
        rows: QuerySet[Result] = super().get_queryset(request)
        return rows.select_related("edition").filter(
            ~Q(kind=Result.Kind.OWN) | of_one_person("round__")
        )

    @admin.display(description=_("hash of the result"))
    def short_hash(self, result: Result) -> str:
        return result.content_hash[:12]
