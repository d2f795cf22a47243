"""Two editors on one object: the second sees both texts before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.helpers import AdminErrorList
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.bad_requests import is_id, refuse_bad_requests
from assessment.admin.core.drafts import DraftAdmin
from assessment.admin.core.generics import ModelForm
from assessment.admin.core.merge_inlines import MergedInline, merge_inlines
from assessment.admin.core.snapshot import (
    OWN_FIELDS,
    FieldKey,
    Snapshot,
    changed_since,
    snapshot,
    snapshot_token,
)
from assessment.reports.formats import colon

STATE_FIELD = "_seen"
"""What a form carries of the state it showed; no column is called so."""
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

    current: Snapshot
    changed: frozenset[FieldKey]
    inlines: dict[str, MergedInline] = field(default_factory=dict)
    """By the prefix of their formset."""

    def add_errors(self, context: Mapping[str, Any]) -> None:
        form = context["adminform"].form
        self._add_field_errors(form, OWN_FIELDS)
        for inline in context["inline_admin_formsets"]:
            prefix = inline.formset.prefix
            for number, row in enumerate(inline.formset.forms):
                self._add_row_errors(row, prefix, number)

    def _add_row_errors(self, row: Any, prefix: str, number: int) -> None:
        merged = self.inlines[prefix]
        if number in merged.deleted:
            row.add_error(None, ROW_DELETED)
        elif str(row.instance.pk) in merged.added:
            row.add_error(None, ROW_ADDED)
        else:
            self._add_field_errors(row, prefix)

    def _add_field_errors(self, form: Any, prefix: str) -> None:
        """Only where what was typed differs from what stands there now."""
        pk = str(form.instance.pk)
        for (_prefix, _pk, name), theirs in self.current.items():
            if (_prefix, _pk) != (prefix, pk) or (prefix, pk, name) not in self.changed:
                continue
            if name not in form.fields:
                label = form.instance._meta.get_field(name).verbose_name
                form.add_error(None, f"{str(label).capitalize()}{colon()}{theirs or '–'}")
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


class MergedPost(QueryDict):
    """What was sent, made to fit the rows that stand now.

    Django gives the rows a copy, which has no conflict: the form of the object alone refuses.
    """

    conflict: EditConflict | None = None


def conflict_in(data: Any) -> EditConflict | None:
    return data.conflict if isinstance(data, MergedPost) else None


class ConflictForm(ModelForm):
    """Is shown again instead of being saved where somebody else saved meanwhile."""

    def clean(self) -> Any:
        cleaned = super().clean()
        if conflict_in(self.data):
            self.add_error(None, CONFLICT)
        return cleaned


class EditConflictAdmin(DraftAdmin):
    """The form carries what it showed; where that is no longer true, both texts are shown."""

    def change_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        pk = unquote(object_id) if object_id else ""
        with refuse_bad_requests():
            current = self._snapshot(request, int(pk)) if is_id(pk) else {}
            if request.method == "POST" and current:
                self._compare(request, int(pk), current)
        return {**super().change_context(request, object_id), "seen": snapshot_token(current)}

    def _snapshot(self, request: HttpRequest, pk: int) -> Snapshot:
        """Of the object and of the rows of its inlines, by the prefix of their formset."""
        models = [inline.model for inline in self.get_inline_instances(request)]
        keys: list[Any] = [(model, _get_foreign_key(self.model, model)) for model in models]
        below = [(k.remote_field.get_accessor_name(model=m), m, k.name) for m, k in keys]
        return snapshot(self.model, pk, below)

    def _compare(self, request: HttpRequest, pk: int, current: Snapshot) -> None:
        changed = changed_since(request.POST.get(STATE_FIELD, ""), current)
        row = self.model._default_manager.get(pk=pk)
        if not changed or not self.has_change_permission(request, row):
            return
        data = MergedPost(mutable=True, encoding=request.encoding)
        for name, values in request.POST.lists():
            data.setlist(name, values)
        conflict = data.conflict = EditConflict(current, changed)
        for formset, inline in self.get_formsets_with_inlines(request, row):
            unbound = formset(instance=row, queryset=inline.get_queryset(request))
            conflict.inlines[unbound.prefix] = merge_inlines(data, unbound)
        request.POST = data  # type: ignore[assignment]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if conflict := conflict_in(request.POST):
            conflict.add_errors(context)
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["errors"] = AdminErrorList(context["adminform"].form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)
