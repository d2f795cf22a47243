"""Responses as a file: who may see them chooses an edition and a form."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.responses.export import ExportOptions, export_responses
from assessment.admin.core.bad_requests import refuse_bad_requests
from assessment.admin.core.base_admin import ReadOnlyAdmin
from assessment.interchange.responses_csv import CODES, LABELS, LONG, WIDE
from assessment.models import Edition

METHODS = frozenset({"GET", "HEAD", "POST"})


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
    with_open = forms.BooleanField(label=_("also responses in progress"), required=False)
    with_demo = forms.BooleanField(label=_("also invented examples"), required=False)


class ExportedAdmin(ReadOnlyAdmin):
    """Adds the page of the export to the list of responses."""

    change_list_template = "admin/assessment/response_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="assessment_response_export"), *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """A POST makes the file, because it leaves a trace: who took which responses out."""
        if request.method not in METHODS or not self.has_view_permission(request):
            raise PermissionDenied
        with refuse_bad_requests():
            form = ExportForm(request.POST if request.method == "POST" else None)
            valid = form.is_valid()
        if valid:
            return self._file(request, ExportOptions(**form.cleaned_data))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Export responses"),
            "opts": self.opts,
            "media": self.media,
            "form": form,
        }
        return TemplateResponse(request, "admin/assessment/response_export.html", context)

    def _file(self, request: HttpRequest, wanted: ExportOptions) -> HttpResponseBase:
        file = TemporaryFile()  # noqa: SIM115 -- the response closes it
        try:
            number = export_responses(wanted=wanted, out=file)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        self._tell(request, wanted, number)
        name = f"articula-responses-{wanted.edition.number or wanted.edition.pk}.zip"
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")

    def _tell(self, request: HttpRequest, wanted: ExportOptions, number: int) -> None:
        message = gettext("Exported %(number)d responses: %(values)s, %(shape)s.") % {
            "number": number,
            "values": wanted.values,
            "shape": wanted.shape,
        }
        user: Any = request.user
        LogEntry.objects.log_actions(user.pk, [wanted.edition], CHANGE, message, single_object=True)
