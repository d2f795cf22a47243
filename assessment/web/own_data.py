"""A respondent's own data: taken along as a file, and erased by who answers alone."""

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
from django.utils.translation import gettext, gettext_lazy, pgettext

from assessment.actions.responses.erase import erase_assessment, loss_of
from assessment.actions.responses.own_data import own_data as collect_own_data
from assessment.web.access import forget_erased, mark_left, response_for, round_for
from assessment.web.questionnaire.profile_form import LineField

if TYPE_CHECKING:
    from django.http import QueryDict


def own_data(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = response_for(request, uuid)
    found = collect_own_data(response=response)
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


def erase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = response_for(request, uuid)
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
