"""The checks of an edition, for whoever may see it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.admin.editions.pages.checks import CheckLine
from assessment.models import Edition, EditionLanguage, Finding, Question, Rule
from tests.admin.edition_pages import page, person


def lines(client: Client, edition: Edition, kind: str) -> list[CheckLine]:
    found: list[CheckLine] = client.get(page("checks", edition)).context[kind]
    return found


def test_reader_sees_the_faults_and_opens_what_she_may(draft: Edition) -> None:
    Question.objects.filter(code="TG2").update(weight=40)
    Finding.objects.filter(code="RS-2").update(region="EU")
    question = Question.objects.get(code="TG2")
    reader = person("rosa", "view_edition", "view_question")

    found = {line.code: line for line in lines(reader, draft, "faults") if "field" in line.message}

    address = reverse("admin:assessment_question_change", args=[question.pk])
    assert (found["TG2"].address, found["RS-2"].address) == (address, "")
    assert found["RS-2"].message == "The field “Region” says EU. It can say: ALL, LA."


def test_reader_cannot_publish(whole: Edition) -> None:
    html = person("rosa", "view_edition").get(page("checks", whole)).content.decode()

    assert "nothing keeps this draft from being published" in html
    assert page("publish", whole) not in html


def test_publisher_goes_on_to_publishing(maria: Client, whole: Edition) -> None:
    assert page("publish", whole) in maria.get(page("checks", whole)).content.decode()


def test_faulty_draft_does_not_lead_to_publishing(maria: Client, draft: Edition) -> None:
    assert page("publish", draft) not in maria.get(page("checks", draft)).content.decode()


@pytest.mark.no_cover
def test_published_edition_is_checked_too(maria: Client, whole: Edition) -> None:
    maria.post(page("publish", whole))

    html = maria.get(page("checks", whole)).content.decode()

    assert "no fault was found" in html
    assert "Publish</a>" not in html


@pytest.mark.no_cover
def test_warnings_do_not_stop_publishing(maria: Client, whole: Edition) -> None:
    told = {line.code: line.message for line in lines(maria, whole, "warnings")}

    assert "the local tier is asked no question of this dimension" in told["PC"]
    assert "only several respondents together" in told["G1"]
    assert maria.post(page("publish", whole)).status_code == 302


def test_rule_that_a_sample_makes_true_is_no_warning(maria: Client, whole: Edition) -> None:
    Rule.objects.filter(edition=whole, code="R01").update(when="level.PC >= 0")
    Rule.objects.filter(edition=whole, code="R03").update(when="level.PC >= 4 and level.TG <= 0")

    told = {line.code for line in lines(maria, whole, "warnings")}

    assert {"R01", "R03"} & told == {"R03"}


@pytest.mark.no_cover
def test_accepted_gaps_are_told_with_their_numbers(maria: Client, whole: Edition) -> None:
    offered = EditionLanguage.objects.create(edition=whole, language="es")
    (fault,) = lines(maria, whole, "faults")
    EditionLanguage.objects.update(fallback_accepted=True)

    warning = lines(maria, whole, "warnings")[0]

    address = reverse("admin:assessment_editionlanguage_change", args=[offered.pk])
    assert (warning.code, warning.address) == (fault.code, address) == ("es", address)
    assert "texts in español" in warning.message
    assert fault.message.endswith("or tick “Publish with gaps” for this language.")
    assert warning.message.endswith("as “Publish with gaps” is ticked.")
    assert lines(maria, whole, "faults") == []


def test_fault_of_the_scale_leads_to_the_edition(maria: Client, whole: Edition) -> None:
    whole.scale["bands"] = [20, 60, 40, 80]
    whole.save()

    (fault,) = lines(maria, whole, "faults")

    assert (fault.code, fault.address) == ("", page("change", whole))


def test_page_that_needs_a_whole_edition_leads_to_its_checks(maria: Client, draft: Edition) -> None:
    Rule.objects.update(when="level.TG >")

    response = maria.get(page("export", draft, "zip"))

    assert response.headers["Location"] == page("checks", draft)
    (fault,) = lines(maria, draft, "faults")
    assert fault.message == (
        "The field “Condition”: This cannot be read as a condition such as level.PC >= 3."
    )
    assert lines(maria, draft, "warnings") == []


def test_number_of_queries_does_not_grow(
    maria: Client, whole: Edition, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        maria.get(page("checks", whole))
