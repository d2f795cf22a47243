"""Compare an edition with another one: a page, and JSON at the same address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.pages import EditionPages, compiled
from assessment.admin.editions.pages.differences import Side, blocks_of
from assessment.instrument.diff import compare_editions
from assessment.models import Edition
from assessment.models.translations import all_translations_of


class ComparisonPages(EditionPages):
    def get_urls(self) -> list[URLPattern]:
        return [self.edition_path("compare/", self.compare_view, "compare"), *super().get_urls()]

    def compare_view(self, request: HttpRequest, edition: Edition) -> HttpResponseBase:
        """`with` names the other edition, which is taken for the older one."""
        others = list(Edition.objects.exclude(pk=edition.pk).order_by("-id"))
        other = _chosen(request, edition, others)
        as_json = request.GET.get("format") == "json"
        if other is None:
            if as_json:
                return JsonResponse({"error": "there is no other edition"}, status=404)
            return self._compared(request, edition, others=[], other=None)
        old, new = _side(other), _side(edition)
        comparison = compare_editions(
            old.instrument, new.instrument, old.translations, new.translations
        )
        if as_json:
            plain = {"old": _named(old), "new": _named(new), "same": comparison.same}
            return JsonResponse({**plain, "differences": comparison.to_json()})
        blocks = blocks_of(comparison, old, new)
        more = {"blocks": blocks, "same": comparison.same}
        return self._compared(request, edition, others=others, other=other, **more)

    def _compared(self, request: HttpRequest, edition: Edition, **more: Any) -> HttpResponseBase:
        return self.page(request, "compare", edition, _("Compare with another edition"), **more)


def _side(edition: Edition) -> Side:
    return Side(edition, compiled(edition), all_translations_of(edition))


def _chosen(request: HttpRequest, edition: Edition, others: list[Edition]) -> Edition | None:
    """The one asked for, else what this one was made from, else the newest other one."""
    asked = request.GET.get("with", "")
    wanted = asked or str(edition.started_from_id)
    found = [other for other in others if str(other.pk) == wanted]
    return next(iter([*found, *others]), None)


def _named(side: Side) -> dict[str, Any]:
    edition = side.edition
    return {
        "id": edition.pk,
        "number": edition.number,
        "name": edition.name,
        "state": edition.state,
        "content_hash": side.instrument.content_hash,
    }
