"""Responses as a file: who may see them chooses an edition and a form."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from assessment.actions.responses.export import ExportOptions, export_responses, record_export
from assessment.admin.core.bad_requests import refuse_bad_requests
from assessment.admin.core.pages import METHODS, may_view
from assessment.interchange.csv_form import COMMA, SEMICOLON
from assessment.interchange.responses_csv import CODES, LABELS, LONG, WIDE
from assessment.models import Edition, Response
from assessment.reports.formats import usual_form

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase
    from django.urls import URLPattern


class ExportForm(forms.Form):
    edition = forms.ModelChoiceField(
        label=_("Edition"), queryset=Edition.objects.order_by("-pk"), empty_label=None
    )
    values = forms.ChoiceField(
        label=_("Values"),
        choices=[(CODES, _("codes, as the method reads them")), (LABELS, _("labels, as read"))],
    )
    shape = forms.ChoiceField(
        label=_("Shape"),
        choices=[
            (WIDE, _("wide: a row for each response")),
            (LONG, _("long: a row for each answer")),
        ],
    )
    form = forms.ChoiceField(
        label=_("Columns are parted by"),
        choices=[(COMMA, _("commas")), (SEMICOLON, _("semicolons"))],
        initial=usual_form,
        required=False,
        help_text=_(
            "A spreadsheet in a language with decimal commas opens the one with semicolons."
        ),
    )
    with_open = forms.BooleanField(label=_("Also responses in progress"), required=False)
    with_demo = forms.BooleanField(label=_("Also invented examples"), required=False)


def export_path() -> URLPattern:
    view = admin.site.admin_view(export_page)
    return path("export/", view, name="assessment_response_export")


def export_page(request: HttpRequest) -> HttpResponseBase:
    """A POST makes the file, because it leaves a trace: who took which responses out."""
    if request.method not in METHODS or not may_view(Response)(request, None):
        raise PermissionDenied
    with refuse_bad_requests():
        form = ExportForm(request.POST if request.method == "POST" else None)
        valid = form.is_valid()
    if valid:
        return _file(request, ExportOptions(**form.cleaned_data))
    model_admin = admin.site.get_model_admin(Response)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Export responses"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "form": form,
    }
    return TemplateResponse(request, "admin/assessment/responses/export.html", context)


def _file(request: HttpRequest, options: ExportOptions) -> HttpResponseBase:
    file = TemporaryFile()  # noqa: SIM115 -- the response closes it
    try:
        number = export_responses(options=options, out=file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    record_export(user=request.user, options=options, number=number)
    name = f"articula-responses-{options.edition.number or options.edition.pk}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
