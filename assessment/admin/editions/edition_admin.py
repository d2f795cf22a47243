"""Editions: what they hold, and their form while they are drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.bad_requests import is_id
from assessment.admin.core.drafts import drafts_locked
from assessment.admin.core.edit_conflicts import EditConflictAdmin
from assessment.admin.core.pages import open_by_key
from assessment.admin.editions.edition_list import EditionChangeList, steps_column
from assessment.admin.editions.forms import EditionForm
from assessment.admin.editions.pages.delete_draft import delete_draft_page
from assessment.admin.editions.permissions import (
    may_delete,
    may_import,
    may_publish,
    may_start_draft,
)
from assessment.admin.editions.urls import edition_urls
from assessment.admin.history.history_admin import HistoryAdmin
from assessment.instrument.seeds import read_scale
from assessment.instrument.thresholds import RANGES
from assessment.models import Edition, EditionLanguage
from assessment.models.bank import PART_MODELS
from assessment.models.queries.history import deleted_rows
from assessment.reports.issue_wording.bank import problem_words
from assessment.reports.issue_wording.thresholds import THRESHOLDS

if TYPE_CHECKING:
    from django.contrib.admin.views.main import ChangeList
    from django.db.models import Q
    from django.http import HttpRequest
    from django.urls import URLPattern


def threshold_lines() -> list[dict[str, object]]:
    """What the page of a draft says of each threshold beside the field they are typed in."""
    return [
        {"name": name, "meaning": THRESHOLDS[name], "low": allowed.low, "high": allowed.high}
        for name, allowed in RANGES.items()
    ]


DELETE_PAGE = open_by_key(delete_draft_page, rows=Edition.objects.all, may=may_delete)


@admin.register(Edition)
class EditionAdmin(EditConflictAdmin, HistoryAdmin):
    empty_list = _(
        "Editions of the question bank stand here, drafts and published ones. Import one from a "
        "file; python3 manage.py start brings the first."
    )
    restorable = True
    form = EditionForm
    change_form_template = "admin/assessment/editions/form.html"
    list_display = [
        "name",
        "number",
        "state",
        "question_count",
        "finding_count",
        "rule_count",
        "response_count",
        "published_on",
    ]
    list_filter = ["state"]
    search_fields = ["name"]
    actions = None
    fieldsets = [
        (None, {"fields": ["name", "number", "state", "language"]}),
        (
            _("History"),
            {
                "fields": [
                    "started_from",
                    "created_at",
                    "published_at",
                    "withdrawn_at",
                    "withdrawn_reason",
                    "corrections",
                    "content_hash",
                ]
            },
        ),
        (_("Scoring"), {"fields": ["scale"], "classes": ["collapse"]}),
    ]
    readonly_fields = [
        "number",
        "state",
        "started_from",
        "created_at",
        "published_at",
        "withdrawn_at",
        "withdrawn_reason",
        "corrections",
        "content_hash",
    ]

    class Media:
        css = {"all": ["css/admin.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An edition begins as a draft from another one, or from the seeds."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        """One at a time, on a page that asks for the reason."""
        return obj is not None and super().has_delete_permission(request, obj)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """What this person can do stands behind the state."""
        behind = self.list_display.index("state") + 1
        return [*self.list_display[:behind], steps_column(request), *self.list_display[behind:]]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return EditionChangeList

    def get_urls(self) -> list[URLPattern]:
        return [*edition_urls(), *super().get_urls()]

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Django's address leads to our page."""
        key = unquote(object_id)
        with drafts_locked(request):
            return DELETE_PAGE(request, int(key) if is_id(key) else 0)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        edition: Edition = kwargs["obj"]
        publishes = may_publish(request, edition)
        context["may_start_draft"] = may_start_draft(request, edition)
        context["may_publish"] = edition.is_draft and publishes
        context["may_withdraw"] = edition.state == Edition.State.PUBLISHED and publishes
        context["may_import"] = may_import(request, edition)
        context["thresholds"] = threshold_lines()
        return super().render_change_form(request, context, *args, **kwargs)

    # History

    def entries_filter(self, row: Edition) -> Q:
        """Also which of its parts are gone: they have no page of their own any more."""
        return super().entries_filter(row) | deleted_rows(
            (*PART_MODELS, EditionLanguage), edition=row.pk
        )

    def check_restored(self, request: HttpRequest, row: Edition, values: dict[str, Any]) -> None:
        try:
            read_scale(row.scale)
        except (TypeError, ValueError, ZeroDivisionError) as error:
            raise ValidationError(problem_words(error)) from error

    # Columns

    @admin.display(description=_("questions"))
    def question_count(self, edition: Any) -> int:
        return int(edition.questions_here)

    @admin.display(description=_("findings"))
    def finding_count(self, edition: Any) -> int:
        return int(edition.findings_here)

    @admin.display(description=_("rules"))
    def rule_count(self, edition: Any) -> int:
        return int(edition.rules_here)

    @admin.display(description=_("responses"))
    def response_count(self, edition: Any) -> int:
        return int(edition.responses_here)

    @admin.display(description=_("published"), ordering="published_at")
    def published_on(self, edition: Edition) -> Any:
        return edition.published_at.date() if edition.published_at else None
