"""The facilitator's pack of a round: to read, to print, and as PDF on two papers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from assessment.actions.record import record_once_a_day
from assessment.models import ReportFile
from assessment.reports.pack.pack import pack_of_round, title_of
from assessment.tasks import content_of_file, file_of_pack
from assessment.web.languages import content_language
from assessment.web.member_access import facilitated_round
from assessment.web.results import pause, standing

if TYPE_CHECKING:
    from datetime import time

    from django.http import QueryDict

PAPERS = {"a4": ReportFile.Layer.PACK_A4, "letter": ReportFile.Layer.PACK_LETTER}


class BeginForm(forms.Form):
    """When the session begins; what cannot be read is no hour: agendas count from nought."""

    use_required_attribute = False

    begins = forms.TimeField(
        label=gettext_lazy("The session begins at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def hour(self) -> time | None:
        return self.cleaned_data.get("begins")

    @property
    def query(self) -> str:
        return f"?begins={self.hour:%H:%M}" if self.hour else ""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.add_input(Submit("", gettext("Show the hours"), css_class="button-secondary"))
        return helper


def round_pack(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = facilitated_round(request, uuid)
    form = BeginForm(request.GET)
    pack = pack_of_round(found, language=content_language(), begins=form.hour)
    record_once_a_day("pack_read", found)
    context = {
        "round": found,
        "demo": found.demo,
        "pack": pack,
        "title": title_of(pack),
        "form": form,
        "begins": form.hour,
        "begins_query": form.query,
    }
    return render(request, "pack/pack.html", context)


def round_pack_pdf(request: HttpRequest, uuid: UUID, paper: str) -> HttpResponse:
    """Where it is not printed yet, the page on which one waits for it stands in its place."""
    found = facilitated_round(request, uuid)
    if paper not in PAPERS:
        raise Http404
    now, form = timezone.now(), BeginForm(request.GET)
    row = file_of_pack(
        round=found, language=content_language(), now=now, layer=PAPERS[paper], begins=form.hour
    )
    content = content_of_file(file=row, now=now)
    if content is not None:
        record_once_a_day("pack_read", found)
        headers = {"Content-Disposition": f'inline; filename="articula-{found.reference}-pack.pdf"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
    here = f"{request.path}{form.query}"
    screen = reverse("round_pack", args=[uuid]) + form.query
    context = {"here": here, "pdf": here, "screen": screen}
    page = render(request, "questionnaire/report_wait.html", context | standing(row, now))
    if not row.is_refused:
        page["Refresh"] = str(pause(row.waited(now)))
    return page
