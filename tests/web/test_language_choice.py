"""Address, choice, browser: in which language a page comes, and how a person changes it."""

from __future__ import annotations

from typing import Any

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


def lang_of(page: Any) -> str:
    (attrs,) = [attrs for _place, _tag, attrs in page_of(page).find("html")]
    return str(attrs["lang"])


def language_of(client: Client, address: str = "/help/", **headers: str) -> str:
    return lang_of(client.get(address, headers=headers, follow=True))


def switches(client: Client, address: str) -> list[tuple[str, str, str]]:
    read = page_of(client.get(address))
    return [
        (attrs["lang"] or "", attrs["href"] or "", read.texts[place])
        for place, _tag, attrs in read.find("a")
        if attrs.get("hreflang")
    ]


def test_choice_is_kept_against_the_browser_and_the_address_against_both(client: Client) -> None:
    """Without them the browser is followed where it wants what is offered. A form that is shown
    again is in the language it was sent in, and that is kept too."""
    wants = {"es-PE,en;q=0.5": "es", "fr,es;q=0.5": "es", "fr": "en", "": "en", "en,es": "en"}
    assert {one: language_of(client, **{"accept-language": one}) for one in wants} == wants
    wrong = {"login": "nobody", "password": "wrong"}
    sender = Client()

    answer = client.get("/help/?a=1&lang=es", headers={"accept-language": "en"})
    shown = sender.post(f"{reverse('account_login')}?lang=es", wrong)

    assert (answer.status_code, answer["Location"]) == (302, "/help/?a=1")
    assert (shown.status_code, shown.has_header("Location")) == (200, False)
    assert [language_of(one, **{"accept-language": "en"}) for one in (client, sender)] == ["es"] * 2
    assert language_of(client, "/help/?lang=en", **{"accept-language": "es"}) == "en"


def test_address_leads_nowhere_else_and_asks_for_nothing_unknown(client: Client) -> None:
    away = client.get("/", {"lang": "es"}, PATH_INFO="//evil.example/")

    assert away["Location"] == "/%2Fevil.example/"
    assert (language_of(Client(), "/help/?lang=fr"), Client().get("/?lang=fr").status_code) == (
        "en",
        200,
    )


def test_switch_names_each_other_language_by_itself(client: Client) -> None:
    """Where only one is offered there is none, and the administration still speaks all."""
    switched = [switches(client, "/help/?a=1")]
    client.get("/help/?lang=es")
    switched.append(switches(client, "/help/"))
    OfferedLanguage.objects.get().delete()

    assert switched == [[("es", "?a=1&lang=es", "Español")], [("en", "?lang=en", "English")]]
    assert 'class="language"' not in client.get("/help/").content.decode()
    assert language_of(Client(), "/admin/", **{"accept-language": "es"}) == "es"


def switch_of(page: Any) -> dict[str, str]:
    """The button that sends the form of the page and brings it in another language."""
    buttons = (attrs for _at, _tag, attrs in page_of(page).find("button"))
    (button,) = [attrs for attrs in buttons if attrs.get("formaction")]
    return button


def test_switch_on_a_question_saves_what_is_on_the_page(response: Response) -> None:
    client = granted(Client(), response)
    address = reverse("page", args=[response.uuid, "tg"])
    page = client.get(address)
    button = switch_of(page)

    sent = client.post(f"{address}{button['formaction']}", form_data(page) | {"TG2": "3"})

    assert (button["form"], sent["Location"]) == ("own-form", address)
    assert response.answers.get(code="TG2").value == 3
    assert language_of(client, address) == "es"
    assert switches(client, address) == []


def switched_before(way: str, typed: dict[str, str]) -> dict[str, object]:
    """What the page of the start says of itself after the switch, and what is in its form."""
    client, address = Client(), f"/begin/{way}"
    page = client.get(address)
    button = switch_of(page)
    sent = client.post(f"/begin/{button['formaction']}", form_data(page) | typed)
    drawn = form_data(sent)
    return {
        "status": sent.status_code,
        "languages": (lang_of(sent), language_of(client, address)),
        "finds fault": 'class="error-summary"' in sent.content.decode(),
        "sent with": (button["form"], drawn["key"] == form_data(page)["key"]),
        "typed": {name: drawn.get(name) for name in typed},
    }


def test_switch_before_the_first_answer_loses_nothing_that_was_typed() -> None:
    short = {"name": "Semillas y más", "P1": "PE"}
    programme = {programme_field(1, "name"): "Sembrar"}
    ways = {"?short=1": short, "": short | {"P5": "many", "P2": "local"} | programme}

    drawn = {way: switched_before(way, typed) for way, typed in ways.items()}

    asked = {"status": 200, "languages": ("es", "es"), "finds fault": False}
    alike = asked | {"sent with": ("own-form", True)}
    assert drawn == {way: alike | {"typed": typed} for way, typed in ways.items()}
    assert not Response.objects.exists()


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
