"""The checks of an edition, for whoever may see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.admin.editions.pages.checks import CheckLine
from assessment.models import Edition, EditionLanguage, Finding, Question, Rule
from tests.admin.edition_pages import page, person


def lines(client: Client, edition: Edition, kind: str) -> list[CheckLine]:
    found: list[CheckLine] = client.get(page("checks", edition)).context[kind]
    return found


def test_faults_lead_to_what_a_reader_may_open(maria: Client, draft: Edition) -> None:
    Question.objects.filter(code="TG2").update(weight=40)
    Finding.objects.filter(code="RS-2").update(region="EU")
    draft.scale["bands"] = [20, 60, 40, 80]
    draft.save()
    reader = person("rosa", "view_edition", "view_question")

    faults = lines(reader, draft, "faults")

    question = Question.objects.get(code="TG2")
    addresses = {line.code: line.address for line in faults}
    assert {code: addresses[code] for code in ("TG2", "RS-2")} == {
        "TG2": reverse("admin:assessment_question_change", args=[question.pk]),
        "RS-2": "",
    }
    (scale,) = [line for line in faults if "“bands”" in line.message]
    assert (scale.code, scale.address) == ("", page("change", draft))
    said = {line.message for line in faults if line.code == "RS-2"}
    assert "The field “Region” says EU. It can say: ALL, LA." in said
    assert page("publish", draft) not in maria.get(page("checks", draft)).content.decode()


def test_whole_draft_leads_whoever_may_to_publishing(
    maria: Client, whole: Edition, django_assert_max_num_queries: Any
) -> None:
    Rule.objects.filter(edition=whole, code="R01").update(when="level.PC >= 0")
    Rule.objects.filter(edition=whole, code="R03").update(when="level.PC >= 4 and level.TG <= 0")
    read = person("rosa", "view_edition").get(page("checks", whole)).content.decode()
    with django_assert_max_num_queries(45):
        response = maria.get(page("checks", whole))

    assert "nothing keeps this draft from being published" in read
    shown = [page("publish", whole) in html for html in (read, response.content.decode())]
    assert shown == [False, True]
    told = {line.code: line.message for line in response.context["warnings"]}
    assert "the local tier is asked no question of this dimension" in told["PC"]
    assert "only several respondents together" in told["G1"]
    assert {"R01", "R03"} & told.keys() == {"R03"}  # a sample makes the other one true
    assert maria.post(page("publish", whole)).status_code == 302
    html = maria.get(page("checks", whole)).content.decode()
    assert ("no fault was found" in html, "Publish</a>" in html) == (True, False)


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


def test_page_that_needs_a_whole_edition_leads_to_its_checks(maria: Client, draft: Edition) -> None:
    Rule.objects.update(when="level.TG >")

    response = maria.get(page("export", draft, "zip"))

    assert response.headers["Location"] == page("checks", draft)
    (fault,) = lines(maria, draft, "faults")
    assert fault.message == (
        "The field “Condition”: This cannot be read as a condition such as level.PC >= 3."
    )
    assert lines(maria, draft, "warnings") == []
