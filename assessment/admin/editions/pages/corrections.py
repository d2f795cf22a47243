"""Put typing errors of a published edition right, one text at a time, and read what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.correct_text import BadCorrection, correct_text
from assessment.admin.core.pages import EditionPages, page_of
from assessment.admin.editions.pages.differences import field_name, marked
from assessment.admin.editions.pages.withdrawal import ReasonField
from assessment.instrument.translation import FallbackText, TextKey, hash_of_text, texts_of
from assessment.models import Correction, Edition
from assessment.models.translations import language_name, languages_of
from assessment.reports.issue_wording.bank import bare_sentence

CHILDREN = frozenset({"options", "readings", "variants"})


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("Corrected text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
    )
    reason = ReasonField()
    seen = forms.CharField(widget=forms.HiddenInput)


def place_name(place: TextKey) -> str:
    """The field in words: text; option 2, text; advice, level 3."""
    name, _dot, rest = place.field.partition(".")
    if name not in CHILDREN:
        return field_name(place.kind, place.field)
    key, _dot, field = rest.rpartition(".")
    return f"{WORDS[name] % {'key': key}}, {field_name(name, field)}"


WORDS: Mapping[str, Any] = {
    "options": _("option %(key)s"),
    "readings": _("reading %(key)s"),
    "variants": _("variant %(key)s"),
}


class CorrectionPages(EditionPages):
    def get_urls(self) -> list[URLPattern]:
        return [
            self.edition_path("corrections/", self.corrections_view, "corrections"),
            self.edition_path("correct/<slug:kind>/<path:code>/", self.correct_view, "correct"),
            *super().get_urls(),
        ]

    def corrections_view(self, request: HttpRequest, edition: Edition) -> HttpResponseBase:
        rows = [
            {
                "row": row,
                "field": place_name(row.place),
                "language": language_name(row.language) if row.language else "",
                "old": marked(row.old, row.new),
                "new": marked(row.new, row.old),
            }
            for row in Correction.objects.filter(edition=edition).order_by("-number")
        ]
        more = {"rows": rows, "may_correct": self.may_correct(request, edition)}
        return self.page(request, "corrections", edition, _("Corrections"), **more)

    def may_correct(self, request: HttpRequest, edition: Edition) -> bool:
        return self.may_publish(request) and not edition.is_draft

    def correct_view(
        self, request: HttpRequest, edition: Edition, kind: str, code: str
    ) -> HttpResponseBase:
        if not self.may_correct(request, edition):
            raise PermissionDenied
        languages = sorted(languages_of(edition))
        language = next((one for one in languages if one == request.GET.get("language")), "")
        texts = {
            place.field: text
            for place, text in texts_of(edition.instrument(language or None)).items()
            if (place.kind, place.code) == (kind, code)
            and not (language and isinstance(text, FallbackText))
        }
        if not texts and not language:
            message = gettext("This object has no text that can be corrected.")
            return self.sent_back(request, edition, message)
        field = request.GET.get("field", "")
        offered = [one for one in ("", *languages) if one != language]
        more: dict[str, Any] = {
            "code": code,
            "kind": kind,
            "texts": _listed(kind, code, texts),
            "language": language,
            "languages": [(one, language_name(one or edition.language)) for one in offered],
        }
        if field in texts:
            place = TextKey(kind, code, field)
            if request.method == "POST":
                return self._correct(request, edition, place, texts[field], more)
            more |= _shown(place, texts[field], _form(texts[field]))
        return self.page(request, "correct", edition, _("Correct a typing error"), **more)

    def _correct(
        self,
        request: HttpRequest,
        edition: Edition,
        place: TextKey,
        text: str,
        more: dict[str, Any],
    ) -> HttpResponseBase:
        form = CorrectionForm(request.POST)
        if form.is_valid():
            try:
                made = correct_text(
                    edition=edition,
                    place=place,
                    language=more["language"],
                    user=request.user.get_username(),
                    now=timezone.now(),
                    **form.cleaned_data,
                )
            except BadCorrection as refused:
                form.add_error("text", bare_sentence(refused.issue))
            else:
                return self._corrected(request, edition, made)
        title = _("Correct a typing error")
        return self.page(request, "correct", edition, title, **more, **_shown(place, text, form))

    def _corrected(
        self, request: HttpRequest, edition: Edition, made: Correction
    ) -> HttpResponseBase:
        words = gettext("Correction %(number)d of %(code)s: “%(old)s” became “%(new)s”.") % {
            "number": made.number,
            "code": made.code,
            "old": made.old,
            "new": made.new,
        }
        self.log_change(request, edition, words)
        message = gettext("Correction %(number)d is made. Reports made from now on name it.")
        self.message_user(request, message % {"number": made.number}, messages.SUCCESS)
        return HttpResponseRedirect(page_of("corrections", edition))


def _form(text: str) -> CorrectionForm:
    return CorrectionForm(initial={"text": text, "seen": hash_of_text(text)})


def _shown(place: TextKey, text: str, form: CorrectionForm) -> dict[str, Any]:
    return {"form": form, "field": place_name(place), "text": text}


def _listed(kind: str, code: str, texts: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(field, place_name(TextKey(kind, code, field)), text) for field, text in texts.items()]
