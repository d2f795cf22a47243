"""Copy a question of a draft under a new code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.copy_question import (
    KIND,
    CodeTaken,
    copy_question,
    copy_sentence,
    free_code,
)
from assessment.admin.bank.part.forms import refuse_alike, refuse_code
from assessment.admin.core.pages import address_of, draw_page, page_path, record, send_back
from assessment.instrument.codes import LONGEST_CODE
from assessment.models import Question

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase
    from django.urls import URLPattern


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code of the copy"), max_length=LONGEST_CODE)

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        refuse_code(KIND, code)
        refuse_alike(Question, self.question.edition, code)
        return code


def copy_question_path() -> URLPattern:
    return page_path(
        "<int:pk>/duplicate/",
        copy_question_page,
        "assessment_question_duplicate",
        rows=lambda: Question.objects.select_related("edition"),
        may=may_copy,
    )


def copy_link(question: Question) -> tuple[str, Any]:
    return address_of("duplicate", question), _("Duplicate")


def may_copy(request: HttpRequest, question: Question) -> bool:
    return request.user.has_perm("assessment.add_question") and question.edition.is_draft


def copy_question_page(request: HttpRequest, question: Question) -> HttpResponseBase:
    posted = request.POST if request.method == "POST" else None
    form = CodeForm(question, posted, initial={"code": free_code(question)})
    if form.is_valid():
        try:
            return _copy(request, question, form.cleaned_data["code"])
        except CodeTaken:
            form.add_error(
                "code", _("This code is taken. A code is never used again, in any edition.")
            )
    return draw_page(request, "bank/copy_question", question, _("Duplicate"), form=form)


def _copy(request: HttpRequest, question: Question, code: str) -> HttpResponseBase:
    copy = copy_question(question=question, code=code)
    record(request, copy, copy_sentence(question.code), ADDITION)
    message = gettext("This is the copy. Change its text: no two questions may read alike.")
    return send_back(request, copy, message, messages.SUCCESS)
