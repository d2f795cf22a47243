"""The form that makes a link by which others read the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Hidden, Layout, Submit
from django import forms
from django.utils.translation import gettext, gettext_lazy

from assessment.web.questionnaire.profile_form import LineField

if TYPE_CHECKING:
    from django.http import QueryDict


class ShareForm(forms.Form):
    """`key` is of one page: the form sent twice makes one link."""

    use_required_attribute = False

    label = LineField(
        label=gettext_lazy("For whom is the link?"),
        help_text=gettext_lazy(
            "A word for your own list, such as “planning office”. The readers do not see it."
        ),
    )

    def __init__(self, data: QueryDict | None = None, *, key: str) -> None:
        super().__init__(data)
        self.key = key

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.layout = Layout("label", Hidden("key", self.key))
        helper.add_input(Submit("make", gettext("Make a link to read")))
        return helper
