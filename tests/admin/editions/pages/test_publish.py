"""Only a draft without faults is published, by whoever may."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Question, Rule
from tests.admin.edition_pages import page
from tests.admin.small_bank import freeze, make_edition


def test_publish_page_links_each_fault(maria: Client, draft: Edition) -> None:
    Question.objects.filter(code="TG2").update(kind="poem")
    question = Question.objects.get(code="TG2")

    html = maria.get(page("publish", draft)).content.decode()

    address = reverse("admin:assessment_question_change", args=[question.pk])
    assert f'<a href="{address}">TG2</a>' in html
    assert "Publish this edition" not in html


def test_faulty_draft_is_not_published(maria: Client, draft: Edition) -> None:
    Rule.objects.update(when="level.NO <= 1")

    response = maria.post(page("publish", draft))

    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.no_cover
def test_whole_draft_is_published(maria: Client, whole: Edition) -> None:
    assert "Publish this edition" in maria.get(page("publish", whole)).content.decode()

    response = maria.post(page("publish", whole))

    assert response.headers["Location"] == page("change", whole)
    whole.refresh_from_db()
    assert (whole.state, whole.number) == ("published", 1)


def test_published_edition_is_not_published_again(maria: Client, published: Edition) -> None:
    table: list[str] = ["get", "post"]

    assert {
        send: getattr(maria, send)(page("publish", published)).headers["Location"] for send in table
    } == dict.fromkeys(table, page("change", published))


def test_published_edition_gets_the_next_number(maria: Client, whole: Edition) -> None:
    freeze(make_edition("Earlier"), number=7)

    maria.post(page("publish", whole))

    whole.refresh_from_db()
    assert whole.number == 8
