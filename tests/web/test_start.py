from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Response, Round
from assessment.web import cookies
from assessment.web.pages import NOTICE_VERSION
from tools.html_page import form_data, page_of

pytestmark = pytest.mark.django_db
BEGIN = "/begin/"
TYPED = re.compile(r'name="(name|region|P\d+|programme-\d)')


def posted(client: Client, **values: object) -> Any:
    return client.post(BEGIN, form_data(client.get(BEGIN)) | values)


def test_page_before_the_beginning_tells_what_to_expect(client: Client, edition: Edition) -> None:
    headings = {text.strip() for text in page_of(client.get("/before/")).texts.values()}

    assert {
        "Time you need",
        "Who should answer",
        "What to have at hand",
        "Who sees your answers",
        "How long they are kept",
    } <= headings


def test_start_page_offers_two_ways(client: Client, edition: Edition) -> None:
    shown = " ".join(client.get("/").content.decode().split())

    assert "About 18 questions, one at a time · 15 minutes · no account" in shown
    assert "About 56 questions · 50 minutes" in shown


def test_short_way_is_begun_without_names_of_programmes(client: Client, edition: Edition) -> None:
    asked = []
    address = f"{BEGIN}?short=1"
    for values in ({"P1": "PE", "P4": "running"}, {"P5": "2"}):
        shown = client.get(address)
        asked.append(list(dict.fromkeys(TYPED.findall(shown.content.decode()))))
        answer = client.post(BEGIN, form_data(shown) | values)
        address = answer["Location"]

    assert asked == [["name", "P1", "region", "P4"], ["P5", "P6", "P7", "P2", "P3"]]
    begun = Round.objects.get()
    assert (begun.questionnaire, begun.facts()["country"]) == ("short", "PE")
    assert begun.facts()["programmes"] == 2
    link = client.get(answer["Location"]).content.decode()
    assert reverse("question", args=[Response.objects.get().uuid, "PC1"]) in link


def test_two_pages_of_the_short_start_keep_what_was_typed(client: Client, edition: Edition) -> None:
    first = f"{BEGIN}?short=1"
    begun = client.post(BEGIN, form_data(client.get(first)) | {"name": "Kusikuy", "P1": "PE"})
    key = form_data(client.get(begun["Location"]))["key"]

    wrong = {"P5": "many", "P7": "partly", "short": "1", "page": "2", "key": key}
    refused = client.post(BEGIN, wrong | {"continue": "1"})
    back = client.post(BEGIN, wrong | {"back": "1"})

    assert (refused.status_code, form_data(refused)["P5"]) == (422, "many")
    assert back["Location"] == f"{first}&page=1"
    shown = form_data(client.get(first))
    assert [shown[name] for name in ("name", "P1", "key")] == ["Kusikuy", "PE", key]
    again = client.post(BEGIN, shown)["Location"]
    assert [form_data(client.get(again))[name] for name in ("P5", "P7")] == ["many", "partly"]
    client.post(BEGIN, wrong | {"P5": "2", "continue": "1"})
    assert (Round.objects.get().facts()["intention"], cookies.DRAFT in client.cookies) == (
        "partly",
        True,
    )
    assert client.cookies[cookies.DRAFT].value == ""


def test_what_was_typed_at_the_start_ends_after_15_minutes_and_with_the_browser(
    client: Client, edition: Edition
) -> None:
    first = f"{BEGIN}?short=1"
    with time_machine.travel("2026-11-22 10:00", tick=False):
        client.post(BEGIN, form_data(client.get(first)) | {"name": "Kusikuy", "P1": "PE"})
    kept = client.cookies[cookies.DRAFT]

    shown = {}
    for minutes in (15, 16):
        with time_machine.travel(f"2026-11-22 10:{minutes}", tick=False):
            shown[minutes] = form_data(client.get(first))["name"]

    assert (kept["max-age"], kept["expires"]) == ("", "")
    assert shown == {15: "Kusikuy", 16: ""}


def test_second_page_of_the_start_without_the_first_leads_to_it(
    client: Client, edition: Edition
) -> None:
    assert "region" in form_data(client.get(f"{BEGIN}?short=1&page=2"))

    answer = client.post(BEGIN, {"short": "1", "page": "2", "P5": "3", "continue": "1"})

    assert (answer["Location"], Round.objects.count()) == (f"{BEGIN}?short=1&page=1", 0)
    client.post(BEGIN, form_data(client.get(answer["Location"])))
    assert form_data(client.get(f"{BEGIN}?short=1&page=2"))["P5"] == "3"


def test_start_page_offers_to_continue(holder: Client, response: Response) -> None:
    assert reverse("tasks", args=[response.uuid]) in holder.get("/").content.decode()


def test_site_without_an_edition_says_so(client: Client, edition: Edition) -> None:
    Edition.objects.update(state="retired")

    answer = client.get("/")

    assert answer.status_code == 503
    assert "No edition of the question bank is published" in answer.content.decode()


def test_begin_keeps_the_profile(client: Client, edition: Edition) -> None:
    posted(
        client,
        P1="PE",
        P4="running",
        P5="2",
        P6="coincident",
        P7="no",
        P8="dont_know",
        name="Two programmes",
        **{"programme-1-name": "Juntos", "programme-1-sector": "social_protection"},
    )

    response = Response.objects.get()

    assert response.round.facts() == {
        "country": "PE",
        "region": "LA",
        "stage": "running",
        "programmes": 2,
        "arrangement": "coincident",
        "intention": "no",
        "stronger": "dont_know",
    }
    assert response.scheme.name == "Two programmes"
    assert [p.name for p in response.scheme.programme_set.all()] == ["Juntos"]
    assert response.notice == NOTICE_VERSION


def test_facts_of_the_scheme_may_be_unknown(client: Client, edition: Edition) -> None:
    """And are answered with that: nothing of them is asked again."""
    unknown = dict.fromkeys(("P4", "P6", "P7", "P8"), "dont_know")
    posted(client, P1="PE", P5="1", **unknown)

    response = Response.objects.get()

    assert list(response.round.facts().values()) == ["PE", "LA", "dont_know", 1, *["dont_know"] * 3]
    check = client.get(reverse("check", args=[response.uuid])).content.decode()
    assert "6 of 6 answered" in check
    assert check.count("I do not know") == len(unknown)


def test_begin_asks_nothing_that_must_be_answered(client: Client, edition: Edition) -> None:
    posted(client)

    assert Response.objects.get().round.facts() == {}


def test_region_alone_is_enough(client: Client, edition: Edition) -> None:
    posted(client, region="AF")

    assert Round.objects.get().facts() == {"region": "AF"}


def test_second_scheme_is_not_asked_for_the_country_again(
    holder: Client, response: Response
) -> None:
    form = form_data(holder.get(BEGIN))

    assert (form["P1"], form["P8"], form["name"]) == ("PE", "social_protection", "")
    assert "P5" not in form or form["P5"] == ""


def test_pressing_twice_makes_one_response(client: Client, edition: Edition) -> None:
    form = form_data(client.get(BEGIN))

    first, second = client.post(BEGIN, form), client.post(BEGIN, form)

    assert first["Location"] == second["Location"]
    assert Response.objects.count() == 1


def test_going_back_and_pressing_again_changes_the_profile(
    client: Client, edition: Edition
) -> None:
    form = form_data(client.get(BEGIN))
    client.post(BEGIN, form)

    client.post(BEGIN, form | {"P5": "3"})

    assert Round.objects.get().profile["programmes"] == 3


def test_two_presses_at_once_give_both_the_same_link(client: Client, edition: Edition) -> None:
    form = form_data(client.get(BEGIN))
    hasty = Client()
    hasty.cookies[settings.CSRF_COOKIE_NAME] = client.cookies[settings.CSRF_COOKIE_NAME].value

    first, second = client.post(BEGIN, form), hasty.post(BEGIN, form)

    assert first.cookies[cookies.LINK].value == second.cookies[cookies.LINK].value
    assert {c.get(first["Location"]).status_code for c in (client, hasty)} == {200}


def test_key_of_a_start_is_not_stored_and_opens_nothing_elsewhere(
    client: Client, edition: Edition
) -> None:
    """In another browser it begins another response, and changes nothing of the first."""
    form = form_data(client.get(BEGIN)) | {"P5": "2"}
    client.post(BEGIN, form)
    first = Response.objects.get()
    thief = Client()
    thief.get(BEGIN)

    thief.post(BEGIN, form | {"P5": "3"})

    assert form["key"] not in str(list(Response.objects.values()))
    assert Response.objects.count() == 2
    assert thief.get(reverse("tasks", args=[first.uuid])).status_code == 404
    assert client.get(reverse("tasks", args=[first.uuid])).status_code == 200
    first.refresh_from_db()
    assert first.round.profile["programmes"] == 2


def test_key_of_another_kind_is_not_believed(client: Client, edition: Edition) -> None:
    for _ in range(2):
        posted(client, key="demo")

    assert Response.objects.count() == 2


def test_begin_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, edition: Edition
) -> None:
    table: list[tuple[dict[str, str], str]] = [
        ({"P5": "1", "P6": "coincident"}, "you gave 1 as their number"),
        ({"P5": "2", "P6": "single"}, "you gave more than one programme"),
        ({"P1": "PE", "region": "AF"}, "Region: Peru belongs to the region"),
        ({"P5": "201"}, "whole number from 1 to 200"),
        ({"P5": "two"}, "whole number from 1 to 200"),
        ({"P4": "asleep"}, "Choose one of the answers"),
        ({"P1": "QQ"}, "not among those offered"),
        ({"name": "a\0b"}, "A name for the programmes together: The text contains a character"),
        ({"name": "x" * 201}, "1 character too long"),
        ({"programme-2-institution": "MIDIS"}, "Programme 2: give its name"),
        ({"programme-1-sector": "sea"}, "Sector: choose one of the list."),
    ]

    for values, sentence in table:
        answer = posted(client, **{"programme-5-name": "Kept as typed"}, **values)
        page = answer.content.decode()

        assert (answer.status_code, "<title>Error: " in page) == (422, True)
        assert sentence in page
        assert form_data(answer)["programme-5-name"] == "Kept as typed"
        assert not Response.objects.exists()


def test_second_scheme_keeps_the_ministries_and_asks_for_the_programmes(
    holder: Client, response: Response
) -> None:
    response.scheme.programme_set.create(
        name="Juntos", institution="MIDIS", sector="social_protection"
    )

    form = form_data(holder.get(reverse("begin")))
    answer = holder.post(reverse("begin"), form)

    assert (form["programme-1-name"], form["programme-1-institution"]) == ("", "MIDIS")
    assert form["programme-1-sector"] == "social_protection"
    assert answer.status_code == 302
    assert not Round.objects.latest("pk").scheme.programme_set.exists()
