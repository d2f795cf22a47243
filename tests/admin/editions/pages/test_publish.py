"""Only a draft without faults is published, by whoever may."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Question, Rule
from tests.admin.edition_pages import page
from tests.admin.small_bank import freeze, make_edition


def test_faulty_draft_is_not_published_and_leads_to_each_fault(
    maria: Client, draft: Edition
) -> None:
    Question.objects.filter(code="TG2").update(kind="poem")
    Rule.objects.update(when="level.NO <= 1")
    question = Question.objects.get(code="TG2")
    address = reverse("admin:assessment_question_change", args=[question.pk])

    pages = [send(page("publish", draft)) for send in (maria.get, maria.post)]

    htmls = [response.content.decode() for response in pages]
    assert [f'<a href="{address}">TG2</a>' in html for html in htmls] == [True, True]
    assert ["Publish this edition" in html for html in htmls] == [False, False]
    draft.refresh_from_db()
    assert draft.is_draft


def test_whole_draft_is_published_once_with_the_next_number(maria: Client, whole: Edition) -> None:
    freeze(make_edition("Earlier"), number=7)
    assert "Publish this edition" in maria.get(page("publish", whole)).content.decode()

    sent = [send(page("publish", whole)) for send in (maria.post, maria.post, maria.get)]

    assert [response.headers["Location"] for response in sent] == [page("change", whole)] * 3
    whole.refresh_from_db()
    assert (whole.state, whole.number) == ("published", 8)
