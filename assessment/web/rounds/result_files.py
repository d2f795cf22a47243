"""The result of a closed round as files, for who reads its pages.

What members take is recorded; of respondents nothing is: who is signed in on the same device would
be joined to her part of the round.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from assessment.actions.record import record
from assessment.interchange.csv_form import COMMA, SEMICOLON
from assessment.reports.formats import usual_form
from assessment.reports.report_data import report_of_round
from assessment.reports.round_files.tables import csv_of_round, json_of_round, xlsx_of_round
from assessment.web.access import NotGranted, shared_round_for
from assessment.web.languages import content_language
from assessment.web.member_access import viewed_round

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assessment.models import Round
    from assessment.reports.report_data import ReportData

FORMS: Mapping[str, tuple[Callable[[ReportData], bytes], str, str]] = {
    "xlsx": (
        xlsx_of_round,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    "csv": (csv_of_round, "application/zip", "csv.zip"),
    "csv_semicolon": (partial(csv_of_round, form=SEMICOLON), "application/zip", "csv.zip"),
    "json": (json_of_round, "application/json", "json"),
}
"""By the word in the address: what makes the file, its type and how its name ends."""


CSV_LINKS = {
    COMMA: gettext_lazy(
        "Flat table (CSV) with commas and decimal points, with its dictionary (ZIP)"
    ),
    SEMICOLON: gettext_lazy(
        "Flat table (CSV) with semicolons and decimal commas, with its dictionary (ZIP)"
    ),
}


def csv_links() -> list[tuple[str, str]]:
    """The form that a spreadsheet in the reader's language opens stands first."""
    first = usual_form()
    return [(form, str(CSV_LINKS[form])) for form in sorted(CSV_LINKS, key=lambda f: f != first)]


def round_file(request: HttpRequest, uuid: UUID, form: str) -> HttpResponse:
    found = viewed_round(request, uuid)
    if not found.is_closed:
        raise NotGranted
    record(request.user, "result_exported", found, file=form)
    return _file(request, found, form)


def shared_file(request: HttpRequest, uuid: UUID, form: str) -> HttpResponse:
    """For who answered in it, where that was promised."""
    return _file(request, shared_round_for(request, uuid), form)


def _file(request: HttpRequest, found: Round, form: str) -> HttpResponse:
    """With `?separator=semicolon` the table that a spreadsheet with decimal commas reads."""
    asked = f"{form}_{request.GET.get('separator')}"
    make, type_, ending = FORMS.get(asked, FORMS[form])
    content = make(report_of_round(found, language=content_language()))
    name = f"articula-{found.reference}-result.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=type_, headers=headers)
