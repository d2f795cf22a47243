from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition
from assessment.models.bank import PART_MODELS


def address(part: Any, edition: Edition) -> str:
    row = part.objects.filter(edition=edition).first()
    row = row or part.objects.create(edition=edition, code="x")
    return reverse(f"admin:assessment_{part._meta.model_name}_change", args=[row.pk])


@pytest.mark.no_cover
def test_change_page_opens(maria: Client, draft: Edition, published: Edition) -> None:
    """Lists and pages to add are opened as each group in test_groups.py."""

    def opened(edition: Edition) -> dict[str, int]:
        return {
            part.__name__: maria.get(address(part, edition)).status_code for part in PART_MODELS
        }

    names = [part.__name__ for part in PART_MODELS]
    assert opened(draft) == opened(published) == dict.fromkeys(names, 200)
