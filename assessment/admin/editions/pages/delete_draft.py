"""Throw a draft away: says what is lost, asks for its number and the reason, and keeps both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.delete_draft import delete_draft, part_counts
from assessment.admin.core.bad_requests import LARGEST_ID, refusing_tampered
from assessment.admin.core.pages import EditionPages
from assessment.admin.editions.pages.withdrawal import ReasonField
from assessment.models import Edition, Response


class ThrowAwayForm(forms.Form):
    number = forms.IntegerField(label=_("Number of this draft"), min_value=0, max_value=LARGEST_ID)
    reason = ReasonField()

    def __init__(self, draft: Edition, data: Any = None) -> None:
        super().__init__(data)
        self.draft = draft
        self.fields["number"].widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "size": "8"}
        )

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if number != self.draft.pk:
            raise ValidationError(_("This is not the number of this draft."))
        return number


class ThrowAwayPages(EditionPages):
    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with refusing_tampered():
            draft = self.edition_for(request, int(unquote(object_id)))
        if draft is None or not self.has_delete_permission(request, draft):
            raise PermissionDenied
        answered = Response.objects.filter(round__edition=draft).count()
        form = ThrowAwayForm(draft, request.POST if request.method == "POST" else None)
        if not answered and form.is_valid():
            return self._throw_away(request, draft, form.cleaned_data["reason"])
        title = _("Delete this draft")
        loss = part_counts(draft)
        return self.page(request, "delete", draft, title, form=form, loss=loss, answered=answered)

    def _throw_away(self, request: HttpRequest, draft: Edition, reason: str) -> HttpResponse:
        loss = ", ".join(f"{kind}: {number}" for kind, number in part_counts(draft).items())
        words = gettext("Deleted (%(loss)s): %(reason)s") % {"loss": loss, "reason": reason}
        who = int(request.user.pk or 0)
        LogEntry.objects.log_actions(who, [draft], DELETION, change_message=words)
        name = str(draft)
        delete_draft(edition=draft)
        message = gettext("“%(name)s” is deleted.") % {"name": name}
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:assessment_edition_changelist"))
