"""The page around a preview: width, language, who is asked, and what was answered before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from assessment.admin.bench.sample_fields import answer_field, profile_field
from assessment.admin.core.conditions import ConditionCheck, UnreadableEdition
from assessment.admin.core.pages import address_of, draw_page, may_view, page_path
from assessment.instrument.conditions.evaluate import names
from assessment.instrument.model import SECTORS, TIERS
from assessment.models import Dimension, Question
from assessment.models.translations import language_name, languages_of
from assessment.reports.seat_wording import SECTORS as SECTOR_WORDS
from assessment.reports.seat_wording import TIERS as TIER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponseBase
    from django.urls import URLPattern

    from assessment.instrument.model import Instrument

FRAME_WIDTHS = [("phone", _("Phone (360 pixels)")), ("desktop", _("Desktop"))]
CLOSING_PAGE, PROFILE_PAGE = "closing", "profile"


class PreviewForm(forms.Form):
    """What the address of the preview says; empty fields say nothing."""

    width = forms.ChoiceField(label=_("Width"), choices=FRAME_WIDTHS, required=False)
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

    def __init__(self, data: Any, instrument: Instrument, languages: list[str], page: str):
        super().__init__(data)
        language: Any = self.fields["language"]
        language.choices = [(code, language_name(code)) for code in languages]
        for name in asked_on_other_pages(instrument, page):
            family, _dot, code = name.partition(".")
            self.fields[name if family == "profile" else code] = (
                profile_field(instrument, code)
                if family == "profile"
                else answer_field(instrument.question[code])
            )

    @property
    def width_chosen(self) -> str:
        return "desktop" if self.data.get("width") == "desktop" else "phone"

    def query_values(self) -> dict[str, Any]:
        selected = {name: self.data.getlist(name) for name in self.fields if name != "width"}
        return {name: values for name, values in selected.items() if any(values)}


def questionnaire_page(part: Question | Dimension) -> str:
    """The page on which respondents see a question; for a dimension, its own."""
    if isinstance(part, Dimension):
        return part.code.lower()
    return page_name(part.profile, part.dimension.code if part.dimension else "")


def page_name(profile: str, dimension: str) -> str:
    return PROFILE_PAGE if profile else dimension.lower() or CLOSING_PAGE


def asked_on_other_pages(instrument: Instrument, page: str) -> Iterator[str]:
    """What the conditions of a page speak of that is not asked on it."""
    here = [q for q in instrument.questions if page_name(q.profile, q.dimension) == page]
    used = {
        name.replace("points.", "answer.")
        for question in here
        if question.shown_if is not None
        for name in names(question.shown_if)
    }
    own = {f"answer.{question.code}" for question in here}
    known = {f"answer.{code}" for code in instrument.question}
    for name in sorted(used - own):
        if name.startswith("profile.") or name in known:
            yield name


def preview_path(model: type[Question | Dimension]) -> URLPattern:
    related = ("edition", "dimension") if model is Question else ("edition",)
    return page_path(
        "<int:pk>/preview/",
        preview_page,
        f"assessment_{model._meta.model_name}_preview",
        rows=lambda: model._default_manager.select_related(*related),
        may=may_view(model),
    )


def preview_link(part: Question | Dimension) -> tuple[str, Any]:
    """Address and text, for what stands above the form of the part."""
    return address_of("preview", part), _("Preview")


def preview_page(request: HttpRequest, part: Question | Dimension) -> HttpResponseBase:
    title, edition = _("Preview"), part.edition
    try:
        instrument = ConditionCheck(edition).instrument
    except UnreadableEdition as broken:
        return draw_page(request, "bench/preview", part, title, broken=str(broken))
    page = questionnaire_page(part)
    languages = [edition.language, *sorted(languages_of(edition))]
    form = PreviewForm(request.GET, instrument, languages, page)
    address = reverse("preview", args=[edition.pk, page])
    address = f"{address}?{urlencode(form.query_values(), doseq=True)}#{part.code}"
    return draw_page(request, "bench/preview", part, title, form=form, address=address)
