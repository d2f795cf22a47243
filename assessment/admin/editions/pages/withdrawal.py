"""Withdraw a published edition, with the reason."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.clean_text import BadText, clean_text
from assessment.actions.editions.withdraw import NotPublished, next_current_edition, withdraw
from assessment.admin.core.pages import EditionPages
from assessment.models import Edition, Response
from assessment.reports.issue_wording.bank import bare_sentence

LONGEST_REASON = 1000


class ReasonField(forms.CharField):
    """Why something lasting is done: asked for, cleaned, kept."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
        )

    def clean(self, value: object) -> str:
        try:
            return clean_text(super().clean(value), limit=LONGEST_REASON)
        except BadText as error:
            raise forms.ValidationError(bare_sentence(error.issue)) from error


class WithdrawForm(forms.Form):
    reason = ReasonField()


class WithdrawalPages(EditionPages):
    def get_urls(self) -> list[URLPattern]:
        return [self.edition_path("withdraw/", self.withdraw_view, "withdraw"), *super().get_urls()]

    def withdraw_view(self, request: HttpRequest, edition: Edition) -> HttpResponseBase:
        if not self.may_publish(request):
            raise PermissionDenied
        form = WithdrawForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            return self._withdraw(request, edition, form.cleaned_data["reason"])
        if edition.state != Edition.State.PUBLISHED:
            return self._refused(request, edition)
        return self.page(
            request,
            "withdraw",
            edition,
            _("Withdraw this edition"),
            form=form,
            is_current=Edition.objects.current() == edition,
            follower=next_current_edition(edition),
            responses=Response.objects.filter(edition=edition).count(),
        )

    def _withdraw(self, request: HttpRequest, edition: Edition, reason: str) -> HttpResponseBase:
        try:
            withdrawn = withdraw(edition=edition, reason=reason, now=timezone.now())
        except NotPublished:
            return self._refused(request, edition)
        words = gettext("Withdrawn: %(reason)s") % {"reason": reason}
        self.log_change(request, withdrawn, words)
        message = gettext("The edition is withdrawn. No new response starts on it.")
        return self.sent_back(request, edition, message, messages.SUCCESS)

    def _refused(self, request: HttpRequest, edition: Edition) -> HttpResponseBase:
        return self.sent_back(
            request, edition, gettext("Only a published edition can be withdrawn.")
        )
