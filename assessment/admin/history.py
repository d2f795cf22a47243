"""Who changed which field when, from what to what; and the way back, as a new change."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessment.admin.forms import condition_faults
from assessment.admin.hardened import HardenedAdmin, is_id, refusing_tampered

BEFORE = "before"
LONGEST = 2000
MOST = 50
FIXED = frozenset({"id", "code", "edition", "position"})


class ToldAdmin(HardenedAdmin):
    """Keeps in Django's own log what stood in a field before and what stands there since."""

    object_history_template = "admin/assessment/part_history.html"

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, dict[str, Any]]]:
        message: Any = super().construct_change_message(request, form, formsets, add)
        forms = [form] if form.changed_data and not add else []
        for formset in formsets or []:
            by_row = {row.instance.pk: row for row in formset.forms}
            forms += [by_row[changed.pk] for changed, _fields in formset.changed_objects]
        changed = [entry["changed"] for entry in message if "changed" in entry]
        for entry, source in zip(changed, forms, strict=True):
            entry["fields"] = [told(source, name) for name in source.changed_data]
        if changed and forms[0] is form:
            changed[0][BEFORE] = before(form)
        return list(message)

    # The way back

    def get_urls(self) -> list[URLPattern]:
        name = f"assessment_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<int:pk>/history/<int:entry>/", view, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with refusing_tampered():
            part = self.get_object(request, object_id)
        restores = []
        if part is not None and self.has_change_permission(request, part):
            name = f"admin:assessment_{self.opts.model_name}_restore"
            restores = [
                (entry, reverse(name, args=[part.pk, entry.pk]))
                for entry in entries_of(part).select_related("user")[:MOST]
                if kept_before(entry)
            ]
        return super().history_view(
            request, object_id, {"restores": restores, **(extra_context or {})}
        )

    @transaction.atomic
    def restore_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponseBase:
        """Puts back what stood in the fields before one change."""
        with refusing_tampered():
            part = self.get_object(request, str(pk)) if request.method == "POST" else None
        if part is None or not self.has_change_permission(request, part):
            raise PermissionDenied
        found = entries_of(part).filter(pk=entry).first() if is_id(str(entry)) else None
        values = kept_before(found) if found else {}
        if not values:
            raise PermissionDenied
        self._put_back(request, part, values)
        name = f"admin:assessment_{self.opts.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[part.pk]))

    def _put_back(self, request: HttpRequest, part: Any, values: dict[str, Any]) -> None:
        now = {name: getattr(part, name) for name in values}
        for name, value in values.items():
            setattr(part, name, value)
        try:
            part.full_clean()
            self._check_conditions(request, part, values)
        except ValidationError as refused:
            told_why = _("It cannot be put back: %(why)s") % {"why": " ".join(refused.messages)}
            self.message_user(request, told_why, messages.ERROR)
            return
        part.save()
        fields = [words_of_change(label_of(part, n), now[n], values[n]) for n in values]
        self.log_change(request, part, [{"changed": {"fields": fields, BEFORE: now}}])
        self.message_user(request, _("The older state is back."), messages.SUCCESS)

    def _check_conditions(self, request: HttpRequest, part: Any, values: dict[str, Any]) -> None:
        conditions: Any = getattr(self.get_form(request, part), "conditions", {})
        for name in conditions.keys() & values.keys():
            faults = list(condition_faults(values[name], part.edition, conditions[name]))
            if values[name] and faults:
                raise ValidationError(faults)


def entries_of(part: Any) -> Any:
    kind = ContentType.objects.get_for_model(part)
    return LogEntry.objects.filter(content_type=kind, object_id=str(part.pk), action_flag=CHANGE)


def kept_before(entry: LogEntry) -> dict[str, Any]:
    """The values before this change by field; none where it was made on another way."""
    try:
        parts: Any = json.loads(entry.change_message or "[]")
    except ValueError:
        return {}
    kept = [part["changed"].get(BEFORE) for part in parts if "changed" in part]
    return dict(kept[0] or {}) if kept else {}


def before(form: Any) -> dict[str, Any]:
    """What stood in the changed columns: relations, code, edition and order are not put back."""
    columns = {
        field.name
        for field in form.instance._meta.concrete_fields
        if not field.is_relation and field.name not in FIXED
    }
    known = columns & form.initial.keys()
    return {name: form.initial[name] for name in form.changed_data if name in known}


def told(form: Any, name: str) -> str:
    field = form.fields[name]
    label = str(field.label or name)
    old, new = form.initial.get(name), form.cleaned_data.get(name)
    return words_of_change(label, in_words(field, old), in_words(field, new))


def in_words(field: Any, value: Any) -> Any:
    """A key of a row as the row it stands for."""
    rows = getattr(field, "queryset", None)
    if rows is None or value is None or hasattr(value, "pk") or not isinstance(value, int):
        return value
    return rows.model._default_manager.filter(pk=value).first()


def label_of(part: Any, name: str) -> str:
    return str(part._meta.get_field(name).verbose_name).capitalize()


def words_of_change(label: str, old: Any, new: Any) -> str:
    return _("%(field)s: “%(old)s” → “%(new)s”") % {
        "field": label,
        "old": plain(old),
        "new": plain(new),
    }


def plain(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    elif not isinstance(value, str) and hasattr(value, "__iter__"):
        value = ", ".join(str(one) for one in value) or "–"
    return Truncator(str(value)).chars(LONGEST)
