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


def test_question_links_to_its_preview(maria: Client, question: Question) -> None:
    page = maria.get(reverse("admin:assessment_question_change", args=[question.pk]))

    assert (around(question), "Preview") in page.context["tools"]


def test_frame_shows_the_section_of_the_question(maria: Client, question: Question) -> None:
    page = maria.get(around(question))

    assert page.context["address"] == f"{inside(question.edition)}?#TG2"
    assert 'class="preview preview-phone"' in page.content.decode()


def test_frame_has_the_width_that_is_chosen(maria: Client, question: Question) -> None:
    page = maria.get(around(question, width="desktop"))

    assert 'class="preview preview-desktop"' in page.content.decode()


def test_question_outside_the_dimensions(maria: Client, question: Question) -> None:
    table: list[tuple[str, str]] = [("stage", "profile"), ("", "closing")]

    def outcome(field: str, section: str) -> object:
        Question.objects.filter(pk=question.pk).update(profile=field, dimension=None)
        page = maria.get(around(question))
        return page.context["address"].startswith(inside(question.edition, section)), maria.get(
            inside(question.edition, section)
        ).status_code

    assert [outcome(field, section) for field, section in table] == [(True, 200)] * len(table)


def test_what_is_asked_elsewhere_can_be_chosen(maria: Client, conditional: Question) -> None:
    other = Dimension.objects.get(code="BI")
    Question.objects.filter(code="TG1").update(dimension=other)
    conditional.shown_if = 'answer.TG1 >= 2 and profile.region == "LA" and profile.stage == "x"'
    conditional.save()

    page = maria.get(around(conditional, TG1="3", **{"profile.region": "LA"}))

    assert list(page.context["form"].fields)[4:] == ["TG1", "profile.region", "profile.stage"]
    assert page.context["address"].startswith(
        inside(conditional.edition, TG1="3", **{"profile.region": "LA"})
    )


def test_condition_on_a_question_that_is_gone_asks_nothing_more(
    maria: Client, conditional: Question
) -> None:
    conditional.shown_if = "answer.ZZ9 >= 2"
    conditional.save()

    page = maria.get(around(conditional))

    assert "answer.ZZ9" not in page.content.decode()
    assert "ZZ9" not in page.context["form"].fields


def test_dimension_without_a_question_has_a_page(maria: Client, draft: Edition) -> None:
    part = Dimension.objects.get(code="BI")

    assert maria.get(around(part)).status_code == 200
    assert maria.get(inside(draft, "bi")).status_code == 200


def test_broken_condition_is_told(maria: Client, question: Question) -> None:
    Question.objects.filter(code="TG3").update(shown_if="answer.TG1 >")

    assert "another condition" in maria.get(around(question)).content.decode()
    assert maria.get(inside(question.edition)).status_code == 409


def test_page_is_the_respondents_own(maria: Client, question: Question) -> None:
    page = maria.get(inside(question.edition))

    names = [template.name for template in page.templates]
    assert {"questionnaire/page.html", "articula/question.html"} <= set(names)
    assert "How far does TG2 go?" in page.content.decode()
    assert "data-answer-url" not in page.content.decode()


def test_conditions_follow_what_is_chosen(maria: Client, conditional: Question) -> None:
    address = inside(conditional.edition)

    before = maria.get(address).content.decode()
    after = maria.post(address, {"TG1": "1", "TG1-note": "n"}).content.decode()

    assert (is_hidden(before, "TG2"), is_hidden(after, "TG2")) == (False, True)


def test_script_is_told_what_is_shown(maria: Client, conditional: Question) -> None:
    answer = maria.post(
        inside(conditional.edition), {"TG1": "1"}, headers={"accept": "application/json"}
    )

    assert answer.json() == {"shown": {"TG1": True, "TG2": False, "TG3": True}}


def test_conditions_follow_answers_of_other_pages(maria: Client, conditional: Question) -> None:
    Question.objects.filter(code="TG1").update(dimension=Dimension.objects.get(code="BI"))

    page = maria.get(inside(conditional.edition, TG1="1")).content.decode()

    assert is_hidden(page, "TG2")


def test_conditions_follow_the_profile(maria: Client, conditional: Question) -> None:
    Question.objects.filter(pk=conditional.pk).update(shown_if='profile.region == "XX"')

    page = maria.get(inside(conditional.edition, **{"profile.region": "LA", "profile.x": "1"}))

    assert is_hidden(page.content.decode(), "TG2")


def test_several_options_of_another_page(maria: Client, conditional: Question) -> None:
    other = Dimension.objects.get(code="BI")
    Question.objects.filter(code="TG1").update(dimension=other, kind="multi")
    Question.objects.filter(pk=conditional.pk).update(shown_if='"3" in answer.TG1')

    page = maria.get(inside(conditional.edition) + "?TG1=1&TG1=2").content.decode()

    assert is_hidden(page, "TG2")


def test_tier_and_sector_decide_who_is_asked(maria: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(tiers=["local"])
    local = inside(question.edition, tier="local", sector="agriculture")
    national = inside(question.edition, tier="national", sector="agriculture")

    pages = [maria.get(address).content.decode() for address in (local, national)]

    assert [is_hidden(page, "TG2") for page in pages] == [False, True]


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


def test_wrong_answer_is_refused_as_to_a_respondent(maria: Client, question: Question) -> None:
    answer = maria.post(inside(question.edition), {"TG1": "9"})

    assert answer.status_code == 422


def test_nothing_is_stored(maria: Client, question: Question) -> None:
    maria.post(inside(question.edition), {"TG1": "1"})
    maria.post(inside(question.edition, "profile"), {"name": "x"})

    assert (Answer.objects.count(), Response.objects.count()) == (0, 0)


def test_page_may_stand_in_a_frame_of_this_site_only(maria: Client, question: Question) -> None:
    page = maria.get(inside(question.edition))

    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert "default-src 'self'" in page["Content-Security-Policy"]


def test_around_it_stands_in_no_frame(maria: Client, question: Question) -> None:
    page = maria.get(around(question))

    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_unknown_section_is_not_found(maria: Client, draft: Edition) -> None:
    table: list[str] = ["zz", "TG", "%00"]

    assert {
        section: maria.get(f"/preview/{draft.pk}/{section}/").status_code for section in table
    } == dict.fromkeys(table, 404)


def test_unknown_edition_or_part_is_not_found(maria: Client, draft: Edition) -> None:
    table: list[str] = ["0", "9" * 40]

    assert {
        key: (
            maria.get(f"/preview/{key}/tg/").status_code,
            maria.get(f"/admin/assessment/question/{key}/preview/").status_code in {400, 403},
        )
        for key in table
    } == dict.fromkeys(table, (404, True))


def test_tampered_query_is_left_out(maria: Client, question: Question) -> None:
    table: list[str] = [
        "TG1=%00",
        "TG1=moon",
        "TG1=",
        "profile.region=%00",
        "language=%00",
        "tier=%00",
    ]

    assert {
        query: (
            maria.get(f"{inside(question.edition)}?{query}").status_code,
            maria.get(f"{around(question)}?{query}").status_code,
        )
        for query in table
    } == dict.fromkeys(table, (200, 200))


def test_only_those_who_see_questions_see_previews(question: Question) -> None:
    staff = User.objects.create_user("ada", is_staff=True)
    client = Client()
    client.force_login(staff)
    closed = [client.get(a).status_code for a in (inside(question.edition), around(question))]

    staff.user_permissions.add(Permission.objects.get(codename="view_question"))
    opened = [client.get(a).status_code for a in (inside(question.edition), around(question))]

    assert (closed, opened) == ([404, 403], [200, 200])
