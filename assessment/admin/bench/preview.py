"""The page around a preview: width, language, who is asked, and what was answered before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.bench.sample_fields import answer_field, profile_field
from assessment.admin.core.bad_requests import refuse_bad_requests
from assessment.admin.core.conditions import instrument_for
from assessment.instrument.conditions.evaluate import names
from assessment.instrument.model import SECTORS, TIERS
from assessment.models.translations import language_name, languages_of
from assessment.reports.wording import SECTORS as SECTOR_WORDS
from assessment.reports.wording import TIERS as TIER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument

WIDTHS = [("phone", _("Phone (360 pixels)")), ("desktop", _("Desktop"))]
CLOSING, PROFILE = "closing", "profile"


class PreviewForm(forms.Form):
    """What the address of the preview says; empty fields say nothing."""

    width = forms.ChoiceField(label=_("Width"), choices=WIDTHS, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    tier = forms.ChoiceField(
        label=_("Tier"),
        required=False,
        choices=[("", _("answers alone")), *((tier, TIER_WORDS[tier]) for tier in TIERS)],
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=[("", "–"), *((sector, SECTOR_WORDS[sector]) for sector in SECTORS)],
    )

    data: Any

    def __init__(self, data: Any, instrument: Instrument, languages: list[str], section: str):
        super().__init__(data)
        language: Any = self.fields["language"]
        language.choices = [(code, language_name(code)) for code in languages]
        for name in elsewhere(instrument, section):
            family, _dot, code = name.partition(".")
            self.fields[name if family == "profile" else code] = (
                profile_field(instrument, code)
                if family == "profile"
                else answer_field(instrument.question[code])
            )

    @property
    def width_chosen(self) -> str:
        return "desktop" if self.data.get("width") == "desktop" else "phone"

    def query(self) -> dict[str, Any]:
        chosen = {name: self.data.getlist(name) for name in self.fields if name != "width"}
        return {name: values for name, values in chosen.items() if any(values)}


def section_of(profile: str, dimension: str) -> str:
    """The page on which a question of this field of the profile or of this dimension stands."""
    return PROFILE if profile else dimension.lower() or CLOSING


def elsewhere(instrument: Instrument, section: str) -> Iterator[str]:
    """What the conditions of a section speak of that is not asked in it."""
    here = [q for q in instrument.questions if section_of(q.profile, q.dimension) == section]
    spoken = {
        name.replace("points.", "answer.")
        for question in here
        if question.shown_if is not None
        for name in names(question.shown_if)
    }
    own = {f"answer.{question.code}" for question in here}
    known = {f"answer.{code}" for code in instrument.question}
    for name in sorted(spoken - own):
        if name.startswith("profile.") or name in known:
            yield name


class PreviewedAdmin(PartAdmin):
    """Adds the page of the preview to the admin of a part that respondents see."""

    def section_of(self, part: Any) -> str:
        """The page on which respondents see the part: for a dimension, its own."""
        return str(part.code).lower()

    def object_tools(self, part: Any) -> list[tuple[str, Any]]:
        address = reverse(f"admin:assessment_{self.opts.model_name}_preview", args=[part.pk])
        return [(address, _("Preview")), *super().object_tools(part)]

    def get_urls(self) -> list[URLPattern]:
        name = f"assessment_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<int:pk>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        with refuse_bad_requests():
            part = self.get_object(request, str(pk))
        if part is None or not self.has_view_permission(request, part):
            raise PermissionDenied
        return self._preview(request, part, self.section_of(part))

    def _preview(self, request: HttpRequest, part: Any, section: str) -> HttpResponseBase:
        instrument = instrument_for(part.edition)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview"),
            "original": part,
            "edition": part.edition,
            "opts": self.opts,
            "media": self.media,
        }
        if isinstance(instrument, str):
            context["broken"] = instrument
        else:
            languages = [part.edition.language, *sorted(languages_of(part.edition))]
            form = PreviewForm(request.GET, instrument, languages, section)
            address = reverse("preview", args=[part.edition_id, section])
            context |= {
                "form": form,
                "address": f"{address}?{urlencode(form.query(), doseq=True)}#{part.code}",
            }
        return TemplateResponse(request, "admin/assessment/preview.html", context)
