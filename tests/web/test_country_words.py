"""The bank in the words of the country, on every page on which the country is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.template import autoreload
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from assessment.actions.editions.import_texts import put_texts
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.interchange.seed_texts import read_seed_texts
from assessment.models import (
    Edition,
    EditionLanguage,
    OfferedLanguage,
    Organisation,
    Response,
    Round,
)
from assessment.models.organisations import Duty
from assessment.reports.pdf.files import pdf_key, print_html
from assessment.reports.report_data import report_of_response
from assessment.web.questionnaire.preview import preview_progress
from tests.actions.rounds.round_steps import opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW, PROFILE, ResponseFactory, RoundFactory, answered
from tests.seeds_once import seeds
from tests.web.conftest import granted
from tests.web.plans.plan_steps import own
from tests.web.rounds.conftest import member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db

WORDS = ("partida", "rubro", "programa presupuestal")
COUNTRY_WORDS = {
    "CO": {"rubro"},
    "MX": {"partida"},
    "PE": {"partida", "programa presupuestal"},
    "XX": {"partida"},
}
SAID = re.compile(rf"\b({'|'.join(WORDS)})s?\b", re.IGNORECASE)
GOOD = {q.code: 4 for q in seeds().questions if q.dimension and q.kind == "level"}
WITHOUT_MONEY = GOOD | dict.fromkeys(("BI1", "BI2"), 0)


@pytest.fixture(scope="module", autouse=True)
def spoken(catalogues: Path) -> Iterator[None]:
    """Templates keep what they drew in a language."""
    autoreload.reset_loaders()
    with override_settings(LOCALE_PATHS=[catalogues]):
        yield
    autoreload.reset_loaders()


@pytest.fixture(autouse=True)
def spanish(edition: Edition) -> Edition:
    """With the texts of the seeds in Spanish and in the words of two countries."""
    texts = read_seed_texts(seeds())
    for language in ("es", "es-co", "es-pe"):
        put_texts(draft=edition, language=language, wanted=texts[language], now=NOW)
    EditionLanguage.objects.bulk_create([EditionLanguage(edition=edition, language="es")])
    OfferedLanguage.objects.create(language="es", interface="es")
    Edition.objects.filter(pk=edition.pk).update(translations_hash="with countries")
    edition.refresh_from_db()
    return edition


def response_in(edition: Edition, country: str) -> Response:
    profile = PROFILE | {"country": country}
    return ResponseFactory(round=RoundFactory(edition=edition, profile=profile))


def submitted_in(edition: Edition, country: str) -> Response:
    response = response_in(edition, country)
    submit_response(response=answered(response, **WITHOUT_MONEY), now=NOW)
    response.refresh_from_db()
    return response


def phone_of(response: Response) -> Client:
    return granted(Client(headers={"accept-language": "es"}), response)


def page(client: Client, name: str, *parts: Any) -> str:
    answer = client.get(reverse(name, args=parts))
    assert answer.status_code == 200
    return str(answer.content.decode())


def words_in(text: str) -> set[str]:
    """The words for a budget line that it has, among those of three countries."""
    return {found.lower() for found in SAID.findall(text)}


def test_questions_and_sheets_say_the_word_of_the_country(spanish: Edition) -> None:
    """That of the profile as it is now, unmarked and for as many queries; the preview does too."""
    response = response_in(spanish, "MX")
    phone, said, drawn = phone_of(response), {}, {}
    for country in COUNTRY_WORDS:
        response.round.profile = PROFILE | {"country": country}
        response.round.save()
        first = page(phone, "page", response.uuid, "bi")
        with CaptureQueriesContext(connection) as asked:
            page(phone, "page", response.uuid, "bi")
        drawn[country] = (len(asked), 'lang="es-co"' in first, '<html lang="es">' in first)
        sheets = [page(phone, "own_paper", response.uuid), page(phone, "paper")]
        texts = (first, *sheets, page(phone, "glossary"), previewed(spanish, country))
        said[country] = [words_in(text) for text in texts]

    assert said == {country: [words] * 5 for country, words in COUNTRY_WORDS.items()}
    assert drawn == dict.fromkeys(COUNTRY_WORDS, (drawn["MX"][0], False, True))
    assert drawn["MX"][0] <= 5


def previewed(edition: Edition, country: str) -> str:
    with translation.override("es"):
        bank = preview_progress(edition, QueryDict(f"profile.country={country}")).instrument
    return bank.question["BI1"].options[3].text


def test_report_brief_files_and_plan_say_the_word_of_the_result(spanish: Edition) -> None:
    responses = {country: submitted_in(spanish, country) for country in ("CO", "MX")}
    said, keys = {}, set()
    for country, response in responses.items():
        own(response, what="Firmar el acta", budget="2.1.4")
        phone = phone_of(response)
        report = report_of_response(response, language="es")
        keys.add(pdf_key(report))
        pages = [page(phone, name, response.uuid) for name in ("brief", "actions")]
        said[country] = [words_in(text) for text in (*pages, print_html(report))]
        # A change of mind afterwards does not change what the result says.
        response.round.profile = PROFILE | {"country": "PE"}
        response.round.save()
        said[country].append(words_in(page(phone, "brief", response.uuid)))

    assert said == {"CO": [{"rubro"}] * 4, "MX": [{"partida"}] * 4}
    assert len(keys) == 2


def test_round_speaks_the_word_of_its_country(spanish: Edition) -> None:
    owner = Organisation.objects.create(name="Planning Unit", created_at=NOW)
    made = opened_round(spanish, promise={"round_result": True})
    made.scheme.owner = owner
    made.scheme.save()
    Round.objects.filter(pk=made.pk).update(profile=PROFILE | {"country": "CO"})
    made.refresh_from_db()
    facilitator = member(owner, "fatou", Duty.FACILITATOR)
    facilitator.defaults["HTTP_ACCEPT_LANGUAGE"] = "es"
    seat = ResponseFactory(round=made, tier="national", sector="agriculture")

    said = [
        words_in(page(phone_of(seat), "page", seat.uuid, "bi")),
        words_in(page(facilitator, "round_sheet", made.uuid, "agriculture", "national")),
    ]
    take_part(made, EVERYBODY)
    close_round(round=made, now=NOW)
    line = page(facilitator, "round_plan_add", made.uuid)

    assert said == [{"rubro"}, {"rubro"}]
    assert "Rubro presupuestal que lo paga" in line
    assert words_in(line) == {"rubro"}
