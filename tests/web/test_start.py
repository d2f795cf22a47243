from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Response, Round
from assessment.web import cookies
from assessment.web.pages import NOTICE_VERSION
from tests.factories import PROFILE, ResponseFactory, seeds
from tests.web.conftest import granted
from tools.html_page import form_data, page_of

pytestmark = pytest.mark.django_db
BEGIN = "/begin/"


def posted(client: Client, **values: object) -> Any:
    return client.post(BEGIN, form_data(client.get(BEGIN)) | values)


def test_start_page_tells_what_to_expect(client: Client, edition: Edition) -> None:
    headings = {text.strip() for text in page_of(client.get("/")).texts.values()}

    assert {
        "Time you need",
        "Who should answer",
        "What to have at hand",
        "Who sees your answers",
        "How long they are kept",
    } <= headings


def test_start_page_offers_two_ways(client: Client, edition: Edition) -> None:
    shown = " ".join(client.get("/").content.decode().split())

    assert "<h2>15 minutes</h2> <p>The 18 most important questions" in shown
    assert "The whole: 50 minutes" in shown


def test_short_way_is_begun_without_names_of_programmes(client: Client, edition: Edition) -> None:
    form = form_data(client.get(f"{BEGIN}?short=1"))

    answer = client.post(BEGIN, form | {"P1": "PE", "P5": "2"})

    assert not [name for name in form if name.startswith("programme-")]
    assert Round.objects.get().questionnaire == "short"
    link = client.get(answer["Location"]).content.decode()
    assert reverse("question", args=[Response.objects.get().uuid, "PC1"]) in link


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
        ({"P5": "1", "P6": "coincident"}, "you gave 1 as the number of programmes"),
        ({"P5": "2", "P6": "single"}, "you gave more than one programme"),
        ({"P1": "PE", "region": "AF"}, "Region: Peru belongs to the region"),
        ({"P5": "201"}, "whole number from 1 to 200"),
        ({"P5": "two"}, "whole number from 1 to 200"),
        ({"P4": "asleep"}, "Choose one of the answers"),
        ({"P1": "QQ"}, "not among those offered"),
        ({"name": "a\0b"}, "Name of the scheme: The text contains a character"),
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


def test_profile_can_be_changed(client: Client, edition: Edition) -> None:
    response = ResponseFactory(round__profile={"region": "AF", "programmes": 2})
    holder = granted(client, response)
    address = reverse("profile", args=[response.uuid])
    form = form_data(holder.get(address))
    assert (form["region"], form["P5"]) == ("AF", "2")

    answer = holder.post(address, form | {"P5": "5"})

    assert answer["Location"] == reverse("tasks", args=[response.uuid])
    assert Round.objects.get().profile["programmes"] == 5


def test_profile_goes_back_to_check_answers(holder: Client, response: Response) -> None:
    address = reverse("profile", args=[response.uuid]) + "?check=1"

    answer = holder.post(address, form_data(holder.get(address)))

    assert answer["Location"] == reverse("check", args=[response.uuid])


def test_wrong_profile_is_not_saved(holder: Client, response: Response) -> None:
    address = reverse("profile", args=[response.uuid])

    answer = holder.post(address, form_data(holder.get(address)) | {"P6": "single"})

    assert answer.status_code == 422
    assert Round.objects.get().profile["arrangement"] == "complementary_different"


def test_wrong_field_of_the_profile_keeps_no_other_from_being_saved(
    holder: Client, response: Response
) -> None:
    response.scheme.programme_set.create(name="Juntos", institution="MIDIS")
    address = reverse("profile", args=[response.uuid])
    sound = {"name": "Ayni", "P7": "no", "programme-2-name": "Haku Wiñay"}
    question = {q.profile: q.text for q in seeds().profile_questions}
    number, relation = question["programmes"], question["arrangement"]
    kept = {"programmes": 3, "arrangement": "complementary_different"}
    table: list[tuple[dict[str, str], list[str], list[str]]] = [
        ({"P5": "12,5"}, [number], ["Juntos", "Haku Wiñay"]),
        ({"P6": "single"}, [relation], ["Juntos", "Haku Wiñay"]),
        ({"P5": "1", "P6": "coincident"}, [number, relation], ["Juntos", "Haku Wiñay"]),
        ({"P5": "many", "P6": "single"}, [number, relation], ["Juntos", "Haku Wiñay"]),
        (
            {"programme-1-name": "a\0b"},
            ["Programme 1, Name of the programme"],
            ["Juntos", "Haku Wiñay"],
        ),
        (
            {"programme-3-institution": "MIDAGRI"},
            ["Programme 3, Name of the programme"],
            ["Juntos", "Haku Wiñay"],
        ),
    ]

    for wrong, left_out, programmes in table:
        Round.objects.update(profile=PROFILE | kept | {"intention": "yes"})
        answer = holder.post(address, form_data(holder.get(address)) | sound | wrong)
        page, again = unescape(answer.content.decode()), form_data(answer)
        stored = Round.objects.get()

        assert answer.status_code == 422
        assert [name for name in left_out if f"<li>{name}</li>" not in page] == []
        assert {name: again[name] for name in wrong} == wrong
        assert {name: stored.profile[name] for name in kept} == kept
        assert (stored.profile["intention"], stored.scheme.name) == ("no", "Ayni")
        assert [p.name for p in stored.scheme.programme_set.all()] == programmes


def test_programmes_are_carried_into_the_form(holder: Client, response: Response) -> None:
    response.scheme.programme_set.create(name="Juntos", institution="MIDIS")

    form = form_data(holder.get(reverse("profile", args=[response.uuid])))

    assert form["programme-1-name"] == "Juntos"
    assert form["programme-1-institution"] == "MIDIS"


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
