from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from assessment.actions.editions.load_seeds import load_seeds
from assessment.instrument.seeds import read_seeds
from assessment.models import Edition, Question, Rule
from tests.admin.edition_pages import person
from tests.admin.form_data import admin_form_data, errors
from tests.admin.small_bank import NOW, freeze, make_edition


def page(name: str, edition: Edition) -> str:
    return reverse(f"admin:assessment_edition_{name}", args=[edition.pk])


@pytest.fixture
def whole(db: None) -> Edition:
    """The real bank as a draft: nothing is wrong with it."""
    return load_seeds(instrument=read_seeds(), now=NOW).edition


def test_list_counts_what_editions_hold(maria: Client, published: Edition, draft: Edition) -> None:
    rows = maria.get("/admin/assessment/edition/").context["cl"].result_list

    counted = [(e, e.questions_here, e.findings_here, e.rules_here, e.responses_here) for e in rows]
    assert counted == [(draft, 3, 3, 1, 0), (published, 3, 3, 1, 0)]


def test_list_offers_the_next_steps(maria: Client, published: Edition, draft: Edition) -> None:
    html = maria.get("/admin/assessment/edition/").content.decode()

    steps = [
        *(page(name, draft) for name in ("checks", "publish", "draft")),
        page("draft", published),
    ]
    assert [html.count(f'href="{step}"') for step in steps] == [1, 1, 1, 1]
    assert page("publish", published) not in html


def test_list_offers_each_person_what_she_may_do(draft: Edition) -> None:
    reader = person("rosa", "view_edition")

    html = reader.get("/admin/assessment/edition/").content.decode()

    assert [page(name, draft) in html for name in ("checks", "publish", "draft")] == [
        True,
        False,
        False,
    ]


def test_change_page_offers_the_next_steps(maria: Client, draft: Edition) -> None:
    html = maria.get(page("change", draft)).content.decode()

    assert f'href="{page("publish", draft)}"' in html
    assert f'href="{page("draft", draft)}"' in html


def test_edition_is_never_added_by_hand(maria: Client, draft: Edition) -> None:
    assert maria.get("/admin/assessment/edition/add/").status_code == 403


def test_name_of_draft_is_changed(maria: Client, draft: Edition) -> None:
    response = maria.post(
        page("change", draft), admin_form_data(maria, page("change", draft)) | {"name": "Third"}
    )

    assert response.status_code == 302, errors(response)
    draft.refresh_from_db()
    assert draft.name == "Third"


@pytest.mark.parametrize("scale", [{"bands": []}, [1]])
def test_broken_scale_is_refused(maria: Client, draft: Edition, scale: Any) -> None:
    data = admin_form_data(maria, page("change", draft)) | {"scale": json.dumps(scale)}

    assert errors(maria.post(page("change", draft), data)) == [
        "This is not a whole scale: levels is missing."
    ]


def test_draft_is_started_from_published_edition(maria: Client, published: Edition) -> None:
    assert maria.get(page("draft", published)).status_code == 200

    response = maria.post(page("draft", published))

    draft = Edition.objects.get(state=Edition.State.DRAFT)
    assert response.headers["Location"] == page("change", draft)
    assert draft.started_from == published
    assert draft.question_set.count() == 3


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
