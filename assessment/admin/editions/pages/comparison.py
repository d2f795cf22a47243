"""Compare an edition with another one: a page, and JSON at the same address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.pages import compile_edition, draw_page
from assessment.admin.editions.pages.differences import ComparedEdition, type_differences
from assessment.instrument.diff import compare_editions
from assessment.models import Edition
from assessment.models.translations import all_translations_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def comparison_page(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """`with` names the other edition, which is taken for the older one."""
    others = list(Edition.objects.exclude(pk=edition.pk).order_by("-id"))
    other = _other_edition(request, edition, others)
    as_json = request.GET.get("format") == "json"
    if other is None:
        if as_json:
            return JsonResponse({"error": "there is no other edition"}, status=404)
        return _draw(request, edition, others=[], other=None)
    old, new = _compared(other), _compared(edition)
    comparison = compare_editions(
        old.instrument, new.instrument, old.translations, new.translations
    )
    if as_json:
        sides = {"old": _to_json(old), "new": _to_json(new), "same": comparison.same}
        return JsonResponse({**sides, "differences": comparison.to_json()})
    blocks = type_differences(comparison, old, new)
    return _draw(request, edition, others=others, other=other, blocks=blocks, same=comparison.same)


def _draw(request: HttpRequest, edition: Edition, **context: Any) -> HttpResponseBase:
    title = _("Compare with another edition")
    return draw_page(request, "editions/comparison", edition, title, **context)


def _compared(edition: Edition) -> ComparedEdition:
    return ComparedEdition(edition, compile_edition(edition), all_translations_of(edition))


def _other_edition(request: HttpRequest, edition: Edition, others: list[Edition]) -> Edition | None:
    """The one asked for, else what this one was made from, else the newest other one."""
    key = request.GET.get("with", "") or str(edition.started_from_id)
    found = [other for other in others if str(other.pk) == key]
    return next(iter([*found, *others]), None)


def _to_json(compared: ComparedEdition) -> dict[str, Any]:
    edition = compared.edition
    return {
        "id": edition.pk,
        "number": edition.number,
        "name": edition.name,
        "state": edition.state,
        "content_hash": compared.instrument.content_hash,
    }
