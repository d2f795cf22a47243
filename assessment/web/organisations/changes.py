"""What owners change of their organisation: what it says of itself, and its logos."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessment.actions.organisations.details import (
    TooManyLogos,
    add_logo,
    change_details,
    delete_logo,
)
from assessment.web.member_access import ownership_for
from assessment.web.organisations.forms import DetailsForm, OrganisationLogoForm, PlainForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    changed = ownership_for(request, uuid).organisation
    form = DetailsForm(changed, request.POST if request.method == "POST" else None)
    if form.is_valid():
        change_details(organisation=changed, details=form.details)
        messages.success(request, _("Saved."))
        return redirect("organisation", uuid)
    context = {"organisation": changed, "form": form}
    return render(request, "organisations/details.html", context, status=status_of(form))


def logos(request: HttpRequest, uuid: UUID) -> HttpResponse:
    changed = ownership_for(request, uuid).organisation
    if request.method == "POST" and "delete" in request.POST:
        delete_logo(organisation=changed, logo=number(request.POST["delete"]))
        return redirect("organisation_logos", uuid)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OrganisationLogoForm(*sent)
    if form.is_valid():
        drawn, alternative = form.cleaned_data["file"], form.cleaned_data["alternative"]
        try:
            add_logo(organisation=changed, drawn=drawn, alternative=alternative)
        except TooManyLogos:
            form.add_error(None, _("There are four logos already: delete one first."))
        else:
            return redirect("organisation_logos", uuid)
    context = {"organisation": changed, "form": form, "logos": changed.logos.defer("content")}
    return render(request, "organisations/logos.html", context, status=status_of(form))


def status_of(form: PlainForm) -> int:
    return 422 if form.errors else 200


def number(typed: str) -> int:
    """Of a row; 0, which none has, where it is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
