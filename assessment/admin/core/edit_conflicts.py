"""Two editors on one object: the second sees both texts before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.helpers import AdminErrorList
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.bad_requests import is_id, refuse_bad_requests
from assessment.admin.core.generics import ModelAdmin
from assessment.admin.core.merge_inlines import MergedInline, merge_inlines
from assessment.admin.core.snapshot import (
    OWN_FIELDS,
    FieldKey,
    Snapshot,
    changed_since,
    snapshot,
    snapshot_token,
)

CONFLICT = _(
    "Nothing was saved yet, because somebody else saved this while your page was open. Where the "
    "two differ, both stand below: change yours if need be, and save again to put it in place of "
    "theirs."
)
ROW_ADDED = _("Somebody else added this row while your page was open.")
ROW_DELETED = _(
    "Somebody else deleted this row while your page was open. If you save, it comes back as it "
    "stands here."
)


@dataclass
class EditConflict:
    """What somebody else changed since the page was opened, and which rows came and went."""

    now: Snapshot
    moved: frozenset[FieldKey]
    rows: dict[str, MergedInline] = field(default_factory=dict)

    def tell(self, context: Mapping[str, Any]) -> None:
        form = context["adminform"].form
        self._tell_fields(form, OWN_FIELDS)
        for inline in context["inline_admin_formsets"]:
            prefix = inline.formset.prefix
            for number, row in enumerate(inline.formset.forms):
                self._tell_row(row, prefix, number)

    def _tell_row(self, row: Any, prefix: str, number: int) -> None:
        rows = self.rows[prefix]
        if number in rows.deleted:
            row.add_error(None, ROW_DELETED)
        elif str(row.instance.pk) in rows.added:
            row.add_error(None, ROW_ADDED)
        else:
            self._tell_fields(row, prefix)

    def _tell_fields(self, form: Any, prefix: str) -> None:
        """Only where what was typed differs from what stands there now."""
        pk = str(form.instance.pk)
        for (_prefix, _pk, name), theirs in self.now.items():
            if (_prefix, _pk) != (prefix, pk) or (prefix, pk, name) not in self.moved:
                continue
            if name not in form.fields:
                label = form.instance._meta.get_field(name).verbose_name
                form.add_error(None, f"{str(label).capitalize()}: {theirs or '–'}")
            elif name in form.changed_data:
                form.add_error(name, ValidationError(both_texts(theirs)))


def both_texts(theirs: str) -> str:
    """Stands above the field, which holds what this person typed."""
    return format_html(
        '{}<blockquote class="text">{}</blockquote>{}',
        gettext("Somebody else saved meanwhile:"),
        theirs or gettext("(nothing)"),
        gettext("Yours, not saved yet:"),
    )


class ConflictForm:
    """Mixed into a form that is shown again instead of being saved."""

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        self.add_error(None, CONFLICT)  # type: ignore[attr-defined]
        return cleaned


class EditConflictAdmin(ModelAdmin):
    """The form carries what it showed; where that is no longer true, both texts are shown.

    Stands below LockedAdmin, so that nothing moves between the comparison and the saving.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        pk = unquote(object_id) if object_id else ""
        with refuse_bad_requests():
            now = self._state(request, int(pk)) if is_id(pk) else {}
            if request.method == "POST" and now:
                self._compare(request, int(pk), now)
        context = {"seen": snapshot_token(now), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def _state(self, request: HttpRequest, pk: int) -> Snapshot:
        """Of the part and of the rows of its inlines, by the prefix of their formset."""
        models = [inline.model for inline in self.get_inline_instances(request)]
        keys: list[Any] = [(model, _get_foreign_key(self.model, model)) for model in models]
        below = [(k.remote_field.get_accessor_name(model=m), m, k.name) for m, k in keys]
        return snapshot(self.model, pk, below)

    def _compare(self, request: HttpRequest, pk: int, now: Snapshot) -> None:
        moved = changed_since(request.POST.get("seen", ""), now)
        part = self.model._default_manager.get(pk=pk)
        if not moved or not self.has_change_permission(request, part):
            return
        data: Any = request.POST.copy()
        meanwhile = EditConflict(now, moved)
        for formset, inline in self.get_formsets_with_inlines(request, part):
            shown = formset(instance=part, queryset=inline.get_queryset(request))
            meanwhile.rows[shown.prefix] = merge_inlines(data, shown)
        request.POST = data
        vars(request)["meanwhile"] = meanwhile

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[Any]:
        form: type[Any] = super().get_form(request, obj, change, **kwargs)
        if "meanwhile" in vars(request):
            return type(form.__name__, (ConflictForm, form), {})
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if meanwhile := vars(request).get("meanwhile"):
            meanwhile.tell(context)
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["errors"] = AdminErrorList(context["adminform"].form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)
