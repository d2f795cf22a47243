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
from tests.tables import undone
from tools.html_page import form_data, page_of

pytestmark = pytest.mark.django_db
BEGIN = "/begin/"
TYPED = re.compile(r'name="(name|region|P\d+|programme-\d)')


def posted(client: Client, **values: object) -> Any:
    return client.post(BEGIN, form_data(client.get(BEGIN)) | values)


def test_visitor_is_told_what_to_expect_and_offered_both_ways_or_to_continue(
    holder: Client, response: Response
) -> None:
    headings = {text.strip() for text in page_of(Client().get("/before/")).texts.values()}
    answers = [one.get("/").content.decode() for one in (Client(), holder)]

    assert {
        "Time you need",
        "Who should answer",
        "What to have at hand",
        "Who sees your answers",
        "How long they are kept",
    } <= headings
    short = "About 18 questions, one at a time · 15 minutes · no account"
    wanted = (short, "About 56 questions · 50 minutes", reverse("tasks", args=[response.uuid]))
    shown = [" ".join(answer.split()) for answer in answers]
    assert [[words in page for words in wanted] for page in shown] == [
        [True, True, False],
        [True, True, True],
    ]


def test_site_without_an_edition_says_so(client: Client, edition: Edition) -> None:
    Edition.objects.update(state="retired")

    answer = client.get("/")

    assert answer.status_code == 503
    assert "No edition of the question bank is published" in answer.content.decode()


def test_short_way_is_begun_without_names_of_programmes(client: Client, edition: Edition) -> None:
    """Its second page without the first, or a field left out, leads to that and keeps the rest."""
    assert "region" in form_data(client.get(f"{BEGIN}?short=1&page=2"))
    typed_early = {"short": "1", "page": "2", "P5": "3", "continue": "1"}
    early = client.post(BEGIN, typed_early)
    address = early["Location"]
    assert (address, Round.objects.count()) == (f"{BEGIN}?short=1&page=1", 0)

    asked = []
    for values in ({"P1": "PE", "P4": "running"}, {"P5": "2"}):
        shown = client.get(address)
        asked.append(list(dict.fromkeys(TYPED.findall(shown.content.decode()))))
        typed = form_data(shown).get("P5")
        answer = client.post(BEGIN, form_data(shown) | values)
        address = answer["Location"]

    assert asked == [["name", "P1", "region", "P4"], ["P5", "P6", "P7", "P2", "P3"]]
    assert typed == "3"
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


def test_begin_keeps_what_was_given_and_asks_for_nothing(edition: Edition) -> None:
    """A fact that is unknown is answered with that."""
    place, unknown = {"country": "PE", "region": "LA"}, "dont_know"
    table: list[tuple[dict[str, str], dict[str, object]]] = [
        (
            {"P1": "PE", "P4": "running", "P5": "2", "P6": "coincident", "P7": "no", "P8": unknown},
            place
            | {"stage": "running", "programmes": 2, "arrangement": "coincident"}
            | {"intention": "no", "stronger": unknown},
        ),
        (
            {"P1": "PE", "P5": "1", **dict.fromkeys(("P4", "P6", "P7", "P8"), unknown)},
            place
            | {"stage": unknown, "programmes": 1, "arrangement": unknown}
            | {"intention": unknown, "stronger": unknown},
        ),
        ({"region": "AF"}, {"region": "AF"}),
        ({}, {}),
    ]

    def kept(given: dict[str, str]) -> dict[str, object]:
        with undone():
            posted(Client(), **given)
            return dict(Round.objects.get().facts())

    assert [(given, kept(given)) for given, _ in table] == table


def test_begin_keeps_names_and_notice_and_what_is_unknown_is_not_asked_again(
    client: Client, edition: Edition
) -> None:
    unknown = dict.fromkeys(("P4", "P6", "P7", "P8"), "dont_know")
    programme = {"programme-1-name": "Juntos", "programme-1-sector": "social_protection"}
    posted(client, P1="PE", P5="1", name="Two programmes", **unknown, **programme)

    response = Response.objects.get()

    assert (response.scheme.name, response.notice) == ("Two programmes", NOTICE_VERSION)
    assert [p.name for p in response.scheme.programme_set.all()] == ["Juntos"]
    check = client.get(reverse("check", args=[response.uuid])).content.decode()
    assert "6 of 6 answered" in check
    assert check.count("I do not know") == len(unknown)


def test_second_scheme_keeps_country_and_ministries_and_asks_for_the_programmes(
    holder: Client, response: Response
) -> None:
    response.scheme.programme_set.create(
        name="Juntos", institution="MIDIS", sector="social_protection"
    )

    form = form_data(holder.get(BEGIN))
    answer = holder.post(BEGIN, form)

    carried = ("P1", "P8", "programme-1-institution", "programme-1-sector")
    assert [form[name] for name in carried] == [
        *("PE", "social_protection", "MIDIS", "social_protection")
    ]
    assert [form.get(name, "") for name in ("name", "P5", "programme-1-name")] == [""] * 3
    assert answer.status_code == 302
    assert not Round.objects.latest("pk").scheme.programme_set.exists()


def test_pressing_again_makes_no_other_response_and_changes_its_profile(
    client: Client, edition: Edition
) -> None:
    """Two presses at once give both the same link."""
    form = form_data(client.get(BEGIN))
    hasty = Client()
    hasty.cookies[settings.CSRF_COOKIE_NAME] = client.cookies[settings.CSRF_COOKIE_NAME].value

    first, second, third = (one.post(BEGIN, form) for one in (client, hasty, client))
    client.post(BEGIN, form | {"P5": "3"})

    assert first["Location"] == third["Location"]
    assert first.cookies[cookies.LINK].value == second.cookies[cookies.LINK].value
    assert {c.get(first["Location"]).status_code for c in (client, hasty)} == {200}
    assert Response.objects.get().round.profile["programmes"] == 3


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
    for _ in range(2):
        posted(client, key="demo")
    assert Response.objects.count() == 4, "a key of another kind is not believed"


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

    def outcome(values: dict[str, str], sentence: str) -> tuple[int, bool, bool, str]:
        answer = posted(client, **{"programme-5-name": "Kept as typed"}, **values)
        page, again = answer.content.decode(), form_data(answer)
        said = "<title>Error: " in page, sentence in page
        return answer.status_code, *said, again["programme-5-name"]

    assert [(row, outcome(*row)) for row in table] == [
        (row, (422, True, True, "Kept as typed")) for row in table
    ]
    assert not Response.objects.exists()
