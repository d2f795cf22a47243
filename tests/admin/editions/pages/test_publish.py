"""Only a draft without faults is published, by whoever may."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
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


def test_whole_draft_is_published(maria: Client, whole: Edition) -> None:
    assert "Publish this edition" in maria.get(page("publish", whole)).content.decode()

    response = maria.post(page("publish", whole))

    assert response.headers["Location"] == page("change", whole)
    whole.refresh_from_db()
    assert (whole.state, whole.number) == ("published", 1)


@pytest.mark.parametrize("send", ["get", "post"])
def test_published_edition_is_not_published_again(
    maria: Client, published: Edition, send: str
) -> None:
    response = getattr(maria, send)(page("publish", published))

    assert response.headers["Location"] == page("change", published)


@pytest.mark.parametrize("name", ["draft", "publish"])
def test_unknown_edition_is_refused(maria: Client, name: str) -> None:
    addresses = [f"/admin/assessment/edition/{pk}/{name}/" for pk in (999, 10**30)]

    assert [maria.get(address).status_code for address in addresses] == [403, 403]


@pytest.mark.parametrize("name", ["draft", "publish"])
def test_put_is_refused(maria: Client, draft: Edition, name: str) -> None:
    assert maria.put(page(name, draft)).status_code == 403


@pytest.mark.parametrize("name", ["draft", "publish"])
def test_reader_neither_drafts_nor_publishes(draft: Edition, name: str) -> None:
    reader = User.objects.create_user("rosa", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_edition"))
    client = Client()
    client.force_login(reader)

    assert client.post(page(name, draft)).status_code == 403


def test_published_edition_gets_the_next_number(maria: Client, whole: Edition) -> None:
    freeze(make_edition("Earlier"), number=7)

    maria.post(page("publish", whole))

    whole.refresh_from_db()
    assert whole.number == 8
