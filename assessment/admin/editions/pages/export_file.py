"""Take an edition out as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from assessment.admin.core.pages import compile_edition, draw_page
from assessment.interchange.refusal import Refused
from assessment.interchange.toml_files import to_zip
from assessment.interchange.workbook.writer import to_xlsx
from assessment.models.translations import all_translations_of
from assessment.reports.issue_wording.files import fault_line
from assessment.reports.xlsform import xlsform_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from assessment.models import Edition

Writer = Callable[["Edition"], bytes]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _zip(edition: Edition) -> bytes:
    return to_zip(edition.instrument(), all_translations_of(edition))


def _xlsx(edition: Edition) -> bytes:
    return to_xlsx(edition.instrument(), all_translations_of(edition))


EXPORT_FORMATS: Mapping[str, tuple[Writer, str, str]] = {
    "zip": (_zip, "application/zip", ".zip"),
    "xlsx": (_xlsx, XLSX_TYPE, ".xlsx"),
    "xlsform": (xlsform_of, XLSX_TYPE, "-xlsform.xlsx"),
}
"""By the name in the address: what writes the file, its media type and the end of its name."""


def export_file(request: HttpRequest, edition: Edition, kind: str) -> HttpResponseBase:
    if kind not in EXPORT_FORMATS:
        raise PermissionDenied
    write, content_type, suffix = EXPORT_FORMATS[kind]
    compile_edition(edition)
    try:
        content = write(edition)
    except Refused as refusal:
        title = _("This edition cannot be exported")
        lines = [fault_line(fault) for fault in refusal.faults]
        return draw_page(request, "editions/cannot_export", edition, title, faults=lines)
    name = f"articula-{'draft' if edition.is_draft else 'edition'}-"
    name += f"{edition.number or edition.pk}{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
