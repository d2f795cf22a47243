"""What is wrong with an edition and what deserves a look, for whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.publish import compile_and_check
from assessment.actions.editions.translate import incomplete_languages
from assessment.admin.bench.samples import sample_verdicts
from assessment.admin.core.pages import EditionPages, page_of
from assessment.instrument.validation.audience import dimensions_not_asked
from assessment.instrument.validation.samples import untested_rules
from assessment.models import Edition, EditionLanguage
from assessment.models.bank import PART_MODELS
from assessment.reports.issue_wording.bank import issue_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Instrument


@dataclass(frozen=True, slots=True)
class Line:
    """A fault or a warning; `address` is empty where the person may not open what it is about."""

    code: str
    message: str
    address: str


class CheckPages(EditionPages):
    def get_urls(self) -> list[URLPattern]:
        return [self.edition_path("checks/", self.checks_view, "checks"), *super().get_urls()]

    def checks_view(self, request: HttpRequest, edition: Edition) -> HttpResponseBase:
        return self.checked(request, edition, "checks", _("Checks"))

    def checked(
        self,
        request: HttpRequest,
        edition: Edition,
        name: str,
        title: Any,
        faults: list[Issue] | None = None,
    ) -> HttpResponseBase:
        """The page `name` with the whole report; `faults` where they are known already."""
        instrument, found = compile_and_check(edition) if faults is None else (None, faults)
        places = _places(request, edition)
        context = {
            "faults": _lines(edition, found, places),
            "warnings": _lines(edition, warnings(edition, instrument, found), places),
            "may_publish": edition.is_draft and self.may_publish(request),
        }
        return self.page(request, name, edition, title, **context)


def warnings(edition: Edition, instrument: Instrument | None, faults: list[Issue]) -> list[Issue]:
    """What does not stop publishing. The samples are tried once nothing is at fault."""
    if instrument is None:
        return []
    return [
        *incomplete_languages(edition=edition, instrument=instrument, accepted=True),
        *dimensions_not_asked(instrument),
        *([] if faults else untested_rules(instrument, sample_verdicts(instrument))),
    ]


def _lines(edition: Edition, faults: Iterable[Issue], places: dict[str, str]) -> list[Line]:
    own = page_of("change", edition)
    return [
        Line(
            "" if f.where.kind == "scale" else f.where.code,
            issue_sentence(f),
            places.get(f.where.code, own),
        )
        for f in faults
    ]


def _places(request: HttpRequest, edition: Edition) -> dict[str, str]:
    """Addresses by code, empty for what the person may not open; a query for each kind."""
    places: dict[str, str] = {}
    for part in PART_MODELS:
        rows = part.objects.filter(edition=edition).values_list("code", "pk")
        places |= _addresses(request, part, rows)
    languages = EditionLanguage.objects.filter(edition=edition).values_list("language", "pk")
    return places | _addresses(request, EditionLanguage, languages)


def _addresses(
    request: HttpRequest, model: type[Any], rows: Iterable[tuple[str, int]]
) -> dict[str, str]:
    name = model._meta.model_name
    if not request.user.has_perm(f"assessment.view_{name}"):
        return {code: "" for code, _pk in rows}
    return {code: reverse(f"admin:assessment_{name}_change", args=[pk]) for code, pk in rows}
