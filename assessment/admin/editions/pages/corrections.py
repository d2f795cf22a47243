"""Put typing errors of a published edition right, one text at a time, and read what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.correct_text import (
    BadCorrection,
    correct_text,
    correction_sentence,
    texts_to_correct,
)
from assessment.admin.core.pages import address_of, draw_page, record, send_back, send_to
from assessment.admin.editions.forms import ReasonField
from assessment.admin.editions.pages.difference_words import field_name, text_diff
from assessment.admin.editions.permissions import may_correct
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import FallbackText
from assessment.models import Correction
from assessment.models.translations import language_name, languages_of, variants_of
from assessment.reports.issue_wording.bank import bare_sentence

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from assessment.models import Edition

CHILD_WORDS: Mapping[str, Any] = {
    "options": _("option %(key)s"),
    "readings": _("reading %(key)s"),
    "variants": _("variant %(key)s"),
}


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("Corrected text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "class": "vLargeTextField"}),
    )
    reason = ReasonField()
    seen = forms.CharField(widget=forms.HiddenInput)


def place_words(place: TextKey) -> str:
    """The field in words: text; option 2, text; advice, level 3."""
    name, _dot, rest = place.field.partition(".")
    if name not in CHILD_WORDS:
        return field_name(place.kind, place.field)
    key, _dot, field = rest.rpartition(".")
    return f"{CHILD_WORDS[name] % {'key': key}}, {field_name(name, field)}"


def corrections_page(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    rows = [
        {
            "row": row,
            "field": place_words(row.place),
            "language": language_name(row.language) if row.language else "",
            "old": text_diff(row.old, row.new),
            "new": text_diff(row.new, row.old),
        }
        for row in Correction.objects.filter(edition=edition).order_by("-number")
    ]
    may = may_correct(request, edition)
    title = _("Corrections")
    return draw_page(request, "editions/corrections", edition, title, rows=rows, may_correct=may)


@dataclass(frozen=True, slots=True)
class PartTexts:
    """The texts of one part of an edition, by field; of a translation where `language` says so."""

    edition: Edition
    kind: str
    code: str
    language: str
    languages: tuple[str, ...]
    texts: Mapping[str, str]

    def place(self, field: str) -> TextKey:
        return TextKey(self.kind, self.code, field)

    def context(self) -> dict[str, Any]:
        others = [one for one in ("", *self.languages) if one != self.language]
        return {
            "code": self.code,
            "kind": self.kind,
            "texts": [
                (field, place_words(self.place(field)), text) for field, text in self.texts.items()
            ],
            "language": self.language,
            "languages": [(one, language_name(one or self.edition.language)) for one in others],
        }


def correct_page(request: HttpRequest, edition: Edition, kind: str, code: str) -> HttpResponseBase:
    """Offers the texts of a part; with `field`, takes the correction of one."""
    part = _texts_of_part(edition, kind, code, request.GET.get("language", ""))
    if not part.texts and not part.language:
        return send_back(
            request, edition, gettext("This object has no text that can be corrected.")
        )
    field = request.GET.get("field", "")
    if field not in part.texts:
        return _draw(request, part)
    text = part.texts[field]
    if request.method == "POST":
        return _correct(request, part, field)
    form = CorrectionForm(initial={"text": text, "seen": hash_of_text(text)})
    return _draw(request, part, form=form, field=place_words(part.place(field)), text=text)


def _texts_of_part(edition: Edition, kind: str, code: str, requested: str) -> PartTexts:
    """In a language that the edition has, or in the words of a country; what is not translated
    into it is left out.
    """
    languages = tuple(sorted({*languages_of(edition), *variants_of(edition)}))
    language = requested if requested in languages else ""
    texts = {
        place.field: text
        for place, text in texts_to_correct(edition, language).items()
        if (place.kind, place.code) == (kind, code)
        and not (language and isinstance(text, FallbackText))
    }
    return PartTexts(edition, kind, code, language, languages, texts)


def _draw(request: HttpRequest, part: PartTexts, **context: Any) -> HttpResponseBase:
    title = _("Correct a typing error")
    return draw_page(request, "editions/correct", part.edition, title, **part.context(), **context)


def _correct(request: HttpRequest, part: PartTexts, field: str) -> HttpResponseBase:
    place = part.place(field)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            correction = correct_text(
                edition=part.edition,
                place=place,
                language=part.language,
                user=request.user.get_username(),
                now=timezone.now(),
                **form.cleaned_data,
            )
        except BadCorrection as refused:
            form.add_error("text", bare_sentence(refused.issue))
        else:
            return _corrected(request, part.edition, correction)
    return _draw(request, part, form=form, field=place_words(place), text=part.texts[field])


def _corrected(request: HttpRequest, edition: Edition, correction: Correction) -> HttpResponseBase:
    record(request, edition, correction_sentence(correction))
    message = gettext("Correction %(number)d is made. Reports made from now on name it.")
    address = address_of("corrections", edition)
    return send_to(request, address, message % {"number": correction.number}, messages.SUCCESS)
