"""Copy a question of a draft under a new code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.copy_question import CodeTaken, copy_question, free_code
from assessment.admin.bank.part.forms import CODE_PATTERN
from assessment.admin.bench.preview import PreviewedAdmin
from assessment.admin.core.bad_requests import is_id, refuse_bad_requests
from assessment.admin.core.pages import METHODS
from assessment.models import Question


class CodeForm(forms.Form):
    code = forms.RegexField(
        rf"^(?:{CODE_PATTERN.pattern})\Z",
        label=_("Code of the copy"),
        max_length=40,
        error_messages={
            "invalid": _("A code begins with a letter and has only letters, digits, - and _.")
        },
    )


class DuplicatedAdmin(PreviewedAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.duplicate_view)
        return [
            path("<int:pk>/duplicate/", view, name="assessment_question_duplicate"),
            *super().get_urls(),
        ]

    def may_duplicate(self, request: HttpRequest, question: Question) -> bool:
        return self.has_add_permission(request) and question.edition.is_draft

    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        known = request.method in METHODS and is_id(str(pk))
        question = self.get_queryset(request).filter(pk=pk).first() if known else None
        if question is None or not self.may_duplicate(request, question):
            raise PermissionDenied
        with refuse_bad_requests():
            posted = request.POST if request.method == "POST" else None
            form = CodeForm(posted, initial={"code": free_code(question)})
            if form.is_valid():
                return self._duplicate(request, question, form)
        return self._duplicate_page(request, question, form)

    def _duplicate(
        self, request: HttpRequest, question: Question, form: CodeForm
    ) -> HttpResponseBase:
        try:
            copy = copy_question(question=question, code=form.cleaned_data["code"])
        except CodeTaken:
            form.add_error(
                "code", _("This code is taken. A code is never used again, in any edition.")
            )
            return self._duplicate_page(request, question, form)
        words = gettext("Copied from %(code)s.") % {"code": question.code}
        self.log_addition(request, copy, words)
        message = gettext("This is the copy. Change its text: no two questions may read alike.")
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:assessment_question_change", args=[copy.pk]))

    def _duplicate_page(
        self, request: HttpRequest, question: Question, form: CodeForm
    ) -> HttpResponseBase:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Duplicate"),
            "original": question,
            "opts": self.opts,
            "media": self.media,
            "form": form,
        }
        return TemplateResponse(request, "admin/assessment/question_duplicate.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        question = kwargs.get("obj")
        if question is not None and self.may_duplicate(request, question):
            name = "admin:assessment_question_duplicate"
            context["duplicate_address"] = reverse(name, args=[question.pk])
        return super().render_change_form(request, context, *args, **kwargs)
