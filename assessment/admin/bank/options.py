"""The options of a question; their values are stable, as codes are: what is used stays."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.fields import SMALL_TEXTAREA
from assessment.admin.bank.part.forms import add_row_error, repeated_values, rows_to_save
from assessment.admin.bank.part.inlines import SortableChildInline, SortableFormSet
from assessment.admin.bank.part.wording import use_sentence
from assessment.instrument.codes import value_issue
from assessment.instrument.kinds.kind import Kind
from assessment.instrument.kinds.registry import KINDS
from assessment.models import Option, Question
from assessment.reports.issue_wording.bank import bare_sentence


class ImmutableOptionValues(SortableFormSet):
    """A field that only reads is still sent, so that a row taken away meanwhile can come back."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "value" in form.fields and form.instance.value in self.immutable_values:
            form.fields["value"].widget.attrs["readonly"] = True

    @property
    def immutable_values(self) -> frozenset[str]:
        return self.usage.immutable_values if self.usage else frozenset()

    def refuse_renamed(self) -> None:
        for form in self.initial_forms:
            value = form.initial.get("value")
            if "value" in form.changed_data and value in self.immutable_values:
                add_row_error(
                    form,
                    "value",
                    _(
                        "The value %(value)s was published or is used: it stays. Add another "
                        "option instead."
                    ),
                    value=value,
                )


class OptionFormSet(ImmutableOptionValues):
    def clean(self) -> None:
        before = self.row_error_count()
        self._refuse_unusable_values()
        self._refuse_repeated_values()
        self._refuse_falling_points()
        if self.row_error_count() == before:
            super().clean()
        self._refuse_used()
        self.refuse_renamed()

    def row_error_count(self) -> int:
        return sum(len(form.errors) for form in self.forms if form not in self.deleted_forms)

    def _refuse_unusable_values(self) -> None:
        """Of those that are new or changed: an older edition may have published the others."""
        profile = bool(self.instance.profile)
        for row in rows_to_save(self):
            value = row.cleaned_data.get("value", "")
            if value and value != row.initial.get("value"):
                issue = value_issue(value, profile=profile)
                if issue:
                    row.add_error("value", bare_sentence(issue))

    def _refuse_repeated_values(self) -> None:
        """Capital letters alone do not tell two values apart."""
        for row, value in repeated_values(
            (row, row.cleaned_data.get("value", "").lower()) for row in rows_to_save(self)
        ):
            add_row_error(
                row, "value", _("The value %(value)s stands in another row too."), value=value
            )

    def _refuse_falling_points(self) -> None:
        kind = KINDS.get(self.instance.kind)
        if kind is None or not kind.has_levels:
            return
        highest = -1
        for row in rows_to_save(self):
            points = row.cleaned_data.get("points", 0)
            if points <= highest:
                add_row_error(
                    row,
                    "points",
                    _("The points must rise from level to level: write more than %(highest)d."),
                    highest=highest,
                )
            highest = max(highest, points)

    def _refuse_used(self) -> None:
        uses = self.usage.option_uses if self.usage else {}
        deleted = [form.initial.get("value", "") for form in self.deleted_forms]
        faults = [
            ValidationError(
                _("The option %(value)s cannot be deleted, because it is used: %(use)s."),
                params={"value": value, "use": use_sentence(use)},
            )
            for value in deleted
            for use in uses.get(value, [])
        ]
        if faults:
            raise ValidationError(faults)


class OptionInline(SortableChildInline):
    model = Option
    formset = OptionFormSet
    fields = ["position", "value", "text", "label", "step", "points", "exclusive", "help"]
    formfield_overrides = SMALL_TEXTAREA
    special = {
        "label": partial(
            forms.CharField,
            max_length=Option._meta.get_field("label").max_length,
            widget=forms.Textarea(attrs={"rows": 2, "cols": 20, "dir": "auto"}),
        )
    }
    help_texts = {
        "value": _("A short code that stays: 0 to 4 for the levels of a level question."),
        "exclusive": _("Ticked alone, such as “none of these”."),
        "label": _("The option in short, for lists: at most eight words."),
        "step": _("What to do where it is not chosen: one sentence with a verb."),
    }

    def get_fields(self, request: HttpRequest, obj: Question | None = None) -> Any:
        names = super().get_fields(request, obj)
        wanted = any(kind.option_steps for kind in kinds_on_page(request, obj))
        if wanted or obj is None or obj.options.exclude(step="").exists():
            return names
        return [name for name in names if name != "step"]


def kinds_on_page(request: HttpRequest, question: Question | None) -> list[Kind]:
    """The kind that the question has, and the one that was just chosen for it."""
    names = {question.kind if question else "", request.POST.get("kind", "")}
    return [kind for name, kind in KINDS.items() if name in names]
