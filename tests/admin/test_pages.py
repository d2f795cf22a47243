from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition
from assessment.models.bank import PART_MODELS

NAMES = [part._meta.model_name for part in PART_MODELS]


@pytest.mark.parametrize("name", NAMES)
def test_list_of_draft_opens(maria: Client, draft: Edition, name: str) -> None:
    response = maria.get(reverse(f"admin:assessment_{name}_changelist"))

    assert response.status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_add_page_opens(maria: Client, draft: Edition, name: str) -> None:
    response = maria.get(reverse(f"admin:assessment_{name}_add"))

    assert response.status_code == 200


@pytest.mark.parametrize("part", PART_MODELS)
@pytest.mark.parametrize("state", ["draft", "published"])
def test_change_page_opens(
    maria: Client, request: pytest.FixtureRequest, part: type, state: str
) -> None:
    edition = request.getfixturevalue(state)
    row = part.objects.filter(edition=edition).first()  # type: ignore[attr-defined]
    if row is None:
        row = part.objects.create(edition=edition, code="x")  # type: ignore[attr-defined]

    response = maria.get(reverse(f"admin:assessment_{part._meta.model_name}_change", args=[row.pk]))  # type: ignore[attr-defined]

    assert response.status_code == 200
