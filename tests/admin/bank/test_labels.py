"""The labels in sentences on faults are those of the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.models import User
from django.utils.text import capfirst

from assessment.instrument.issues import Where
from assessment.reports.issue_wording.labels import MODELS, field_label

if TYPE_CHECKING:
    from django.test import RequestFactory


def test_sentences_name_a_field_as_its_form_does(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User(is_superuser=True)

    def labels(kind: str) -> dict[Where, str]:
        form = admin.site.get_model_admin(MODELS[kind]).get_form(request, change=False)
        fields = form.base_fields.items()
        return {Where(kind, "", name): capfirst(str(field.label)) for name, field in fields}

    table = {where: label for kind in MODELS for where, label in labels(kind).items()}
    assert {where: field_label(where) for where in table} == table
