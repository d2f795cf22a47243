"""Withdraw a published edition, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.withdraw import (
    NotPublished,
    next_current_edition,
    withdraw,
    withdraw_sentence,
)
from assessment.admin.core.pages import draw_page, record, send_back
from assessment.admin.editions.forms import ReasonField
from assessment.models import Edition, Response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


class WithdrawForm(forms.Form):
    reason = ReasonField()


def withdrawal_page(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _withdraw(request, edition, form.cleaned_data["reason"])
    if edition.state != Edition.State.PUBLISHED:
        return _not_published(request, edition)
    return draw_page(
        request,
        "editions/withdrawal",
        edition,
        _("Withdraw this edition"),
        form=form,
        is_current=Edition.objects.current() == edition,
        follower=next_current_edition(edition),
        responses=Response.objects.of_one_person().filter(round__edition=edition).count(),
        rounds=edition.rounds.of_several().count(),
    )


def _withdraw(request: HttpRequest, edition: Edition, reason: str) -> HttpResponseBase:
    try:
        withdrawn = withdraw(edition=edition, reason=reason, now=timezone.now())
    except NotPublished:
        return _not_published(request, edition)
    record(request, withdrawn, withdraw_sentence(reason))
    message = gettext("The edition is withdrawn. No new response starts on it.")
    return send_back(request, edition, message, messages.SUCCESS)


def _not_published(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    return send_back(request, edition, gettext("Only a published edition can be withdrawn."))
