"""Plain form fields for sample answers, which the admin's own pages offer; nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assessment.instrument.kinds.registry import kind_of
from assessment.reports.formats import country_name, sort_key
from assessment.reports.wording import STATUSES

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument, Question

NOT_CHOSEN = ("", _("– open –"))


class PlainSelect(forms.Select):
    """Drawn without the template that each option has: the bench has a thousand of these."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = self.format_value(value)
        options = format_html_join(
            "", "{}", ((_option(key, words, chosen),) for key, words in self.choices)
        )
        held = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return format_html("<select{}>{}</select>", held, options)


def _option(key: Any, words: Any, chosen: Any) -> SafeString:
    if str(key) in chosen:
        return format_html('<option value="{}" selected>{}</option>', key, words)
    return format_html('<option value="{}">{}</option>', key, words)


class SampleField(forms.Field):
    """Takes whatever was chosen: the method's own reading says what is wrong with it."""


def answer_field(question: Question) -> forms.Field:
    label = f"{question.code} {question.text}"
    rows = [(option.value, option.text) for option in question.options]
    if not rows:
        return SampleField(label=label, required=False, widget=forms.TextInput({"size": 8}))
    offered: list[tuple[str, Any]] = [*rows, *statuses_beside(question)]
    if kind_of(question).several:
        return SampleField(
            label=label, required=False, widget=forms.CheckboxSelectMultiple(choices=offered)
        )
    return SampleField(
        label=label, required=False, widget=PlainSelect(choices=[NOT_CHOSEN, *offered])
    )


def statuses_beside(question: Question) -> list[tuple[str, Any]]:
    """What the question page offers beside the options, in the same words."""
    return [(status, STATUSES[status]) for status in question.statuses_beside]


def profile_field(instrument: Instrument, name: str) -> forms.Field:
    """The field of the profile; the region has no question of its own."""
    question = next((q for q in instrument.profile_questions if q.profile == name), None)
    if name == "region":
        rows: list[tuple[str, Any]] = [(region.code, region.name) for region in instrument.regions]
        label: Any = _("Region")
    elif name == "country":
        rows = [(code, country_name(code)) for code in instrument.region_of]
        rows.sort(key=lambda row: sort_key(row[1]))
        label = _("Country")
    else:
        options = question.options if question else ()
        rows = [(option.value, option.text) for option in options]
        rows += statuses_beside(question) if question else []
        label = question.text if question else name
    if not rows:
        return SampleField(label=label, required=False, widget=forms.TextInput({"size": 8}))
    return SampleField(label=label, required=False, widget=PlainSelect(choices=[NOT_CHOSEN, *rows]))
