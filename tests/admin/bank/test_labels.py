"""The labels in sentences on faults are those of the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.utils.text import capfirst

from assessment.instrument.issues import Where
from assessment.reports.issue_wording.labels import MODELS, field_label

if TYPE_CHECKING:
    from django.test import RequestFactory


@pytest.mark.parametrize("kind", MODELS)
def test_sentences_name_a_field_as_its_form_does(kind: str, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User(is_superuser=True)
    form = admin.site.get_model_admin(MODELS[kind]).get_form(request, change=False)

    labels = {name: str(field.label) for name, field in form.base_fields.items()}

    assert {name: field_label(Where(kind, "", name)) for name in labels} == {
        name: capfirst(label) for name, label in labels.items()
    }
