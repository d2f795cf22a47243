"""Forms of the bank: everything a form names belongs to one edition, conditions are checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.clean_text import BadText, clean_text
from assessment.actions.editions.write_bank import BANK_TABLES
from assessment.admin.bank.part.form_fields import EditionAutocomplete
from assessment.admin.core.conditions import ConditionChecks, Families
from assessment.admin.core.edit_conflicts import ConflictForm
from assessment.admin.core.generics import ModelForm
from assessment.instrument.codes import code_issue
from assessment.instrument.issues import Issue
from assessment.instrument.validation.texts import text_issue
from assessment.models import Dimension, Edition, Question
from assessment.models.editions import Part
from assessment.models.queries.editions import editions_with_code
from assessment.reports.issue_wording.bank import bare_sentence

HTML_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
PART_NAMES = {table.model: table.part for table in BANK_TABLES}
TEXT_LIMIT = 20_000


class OneEditionForm(ModelForm):
    """Offers and accepts only what belongs to `edition`.

    `conditions` names the fields that hold a condition and the families of names each may use.
    """

    conditions: Mapping[str, Families] = {}
    fills_placeholders = False
    """Whether the report fills the placeholders of these texts."""
    checks: ConditionChecks

    def bind_edition(self, edition: Edition | None) -> None:
        self.edition = edition
        for field in self.fields.values():
            _narrow(field, edition)
        for name, families in self.conditions.items():
            if edition is not None and name in self.fields:
                _offer_codes(self.fields[name], edition, families)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            self._clean_text_of(name, value)
        for name, families in self.conditions.items():
            text = cleaned.get(name, "")
            if text and self.edition is not None:
                for error in self.checks.of(self.edition).errors(text, families):
                    self.add_error(name, error)
        return cleaned

    def _clean_text_of(self, name: str, value: Any) -> None:
        """Texts and lists of texts are kept in the form in which respondents' texts are kept."""
        try:
            text = [_clean(one) for one in value] if isinstance(value, list) else _clean(value)
        except BadText as error:
            self.add_error(name, bare_sentence(error.issue))
        else:
            self.cleaned_data[name] = text
            if name not in self.conditions:
                self._refuse_markup(name, text)
                self._refuse_unshowable(name, text)

    def _refuse_markup(self, name: str, value: Any) -> None:
        """Texts are plain everywhere: a tag would be shown to people letter by letter."""
        for text in value if isinstance(value, list) else [value]:
            found = HTML_TAG.search(text) if isinstance(text, str) else None
            if found:
                sentence = _("Texts are plain, without HTML: take out %(tag)s.")
                self.add_error(name, ValidationError(sentence, params={"tag": found[0][:40]}))

    def _refuse_unshowable(self, name: str, value: Any) -> None:
        """Braces that nothing fills."""
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and (issue := text_issue(text, rule=self.fills_placeholders)):
                self.add_error(name, bare_sentence(issue))


def _clean(value: Any) -> Any:
    return clean_text(value, limit=TEXT_LIMIT) if isinstance(value, str) else value


class PartForm(ConflictForm, OneEditionForm):
    """A coded part: the edition is chosen among the drafts when it is added, and then stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.edition_id is None and "edition" in self.fields:
            self.instance.edition = self._chosen_edition()
        self.bind_edition(self.instance.edition if self.instance.edition_id else None)

    def _chosen_edition(self) -> Edition | None:
        field = self.fields["edition"]
        raw = self.data.get(self.add_prefix("edition")) or self.get_initial_for_field(
            field, "edition"
        )
        try:
            chosen: Edition | None = field.clean(raw)
        except ValidationError:
            return None
        return chosen

    def clean_code(self) -> str:
        """A code that stands there already is left: an older edition may have published it."""
        code: str = self.cleaned_data["code"]
        if code != self.initial.get("code"):
            refuse_code(PART_NAMES[type(self.instance)], code)
        self._refuse_taken(code)
        return code

    def _refuse_taken(self, code: str) -> None:
        """A code never stands for another object, whichever edition held the first one."""
        holders = editions_with_code(self.instance, code)
        if self.edition and self.edition in holders:
            raise ValidationError(
                _("The code %(code)s is taken in this edition."), params={"code": code}
            )
        if holders and code != self.initial.get("code"):
            raise ValidationError(
                _("The code %(code)s stands in “%(edition)s”. A code is never used again."),
                params={"code": code, "edition": holders[0]},
            )
        if self.edition and code != self.initial.get("code"):
            refuse_alike(type(self.instance), self.edition, code)


def refuse_code(part: str, code: str) -> None:
    """Raises ValidationError where the one rule for codes refuses it."""
    if issue := code_issue(part, code):
        raise ValidationError(bare_sentence(issue))


def refuse_alike(model: type[Any], edition: Edition, code: str) -> None:
    """Raises ValidationError for a code that another one differs from in capital letters only."""
    rows: Any = model._default_manager.filter(edition=edition, code__iexact=code)
    other = rows.exclude(code=code).values_list("code", flat=True).first()
    if other:
        params = {"value": code, "other": other}
        raise ValidationError(bare_sentence(Issue("code_alike", params=params)))
    beside: Any = {Question: Dimension, Dimension: Question}.get(model)
    if beside and beside.objects.filter(edition=edition, code__iexact=code).exists():
        issue = "code_of_dimension" if beside is Dimension else "code_of_question"
        raise ValidationError(bare_sentence(Issue(issue, params={"value": code})))


class ChildForm(OneEditionForm):
    """A row below a coded part; its formset says the edition."""

    def __init__(
        self, *args: Any, edition: Edition | None, checks: ConditionChecks, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.checks = checks
        if self.instance.pk is None:
            self.initial.pop("position", None)
        self.bind_edition(edition)


def _narrow(field: Any, edition: Edition | None) -> None:
    rows = field.queryset if isinstance(field, forms.ModelChoiceField) else None
    if rows is None or not issubclass(rows.model, Part):
        return
    field.queryset = rows.filter(edition=edition) if edition else rows.none()
    inner = getattr(field.widget, "widget", field.widget)
    if isinstance(inner, EditionAutocomplete):
        inner.edition_id = edition.pk if edition else None


def _offer_codes(field: Any, edition: Edition, families: Families) -> None:
    """Where scripts run they stand beside the field; the link leads to the same list."""
    query = {"for": "rule" if "level" in families else "question"}
    codes = reverse("admin:assessment_question_codes", args=[edition.pk], query=query)
    meaning = reverse("admin:assessment_question_condition", args=[edition.pk], query=query)
    title = gettext("Codes of this edition")
    field.widget.attrs |= {"data-condition": meaning, "data-codes": codes, "data-title": title}
    link = format_html('<a href="{}" target="_blank">{}</a>', codes, title)
    field.help_text = format_html("{} {}", field.help_text, link)


def add_row_error(form: Any, field: str, message: Any, **params: object) -> None:
    form.add_error(field, ValidationError(message, params=params))


def rows_to_save(formset: Any) -> list[Any]:
    """The rows that will stand after saving, in their order."""
    rows = [
        form
        for form in formset.forms
        if form not in formset.deleted_forms
        and getattr(form, "cleaned_data", None)
        and (form.instance.pk or form.has_changed())
    ]
    return sorted(rows, key=_place)


def _place(form: Any) -> tuple[bool, int]:
    """A new row without a number stands last, as it will when it is saved."""
    place = form.cleaned_data.get("position") or 0
    return (not form.instance.pk and place <= 0, place)


def repeated_values(values: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """The pairs (key, value) whose value stood before."""
    before = set()
    for key, value in values:
        if value in before:
            yield key, value
        before.add(value)
