"""Delete a draft: says what is lost, asks for its number and the reason, and records both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.delete_draft import delete_draft, part_counts
from assessment.admin.core.bad_requests import LARGEST_ID
from assessment.admin.core.pages import draw_page, send_to
from assessment.admin.editions.forms import ReasonField
from assessment.models import Response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from assessment.models import Edition


class DeleteDraftForm(forms.Form):
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


def delete_draft_page(request: HttpRequest, draft: Edition) -> HttpResponseBase:
    answered = Response.objects.filter(round__edition=draft).count()
    form = DeleteDraftForm(draft, request.POST if request.method == "POST" else None)
    if not answered and form.is_valid():
        return _delete(request, draft, form.cleaned_data["reason"])
    return draw_page(
        request,
        "editions/delete_draft",
        draft,
        _("Delete this draft"),
        form=form,
        loss=part_counts(draft),
        answered=answered,
    )


def _delete(request: HttpRequest, draft: Edition, reason: str) -> HttpResponseBase:
    name = str(draft)
    delete_draft(edition=draft, reason=reason, user=request.user)
    message = gettext("“%(name)s” is deleted.") % {"name": name}
    address = reverse("admin:assessment_edition_changelist")
    return send_to(request, address, message, messages.SUCCESS)
