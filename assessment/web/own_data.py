"""A respondent's own data: taken along as a file, and erased."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, pgettext

from assessment.actions.responses.erase import erase_assessment, loss_of
from assessment.actions.responses.own_data import own_data as collect_own_data
from assessment.actions.responses.return_link import hash_of_secret
from assessment.actions.rounds.erase import erase_respondent, own_loss
from assessment.models import Response
from assessment.web.access import (
    forget_erased,
    mark_left,
    remembered_link,
    response_for,
    round_for,
)
from assessment.web.links import SECRET_AT_END
from assessment.web.questionnaire.profile_form import LineField

if TYPE_CHECKING:
    from django.http import QueryDict


def own_data(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = response_for(request, uuid)
    secret = remembered_link(request, response) or ""
    found = collect_own_data(response=response, secret=secret)
    text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    name = f"articula-{response.reference}-data.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


def word_to_type() -> str:
    return pgettext("typed to confirm that all answers are erased", "erase")


def _not_typed() -> str:
    sentence = gettext("Word that confirms: type “%(word)s”. Nothing is erased so far.")
    return sentence % {"word": word_to_type()}


class EraseForm(forms.Form):
    use_required_attribute = False

    word = LineField(label=gettext_lazy("Word that confirms"))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        sentence = gettext("Type “%(word)s” to confirm that you mean it.")
        word = self.fields["word"]
        word.required, word.help_text = True, sentence % {"word": word_to_type()}
        word.error_messages["required"] = _not_typed()

    def clean_word(self) -> str:
        typed = str(self.cleaned_data["word"])
        if typed.casefold() != word_to_type().casefold():
            raise ValidationError(_not_typed())
        return typed

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.layout = Layout("word")
        helper.add_input(Submit("erase", gettext("Erase everything")))
        return helper


class EraseOwnForm(EraseForm):
    """Of one among several: where this device does not hold her link, she pastes it."""

    link = LineField(label=gettext_lazy("Your private link"))

    def __init__(self, response: Response, held: str, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.response, self.secret = response, held
        if held or response.entry != Response.Entry.INVITATION:
            del self.fields["link"]
        else:
            link = self.fields["link"]
            link.required, link.help_text = (
                True,
                gettext("It says which name in the list is yours."),
            )
            link.error_messages["required"] = self._another()

    def clean_link(self) -> str:
        pasted = SECRET_AT_END.search(str(self.cleaned_data["link"]))
        if pasted is None or hash_of_secret(pasted[1]) != self.response.secret_hash:
            raise ValidationError(self._another())
        self.secret = pasted[1]
        return self.secret

    def _another(self) -> str:
        return gettext("Your private link: paste the one that opens these answers.")

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(*self.fields)
        return helper


def erase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = response_for(request, uuid)
    if not response.round.alone:
        return _erase_own(request, response)
    round = round_for(request, response)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        context = {"response": response, "form": form, "loss": loss_of(round=round)}
        status = 422 if form.is_bound else 200
        return render(request, "questionnaire/erase.html", context, status=status)
    newest = reverse("tasks", args=[response.latest_revision().uuid])
    http_response = redirect(f"{reverse('start')}?erased=1")
    forget_erased(request, http_response, erase_assessment(round=round))
    mark_left(http_response, newest)
    return http_response


def _erase_own(request: HttpRequest, response: Response) -> HttpResponse:
    """Hers alone; the figures of a closed round stay as they were frozen."""
    held = remembered_link(request, response) or ""
    form = EraseOwnForm(response, held, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        context = {"response": response, "form": form, "loss": own_loss(response=response)}
        status = 422 if form.is_bound else 200
        return render(request, "questionnaire/erase_own.html", context, status=status)
    now = timezone.now()
    erased = erase_respondent(response=response, secret=form.secret, now=now)
    http_response = redirect(f"{reverse('start')}?erased=1")
    forget_erased(request, http_response, [erased])
    mark_left(http_response, reverse("tasks", args=[response.uuid]))
    return http_response
