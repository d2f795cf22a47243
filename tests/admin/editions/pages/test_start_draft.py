"""A new draft from an edition, whatever its state."""

from __future__ import annotations

from django.test import Client

from assessment.models import Edition
from tests.admin.edition_pages import page


def test_draft_is_started_from_published_edition(maria: Client, published: Edition) -> None:
    assert maria.get(page("draft", published)).status_code == 200

    response = maria.post(page("draft", published))

    draft = Edition.objects.get(state=Edition.State.DRAFT)
    assert response.headers["Location"] == page("change", draft)
    assert draft.started_from == published
    assert draft.question_set.count() == 3
