"""Editions: what they hold, a new draft from any of them, and publishing with its checks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.publish import NotPublishable, publish
from assessment.actions.editions.start_draft import start_draft
from assessment.admin.bank.part.form_fields import ThresholdsField
from assessment.admin.core.drafts import LockedAdmin
from assessment.admin.core.edit_conflicts import SeenAdmin
from assessment.admin.core.generics import ModelForm
from assessment.admin.core.pages import page_of
from assessment.admin.editions.pages.checks import CheckPages
from assessment.admin.editions.pages.comparison import ComparisonPages
from assessment.admin.editions.pages.corrections import CorrectionPages
from assessment.admin.editions.pages.delete_draft import ThrowAwayPages
from assessment.admin.editions.pages.import_file import ExchangePages
from assessment.admin.editions.pages.withdrawal import WithdrawalPages
from assessment.admin.history.history_admin import gone
from assessment.instrument.seeds import read_scale
from assessment.models import Edition, EditionLanguage, Finding, Question, Response, Rule
from assessment.models.bank import PART_MODELS
from assessment.models.editions import NotADraft
from assessment.reports.issue_wording.bank import scale_problem

COUNTED: tuple[tuple[str, Any], ...] = (
    ("questions_here", Question),
    ("findings_here", Finding),
    ("rules_here", Rule),
    ("responses_here", Response),
)


class EditionForm(ModelForm):
    scale = ThresholdsField(
        label=_("Scale and thresholds"),
        help_text=_(
            "Names and meanings of the five levels and every threshold of the scoring. "
            "Change the values only; the names before the colons stay."
        ),
    )

    def clean_scale(self) -> Any:
        scale = self.cleaned_data["scale"]
        try:
            read_scale(scale)
        except (TypeError, ValueError, ZeroDivisionError) as error:
            raise ValidationError(
                _("This is not a whole scale: %(fault)s."), params={"fault": scale_problem(error)}
            ) from error
        return scale


class EditionChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Each edition with its counts, in the one query that reads it."""
        rows: Any = super().get_queryset(request, *args, **kwargs)
        return rows.annotate(**{name: _count(model) for name, model in COUNTED})

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        editions: Any = self.model_admin
        for edition in self.result_list:
            vars(edition)["steps_here"] = editions.steps(request, edition)


def _count(model: type[Any]) -> Coalesce:
    own = model.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


@admin.register(Edition)
class EditionAdmin(
    LockedAdmin,
    SeenAdmin,
    ThrowAwayPages,
    CheckPages,
    ComparisonPages,
    ExchangePages,
    WithdrawalPages,
    CorrectionPages,
):
    form = EditionForm
    change_form_template = "admin/assessment/edition_form.html"
    list_display = [
        "name",
        "number",
        "state",
        "next_steps",
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

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and obj.is_draft

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return EditionChangeList

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/draft/", view(self.draft_view), name="assessment_edition_draft"),
            path("<int:pk>/publish/", view(self.publish_view), name="assessment_edition_publish"),
            *super().get_urls(),
        ]

    # Views

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        edition = self.edition_for(request, pk)
        if edition is None or not self.may_start_draft(request):
            raise PermissionDenied
        if request.method == "POST":
            draft = start_draft(edition=edition, now=timezone.now())
            self.log_addition(request, draft, gettext("Started from another edition."))
            self.message_user(
                request, gettext("The draft is ready to be changed."), messages.SUCCESS
            )
            return HttpResponseRedirect(page_of("change", draft))
        return self.page(request, "draft", edition, _("Start a new draft"))

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        edition = self.edition_for(request, pk)
        if edition is None or not self.may_publish(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._publish(request, edition)
        if not edition.is_draft:
            return self._not_a_draft(request, edition)
        return self.checked(request, edition, "publish", _("Publish"))

    def _publish(self, request: HttpRequest, edition: Edition) -> HttpResponseBase:
        try:
            published = publish(edition=edition, now=timezone.now())
        except NotPublishable as refused:
            return self.checked(request, edition, "publish", _("Publish"), refused.faults)
        except NotADraft:
            return self._not_a_draft(request, edition)
        self.log_change(request, published, gettext("Published."))
        message = gettext("Edition %(number)d is published. New responses start on it.")
        self.message_user(request, message % {"number": published.number}, messages.SUCCESS)
        return HttpResponseRedirect(page_of("change", edition))

    def _not_a_draft(self, request: HttpRequest, edition: Edition) -> HttpResponseBase:
        self.message_user(request, gettext("Only a draft can be published."), messages.ERROR)
        return HttpResponseRedirect(page_of("change", edition))

    def steps(self, request: HttpRequest, edition: Edition) -> list[tuple[str, Any]]:
        """Names and words of the pages that lead on from here, for this person."""
        offered = (
            (edition.is_draft, "checks", _("Check")),
            (edition.is_draft and self.may_publish(request), "publish", _("Publish")),
            (self.may_start_draft(request), "draft", _("Start a new draft from it")),
        )
        return [(name, words) for may, name, words in offered if may]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        edition: Edition = kwargs["obj"]
        published = edition.state == Edition.State.PUBLISHED
        context["may_start_draft"] = self.may_start_draft(request)
        context["may_publish"] = edition.is_draft and self.may_publish(request)
        context["may_withdraw"] = published and self.may_publish(request)
        context["may_import"] = self.may_import(request, edition)
        return super().render_change_form(request, context, *args, **kwargs)

    # History

    def told_of(self, row: Edition) -> Q:
        """Also which of its parts are gone: they have no page of their own any more."""
        return super().told_of(row) | gone((*PART_MODELS, EditionLanguage), edition=row.pk)

    def refuse_older(self, request: HttpRequest, row: Edition, values: dict[str, Any]) -> None:
        try:
            read_scale(row.scale)
        except (TypeError, ValueError, ZeroDivisionError) as error:
            raise ValidationError(scale_problem(error)) from error

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

    @admin.display(description=_("what you can do"))
    def next_steps(self, edition: Edition) -> str:
        steps: list[tuple[str, Any]] = vars(edition)["steps_here"]
        links = ((page_of(name, edition), text) for name, text in steps)
        return format_html_join(" ", '<a class="step" href="{}">{}</a>', links)
