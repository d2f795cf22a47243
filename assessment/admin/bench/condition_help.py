"""Beside a condition: the codes of the edition to insert, and what the text means in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.admin.bank.part.forms import condition_faults, instrument_for
from assessment.admin.bank.part.part_admin import PartAdmin
from assessment.admin.core.bad_requests import is_id
from assessment.instrument.conditions.check import ANSWER_FAMILIES
from assessment.instrument.conditions.grammar import FAMILIES, LONGEST_CONDITION, parse
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import PROFILE_FIELDS
from assessment.models import Edition
from assessment.reports.condition_wording import describe, subject_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.instrument.model import Instrument, Question

FAMILIES_OF = {"question": ANSWER_FAMILIES, "rule": frozenset(FAMILIES)}
EVERYWHERE = ("unknown.any", "gap.sectors.any", "gap.tiers.any", "disagreement.any")
OF_DIMENSION = ("level", "score", "unknown", "gap.sectors", "gap.tiers")


@dataclass(frozen=True, slots=True)
class Code:
    """What is inserted, and what it stands for."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    codes: tuple[Code, ...]


def groups_of(instrument: Instrument, families: frozenset[str]) -> Iterator[Group]:
    """Everything a condition of these families may speak of, under short headings."""
    if "level" in families:
        names = [f"{f}.{d.code}" for d in instrument.dimensions for f in OF_DIMENSION]
        yield Group(_("Dimensions"), named(instrument, [*names, *EVERYWHERE]))
    yield Group(_("Profile"), tuple(profile_codes(instrument)))
    for dimension in instrument.dimensions:
        codes = [
            code
            for question in instrument.questions_of[dimension.code]
            for code in question_codes(instrument, question)
        ]
        yield Group(dimension.name, tuple(codes))


def named(instrument: Instrument, names: list[str]) -> tuple[Code, ...]:
    return tuple(Code(name, subject_words(name, instrument)) for name in names)


def profile_codes(instrument: Instrument) -> Iterator[Code]:
    asked = {question.profile: question for question in instrument.profile_questions}
    for region in instrument.regions:
        yield Code(f'profile.region == "{region.code}"', region.name)
    for field in PROFILE_FIELDS:
        question = asked.get(field)
        if question is None:
            continue
        if not question.options:
            yield from named(instrument, [f"profile.{field}"])
        for option in question.options:
            yield Code(f'profile.{field} == "{option.value}"', option.text)


def question_codes(instrument: Instrument, question: Question) -> Iterator[Code]:
    kind, name = kind_of(question), f"answer.{question.code}"
    if kind.points_domain(question) is not None:
        yield from named(instrument, [f"points.{question.code}"])
    domain = kind.domain(question)
    if domain is None:
        return
    if not kind.several:
        yield from named(instrument, [name])
    for option in question.options:
        yield Code(domain.asking(name, option.value), option.text)


class ConditionHelp(PartAdmin):
    """The admin of questions with what helps to write a condition of an edition."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = "assessment_question"
        return [
            path("codes/<int:pk>/", view(self.codes_view), name=f"{name}_codes"),
            path("condition/<int:pk>/", view(self.condition_view), name=f"{name}_condition"),
            *super().get_urls(),
        ]

    def codes_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The list of codes, which also stands beside the field where scripts run."""
        edition = self._edition(request, pk)
        instrument = instrument_for(edition)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext_lazy("Codes for conditions"),
            "edition": edition,
            "opts": Edition._meta,
            "media": self.media,
        }
        if isinstance(instrument, str):
            context["broken"] = instrument
        else:
            context["groups"] = list(groups_of(instrument, families_of(request)))
        return TemplateResponse(request, "admin/assessment/edition_codes.html", context)

    def condition_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What the text means in words, or what is wrong with it."""
        edition = self._edition(request, pk)
        text = request.GET.get("text", "")[: LONGEST_CONDITION + 1].strip()
        faults = list(condition_faults(text, edition, families_of(request))) if text else []
        told: dict[str, Any] = {"faults": [str(m) for fault in faults for m in fault.messages]}
        instrument = instrument_for(edition)
        sound = bool(text) and not faults and not isinstance(instrument, str)
        told["words"] = describe(parse(text), instrument) if sound else ""  # type: ignore[arg-type]
        return JsonResponse(told)

    def _edition(self, request: HttpRequest, pk: int) -> Edition:
        edition = Edition.objects.filter(pk=pk).first() if is_id(str(pk)) else None
        if edition is None or not self.has_view_permission(request):
            raise PermissionDenied
        return edition


def families_of(request: HttpRequest) -> frozenset[str]:
    return FAMILIES_OF.get(request.GET.get("for", ""), FAMILIES_OF["rule"])
