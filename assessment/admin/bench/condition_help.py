"""Beside a condition: the codes of the edition to insert, and what the text means in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _

from assessment.admin.bench.condition_codes import code_groups
from assessment.admin.core.conditions import ConditionCheck, UnreadableEdition
from assessment.admin.core.pages import draw_page, may_view, page_path
from assessment.instrument.conditions.check import ANSWER_FAMILIES
from assessment.instrument.conditions.grammar import FAMILIES, LONGEST_CONDITION, parse
from assessment.models import Edition, Question
from assessment.reports.condition_wording import describe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase
    from django.urls import URLPattern

CONDITION_FAMILIES = {"question": ANSWER_FAMILIES, "rule": frozenset(FAMILIES)}
"""By what holds the condition: a question's may speak of answers only."""


def condition_help_paths() -> list[URLPattern]:
    rows, may = Edition.objects.all, may_view(Question)
    name = "assessment_question"
    return [
        page_path("codes/<int:pk>/", condition_codes_page, f"{name}_codes", rows=rows, may=may),
        page_path(
            "condition/<int:pk>/", condition_meaning, f"{name}_condition", rows=rows, may=may
        ),
    ]


def condition_codes_page(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """The list of codes, which also stands beside the field where scripts run."""
    title = _("Codes for conditions")
    try:
        instrument = ConditionCheck(edition).instrument
    except UnreadableEdition as broken:
        return draw_page(request, "bench/condition_codes", edition, title, broken=str(broken))
    groups = list(code_groups(instrument, families_of(request)))
    return draw_page(request, "bench/condition_codes", edition, title, groups=groups)


def condition_meaning(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """As JSON: what the text means in words, or what is wrong with it."""
    text = request.GET.get("text", "")[: LONGEST_CONDITION + 1].strip()
    check = ConditionCheck(edition)
    errors = list(check.errors(text, families_of(request))) if text else []
    words = describe(parse(text), check.instrument) if text and not errors else ""
    messages = [str(message) for error in errors for message in error.messages]
    return JsonResponse({"faults": messages, "words": words})


def families_of(request: HttpRequest) -> frozenset[str]:
    return CONDITION_FAMILIES.get(request.GET.get("for", ""), CONDITION_FAMILIES["rule"])
