"""Address, choice, browser: in which language a page comes, and how a person changes it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessment.models import Edition, OfferedLanguage, Response
from assessment.models.offered_languages import OFFERS, KeptOffers, interface_of
from assessment.web.questionnaire.profile_form import programme_field
from tests.web.conftest import granted
from tools.html_page import form_data, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spanish(edition: Edition) -> None:
    OfferedLanguage.objects.create(language="es", interface="es")


def language_of(client: Client, address: str = "/help/", **headers: str) -> str:
    read = page_of(client.get(address, headers=headers, follow=True))
    return str(next(attrs["lang"] for _place, _tag, attrs in read.find("html")))


def switches(client: Client, address: str) -> list[tuple[str, str, str]]:
    read = page_of(client.get(address))
    return [
        (attrs["lang"] or "", attrs["href"] or "", read.texts[place])
        for place, _tag, attrs in read.find("a")
        if attrs.get("hreflang")
    ]


def test_browser_is_followed_where_it_wants_what_is_offered(client: Client) -> None:
    wants = {"es-PE,en;q=0.5": "es", "fr,es;q=0.5": "es", "fr": "en", "": "en", "en,es": "en"}

    assert {one: language_of(client, **{"accept-language": one}) for one in wants} == wants


def test_choice_is_kept_against_the_browser_and_the_address_against_both(client: Client) -> None:
    answer = client.get("/help/?a=1&lang=es", headers={"accept-language": "en"})

    assert (answer.status_code, answer["Location"]) == (302, "/help/?a=1")
    assert language_of(client, **{"accept-language": "en"}) == "es"
    assert language_of(client, "/help/?lang=en", **{"accept-language": "es"}) == "en"


def test_form_that_is_shown_again_keeps_the_language_it_was_sent_in(client: Client) -> None:
    wrong = {"login": "nobody", "password": "wrong"}

    shown = client.post(f"{reverse('account_login')}?lang=es", wrong)

    assert (shown.status_code, shown.has_header("Location")) == (200, False)
    assert language_of(client, **{"accept-language": "en"}) == "es"


def test_address_leads_nowhere_else_and_asks_for_nothing_unknown(client: Client) -> None:
    away = client.get("/", {"lang": "es"}, PATH_INFO="//evil.example/")

    assert away["Location"] == "/%2Fevil.example/"
    assert (language_of(Client(), "/help/?lang=fr"), Client().get("/?lang=fr").status_code) == (
        "en",
        200,
    )


def test_switch_names_each_other_language_by_itself(client: Client) -> None:
    assert switches(client, "/help/?a=1") == [("es", "?a=1&lang=es", "Español")]
    client.get("/help/?lang=es")
    assert switches(client, "/help/") == [("en", "?lang=en", "English")]


def test_switch_on_a_question_saves_what_is_on_the_page(response: Response) -> None:
    client = granted(Client(), response)
    address = reverse("page", args=[response.uuid, "tg"])
    page = client.get(address)
    button = next(
        attrs for _place, _tag, attrs in page_of(page).find("button") if attrs.get("formaction")
    )

    sent = client.post(f"{address}{button['formaction']}", form_data(page) | {"TG2": "3"})

    assert (button["form"], sent["Location"]) == ("own-form", address)
    assert response.answers.get(code="TG2").value == 3
    assert '<html lang="es">' in client.get(address).content.decode()
    assert switches(client, address) == []


@pytest.mark.parametrize("way", ["", "?short=1"])
def test_switch_before_the_first_answer_loses_nothing_that_was_typed(way: str) -> None:
    client, address = Client(), f"/begin/{way}"
    page = client.get(address)
    button = next(
        attrs for _place, _tag, attrs in page_of(page).find("button") if attrs.get("formaction")
    )
    typed = {"name": "Semillas y más", "P1": "PE"}
    if not way:
        typed |= {"P5": "many", "P2": "local", programme_field(1, "name"): "Sembrar"}

    sent = client.post(f"/begin/{button['formaction']}", form_data(page) | typed)

    assert (button["form"], sent.status_code) == ("own-form", 200)
    drawn = form_data(sent)
    assert {name: drawn.get(name) for name in typed} == typed
    assert drawn["key"] == form_data(page)["key"]
    assert '<html lang="es">' in sent.content.decode()
    assert 'class="error-summary"' not in sent.content.decode()
    assert not Response.objects.exists()
    assert '<html lang="es">' in client.get(address).content.decode()


def test_switch_is_missing_where_only_one_language_is_offered(client: Client) -> None:
    OfferedLanguage.objects.get().delete()

    assert 'class="language"' not in client.get("/help/").content.decode()


def test_administration_speaks_every_language_of_the_program(client: Client) -> None:
    OfferedLanguage.objects.get().delete()

    assert language_of(client, "/admin/", **{"accept-language": "es"}) == "es"


def test_offers_are_read_once_in_some_seconds_and_outlast_the_database(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept = KeptOffers()
    with django_assert_num_queries(2):
        known = kept.all()
        assert kept.all() is known

    def away(*_fields: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(OfferedLanguage.objects, "values_list", away)
    kept.forget()

    assert [offer.name for offer in kept.all()] == ["English", "Español"]


def test_words_around_a_language_that_pages_do_not_speak_are_those_offered() -> None:
    OfferedLanguage.objects.create(language="qu", interface="es")

    assert {code: interface_of(code) for code in ("es-pe", "qu", "am")} == {
        "es-pe": "es-pe",
        "qu": "es",
        "am": "en",
    }
    assert [str(one) for one in OfferedLanguage.objects.all()] == ["español (es)", "Runasimi (qu)"]
    assert len(OFFERS.all()) == 3
