"""What all screens of the bank share: one edition at a time, only drafts can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions import order
from assessment.admin.bank.part import fields
from assessment.admin.bank.part.deletion_summary import counts_without_links, deletion_lines
from assessment.admin.bank.part.filters import MissingTranslationFilter
from assessment.admin.bank.part.forms import PartForm
from assessment.admin.bank.part.lists import (
    PartAutocomplete,
    PartChangeList,
    PositionForm,
    edition_with_rows,
    read_drag,
    search_parts,
    typed_places,
)
from assessment.admin.bank.part.readable_lists import (
    correction_address,
    new_draft_address,
    readable_fieldsets,
)
from assessment.admin.bank.part.usage import part_usage, use_links
from assessment.admin.bank.part.wording import use_sentences
from assessment.admin.core.bad_requests import refuse_bad_requests
from assessment.admin.core.conditions import CONDITION_CHECKS, ConditionCheck, Families
from assessment.admin.core.drafts import drafts_locked
from assessment.admin.core.edit_conflicts import EditConflictAdmin
from assessment.admin.core.edition_choice import edition_choice
from assessment.admin.core.filters import EditionFilter
from assessment.admin.core.generics import ModelAdmin, ModelForm, SortableAdminMixin
from assessment.admin.history.history_admin import HistoryAdmin
from assessment.admin.translations.links import translation_links
from assessment.models import Edition
from assessment.models.queries import completeness


class PartAdmin(EditConflictAdmin, SortableAdminMixin, HistoryAdmin):
    restorable = True
    empty_list = _(
        "These parts of the edition stand here, in their order. Add the first one, or import a "
        "whole bank from a file on the page of a draft."
    )
    form = PartForm
    special: fields.SpecialFields = {}
    help_texts: Mapping[str, Any] = {}
    change_form_template = "admin/assessment/bank/part_form.html"
    change_list_template = "admin/assessment/bank/part_list.html"
    delete_confirmation_template = "admin/assessment/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/assessment/delete_selected_confirmation.html"
    list_filter: ClassVar[Any] = [EditionFilter, MissingTranslationFilter]
    list_select_related: ClassVar[Any] = ["edition"]
    list_editable: ClassVar[Any] = ["position"]
    list_display_links: Any = ["code"]
    ordering: ClassVar[Any] = ["position", "pk"]
    save_on_top = True

    class Media:
        css = {"all": ["css/admin.css"]}
        js = ["js/admin-order.js", "js/admin-condition.js", "js/admin-codes.js"]

    def describe_rows(self, request: HttpRequest, rows: list[Any]) -> None:
        """Put on the rows of one page what its columns show."""

    def annotate_rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of a list with what the database counts for each."""
        return completeness.with_complete_languages(rows)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    # Forms

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ["edition"] if obj else []
        if obj and part_usage(request, obj).code_is_fixed:
            fixed.append("code")
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A class made for this request, which therefore holds what its form shares with others."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.checks = CONDITION_CHECKS.get(request)
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        options: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        usage = part_usage(request, obj) if obj.pk else None
        return options | {"checks": CONDITION_CHECKS.get(request), "usage": usage}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return readable_fieldsets(self, fieldsets)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        special = fields.special_field(self.special, db_field)
        field = special or super().formfield_for_dbfield(db_field, request, **kwargs)
        return fields.finish_field(field, self.help_texts.get(db_field.name))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        options = fields.foreign_key_options(self, db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs | options)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        options = fields.many_to_many_options(self, db_field)
        return super().formfield_for_manytomany(db_field, request, **kwargs | options)

    # Lists

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PartChangeList

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm]:
        return PositionForm

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        own = [name for name in super().get_list_display(request) if name != "_reorder_"]
        selected = edition_choice(request).selected
        dragged = ["_reorder_"] if selected and selected.is_draft else []
        return [*dragged, "position", *own, "languages_complete"]

    @admin.display(description=_("languages complete"))
    def languages_complete(self, part: Any) -> str:
        return ", ".join(sorted(filter(None, part.complete_in.split(","))))

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        selected = edition_choice(request).selected
        if selected is None or not selected.is_draft:
            changelist.list_editable = ()
        return changelist

    def get_actions(self, request: HttpRequest) -> Any:
        return ModelAdmin.get_actions(self, request)

    def _add_reorder_method(self) -> None:
        """Ours stands below: whether a row can be dragged is a fact of the row's list."""

    @admin.display(description=_("drag"))
    def _reorder_(self, part: Any) -> str:
        if not getattr(part, "sortable", False):
            return ""
        return format_html(
            '<div class="drag handle" pk="{}" order="{}">&nbsp;</div>', part.pk, part.position
        )

    def list_page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        selected = edition_choice(request).selected
        context = {"selected_edition": selected, **context}
        if "_save" not in request.POST:
            return super().list_page(request, context)
        if selected is None or not selected.is_draft:
            raise PermissionDenied
        places = self._typed_places(request, selected)
        page = super().list_page(request, context)
        order.reorder_parts(model=self.model, edition=selected, places=places)
        return page

    def _typed_places(self, request: HttpRequest, edition: Edition) -> dict[int, int]:
        with refuse_bad_requests():
            rows = self._get_list_editable_queryset(request, "form").filter(edition=edition)
            return typed_places(self.get_changelist_formset(request)(request.POST, queryset=rows))

    def update_order(self, request: HttpRequest) -> HttpResponseBase:
        """The list's drag: says the new number of every row that moved."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        with refuse_bad_requests(), drafts_locked(request):
            sequence = read_drag(request.body)
            edition = edition_with_rows(self.model, sequence)
            if edition is None or not edition.is_draft or not self.has_change_permission(request):
                raise PermissionDenied
            moved = order.resequence_parts(model=self.model, edition=edition, sequence=sequence)
        return JsonResponse({"places": {str(pk): place + 1 for pk, place in moved.items()}})

    def get_urls(self) -> list[URLPattern]:
        complete = PartAutocomplete.as_view(admin_site=self.admin_site)
        name = f"assessment_{self.opts.model_name}_complete"
        return [
            path("complete/", self.admin_site.admin_view(complete), name=name),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        part = kwargs.get("obj")
        if part is not None:
            context["used"] = use_links(part_usage(request, part))
            context["tools"] = self.object_tools(request, part)
            context["correction_address"] = correction_address(part)
            context["new_draft_address"] = new_draft_address(request, part.edition)
        page: Any = super().render_change_form(request, context, *args, **kwargs)
        page.context_data["save_on_top"] = part is not None  # new parts begin in their first field
        return page

    def object_tools(self, request: HttpRequest, part: Any) -> list[tuple[str, Any]]:
        """Address and text of what stands above the part's page beside its history."""
        return translation_links(request, part)

    # History, saving and deleting

    def check_restored(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Conditions are held to what stands in the edition now."""
        conditions: Mapping[str, Families] = self.form.conditions
        check = ConditionCheck(row.edition)
        for name in conditions.keys() & values.keys():
            errors = list(check.errors(values[name], conditions[name])) if values[name] else []
            if errors:
                raise ValidationError(errors)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A number typed in a list is no change of a row alone: all rows move together."""
        if isinstance(form, PositionForm):
            return
        if change:
            ModelAdmin.save_model(self, request, obj, form, change)
        else:
            order.add_part(part=obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        _nested, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        used = [
            format_html("{}: {}", part, sentence)
            for part in objs
            for sentence in use_sentences(part_usage(request, part).uses)
        ]
        lines = list(deletion_lines(self.model, objs))
        return (
            lines,
            counts_without_links(self.model, counts),
            forbidden,
            [*used, *sorted(protected)],
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if request.path.endswith("/complete/"):
            edition = request.GET.get("edition", "")
            queryset = queryset.filter(edition__in=[int(edition)] if edition.isdecimal() else [])
        words = search_term.replace("\0", "")
        return search_parts(queryset, words, partial(self._matching, request)), False

    def _matching(self, request: HttpRequest, word: str) -> QuerySet[Any]:
        return super().get_search_results(request, self.model.objects.all(), word)[0]
