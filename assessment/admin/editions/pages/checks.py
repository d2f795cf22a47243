"""What is wrong with an edition and what deserves a look, for whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.publish import compile_and_check
from assessment.actions.editions.translate import incomplete_languages
from assessment.admin.bench.samples import sample_verdicts
from assessment.admin.core import pages
from assessment.admin.core.pages import address_of, draw_page, part_addresses
from assessment.admin.editions.permissions import may_publish
from assessment.instrument.validation.audience import dimensions_not_asked
from assessment.instrument.validation.samples import untested_rules
from assessment.models import EditionLanguage
from assessment.models.bank import PART_MODELS
from assessment.reports.issue_wording.bank import issue_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest, HttpResponseBase

    from assessment.instrument.issues import Issue
    from assessment.instrument.model import Instrument
    from assessment.models import Edition


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A fault or a warning; `address` is empty where the person may not open what it is about."""

    code: str
    message: str
    address: str


def checks_page(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    return draw_checks(request, "editions/checks", edition, _("Checks"))


def draw_checks(
    request: HttpRequest,
    template: str,
    edition: Edition,
    title: Any,
    faults: list[Issue] | None = None,
) -> HttpResponseBase:
    """A page with everything the checks find; `faults` where they are known already."""
    instrument, found = compile_and_check(edition) if faults is None else (None, faults)
    addresses = _addresses(request, edition)
    return draw_page(
        request,
        template,
        edition,
        title,
        faults=_lines(edition, found, addresses),
        warnings=_lines(edition, edition_warnings(edition, instrument, found), addresses),
        may_publish=edition.is_draft and may_publish(request, edition),
    )


def edition_warnings(
    edition: Edition, instrument: Instrument | None, faults: list[Issue]
) -> list[Issue]:
    """What does not stop publishing. The samples are tried once nothing is at fault."""
    if instrument is None:
        return []
    return [
        *incomplete_languages(edition=edition, instrument=instrument, accepted=True),
        *dimensions_not_asked(instrument),
        *([] if faults else untested_rules(instrument, sample_verdicts(instrument))),
    ]


def _lines(
    edition: Edition, issues: Iterable[Issue], addresses: Mapping[str, str]
) -> list[CheckLine]:
    own = address_of("change", edition)
    return [
        CheckLine(
            code="" if issue.where.kind == "scale" else issue.where.code,
            message=issue_sentence(issue),
            address=addresses.get(issue.where.code, own),
        )
        for issue in issues
    ]


def _addresses(request: HttpRequest, edition: Edition) -> dict[str, str]:
    """Of parts and languages by their code, empty for what the person may not open."""
    found: dict[tuple[type[Any], str], str] = part_addresses(edition, PART_MODELS)
    for offered in EditionLanguage.objects.filter(edition=edition):
        found[EditionLanguage, offered.language] = address_of("change", offered)
    models = {model for model, _code in found}
    open_to = {model for model in models if pages.may_view(model)(request, None)}
    return {code: address if model in open_to else "" for (model, code), address in found.items()}
