from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Response
from assessment.web.templatetags.section_form import SKELETON_CACHE
from tests.factories import answered
from tests.web.conftest import granted

pytestmark = pytest.mark.django_db


def test_blank_that_is_kept_holds_nothing_of_a_person(response: Response) -> None:
    answered(response, TG2=2)
    response.answers.update(note="Own <words>")
    SKELETON_CACHE.values.clear()

    page = granted(Client(), response).get(reverse("page", args=[response.uuid, "tg"]))

    kept = "".join(SKELETON_CACHE.values.values())
    assert "Own &lt;words&gt;" in page.content.decode()
    assert [mark for mark in ("Own", str(response.uuid), " checked>") if mark in kept] == []
