"""The page around a preview, and the page that stands in its frame."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from assessment.models import Answer, Dimension, Edition, EditionLanguage, Question, Response
from assessment.models.translations import Translation
from tests.admin.small_bank import NOW
from tests.tables import undone


def around(part: Question | Dimension, **query: Any) -> str:
    name = f"admin:assessment_{part._meta.model_name}_preview"
    return reverse(name, args=[part.pk], query=query or None)


def inside(edition: Edition, section: str = "tg", **query: Any) -> str:
    return reverse("preview", args=[edition.pk, section], query=query or None)


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(code="TG2")


@pytest.fixture
def conditional(question: Question) -> Question:
    question.shown_if = "answer.TG1 >= 2"
    question.save()
    return question


def is_hidden(content: str, code: str) -> bool:
    """Put away, or not on the page because no answer on it can show it."""
    _, found, fieldset = content.partition(f'id="{code}"')
    return not found or "hidden" in fieldset[: fieldset.index(">")].split()


def test_frame_of_this_site_shows_the_section_of_the_question_in_the_width_that_is_chosen(
    maria: Client, question: Question
) -> None:
    """The page within may stand in a frame of this site, the one around it in none."""
    page = maria.get(reverse("admin:assessment_question_change", args=[question.pk]))
    assert (around(question), "Preview") in page.context["tools"]

    phone = maria.get(around(question))
    desktop = maria.get(around(question, width="desktop"))
    within = maria.get(inside(question.edition))

    assert phone.context["address"] == f"{inside(question.edition)}?#TG2"
    assert 'class="preview preview-phone"' in phone.content.decode()
    assert 'class="preview preview-desktop"' in desktop.content.decode()
    assert (within["X-Frame-Options"], phone["X-Frame-Options"]) == ("SAMEORIGIN", "DENY")
    assert "frame-ancestors 'self'" in within["Content-Security-Policy"]
    assert "default-src 'self'" in within["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in phone["Content-Security-Policy"]


def test_section_is_the_page_on_which_respondents_are_asked(
    maria: Client, question: Question
) -> None:
    """A dimension without a question has its page too."""
    table: list[tuple[Any, str, str]] = [
        (question, "stage", "profile"),
        (question, "", "closing"),
        (Dimension.objects.get(code="BI"), "", "bi"),
    ]

    def outcome(part: Any, field: str, section: str) -> object:
        Question.objects.filter(pk=question.pk).update(profile=field, dimension=None)
        address = maria.get(around(part)).context["address"]
        shown = maria.get(inside(question.edition, section))
        return address.partition("?")[0], shown.status_code

    assert [(row, outcome(*row)) for row in table] == [
        (row, (inside(question.edition, row[-1]), 200)) for row in table
    ]


def test_what_is_asked_elsewhere_can_be_chosen(maria: Client, conditional: Question) -> None:
    """But no question that is gone."""
    other = Dimension.objects.get(code="BI")
    Question.objects.filter(code="TG1").update(dimension=other)
    conditional.shown_if = 'answer.TG1 >= 2 and profile.region == "LA" and profile.stage == "x"'
    conditional.save()

    page = maria.get(around(conditional, TG1="3", **{"profile.region": "LA"}))

    assert list(page.context["form"].fields)[4:] == ["TG1", "profile.region", "profile.stage"]
    assert page.context["address"].startswith(
        inside(conditional.edition, TG1="3", **{"profile.region": "LA"})
    )

    Question.objects.filter(pk=conditional.pk).update(shown_if="answer.ZZ9 >= 2")
    gone = maria.get(around(conditional))
    assert "answer.ZZ9" not in gone.content.decode()
    assert "ZZ9" not in gone.context["form"].fields


def test_broken_condition_is_told(maria: Client, question: Question) -> None:
    Question.objects.filter(code="TG3").update(shown_if="answer.TG1 >")

    assert "another condition" in maria.get(around(question)).content.decode()
    assert maria.get(inside(question.edition)).status_code == 409


def test_page_is_the_respondents_own_and_stores_nothing(
    maria: Client, conditional: Question
) -> None:
    address = inside(conditional.edition)

    page = maria.get(address)
    html = page.content.decode()
    answered = maria.post(address, {"TG1": "1", "TG1-note": "n"}).content.decode()
    script = maria.post(address, {"TG1": "1"}, headers={"accept": "application/json"})
    wrong = maria.post(address, {"TG1": "9"})
    maria.post(inside(conditional.edition, "profile"), {"name": "x"})

    names = [template.name for template in page.templates]
    assert {"questionnaire/page.html", "articula/question.html"} <= set(names)
    assert "How far does TG2 go?" in html
    assert "data-answer-url" not in html
    assert (is_hidden(html, "TG2"), is_hidden(answered, "TG2")) == (False, True)
    assert script.json() == {"shown": {"TG1": True, "TG2": False, "TG3": True}}
    assert wrong.status_code == 422
    assert (Answer.objects.count(), Response.objects.count()) == (0, 0)


def test_conditions_follow_what_the_address_says(maria: Client, question: Question) -> None:
    """Answers of other pages, the profile, and who is asked."""
    elsewhere = {"dimension": Dimension.objects.get(code="BI")}
    table: list[tuple[dict[str, Any], dict[str, Any], str, bool]] = [
        (elsewhere, {"shown_if": "answer.TG1 >= 2"}, "TG1=1", True),
        (elsewhere, {"shown_if": "answer.TG1 >= 2"}, "TG1=2", False),
        (elsewhere | {"kind": "multi"}, {"shown_if": '"3" in answer.TG1'}, "TG1=1&TG1=2", True),
        ({}, {"shown_if": 'profile.region == "XX"'}, "profile.region=LA&profile.x=1", True),
        ({}, {"tiers": ["local"]}, "tier=local&sector=agriculture", False),
        ({}, {"tiers": ["local"]}, "tier=national&sector=agriculture", True),
    ]

    def outcome(first: dict[str, Any], second: dict[str, Any], query: str) -> bool:
        with undone():
            for code, change in (("TG1", first), ("TG2", second)):
                Question.objects.filter(code=code).update(**{"help": "", **change})
            page = maria.get(f"{inside(question.edition)}?{query}")
            return is_hidden(page.content.decode(), "TG2")

    assert [
        (first, second, query, outcome(first, second, query)) for first, second, query, _ in table
    ] == table


def test_language_is_that_of_the_query(maria: Client, question: Question) -> None:
    EditionLanguage.objects.create(edition=question.edition, language="es")
    Translation.objects.create(
        edition=question.edition,
        language="es",
        kind="question",
        code="TG2",
        field="text",
        text="¿Hasta dónde llega?",
        source_hash="x",
        updated_at=NOW,
    )

    spanish = maria.get(inside(question.edition, language="es"))
    unknown = maria.get(inside(question.edition, language="xx"))

    assert '<html lang="es"' in spanish.content.decode()
    assert '<html lang="en"' in unknown.content.decode()


def test_tampered_address_is_not_found_and_a_tampered_query_left_out(
    maria: Client, question: Question
) -> None:
    draft = question.edition
    sections = [f"/preview/{draft.pk}/{section}/" for section in ("zz", "TG", "%00")]
    editions = [f"/preview/{key}/tg/" for key in ("0", "9" * 40)]
    parts = [f"/admin/assessment/question/{key}/preview/" for key in ("0", "9" * 40)]

    answers = {address: maria.get(address).status_code for address in (*sections, *editions)}
    refused = {address: maria.get(address).status_code for address in parts}

    assert answers == dict.fromkeys(answers, 404)
    assert {
        address: status for address, status in refused.items() if status not in {400, 403}
    } == {}

    odd = ["TG1=%00", "TG1=moon", "TG1=", "profile.region=%00", "language=%00", "tier=%00"]
    assert {
        query: {maria.get(f"{at}?{query}").status_code for at in (inside(draft), around(question))}
        for query in odd
    } == {query: {200} for query in odd}


def test_only_those_who_see_questions_see_previews(question: Question) -> None:
    staff = User.objects.create_user("ada", is_staff=True)
    client = Client()
    client.force_login(staff)
    closed = [client.get(a).status_code for a in (inside(question.edition), around(question))]

    staff.user_permissions.add(Permission.objects.get(codename="view_question"))
    opened = [client.get(a).status_code for a in (inside(question.edition), around(question))]

    assert (closed, opened) == ([404, 403], [200, 200])
