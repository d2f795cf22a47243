"""The profile of the scheme and where one works: asked at the start, changed until submission."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.actions.responses.reopen import reopen_response
from assessment.actions.responses.submit import judge_response, submit_response
from assessment.method.seats import Seat
from assessment.models import Edition, Response, Round
from assessment.web.questionnaire.profile_form import ProfileForm
from assessment.web.questionnaire.progress import progress_of
from tests.factories import NOW, PROFILE, ResponseFactory, answered
from tests.seeds_once import seeds
from tests.tables import undone
from tests.web.conftest import granted
from tools.html_page import form_data

pytestmark = pytest.mark.django_db
BEGIN = "/begin/"
TYPED = re.compile(r'name="(name|region|P\d+|programme-\d)')


def posted(client: Client, **values: object) -> Any:
    return client.post(BEGIN, form_data(client.get(BEGIN)) | values)


def test_where_one_works_is_stored_and_hides_no_question(client: Client, edition: Edition) -> None:
    """Nor does it change the result; who begins another scheme is not asked again."""
    posted(client, P5="2", P2="local", P3="finance")
    posted(client, P5="2")
    seated, next_one = Response.objects.order_by("created_at")
    bare = ResponseFactory(round__profile={"programmes": 2})

    assert seated.seat == next_one.seat == Seat("local", "finance")
    asked = [progress_of(one) for one in (seated, bare)]
    codes = [[q.code for s in one.subjects for q in one.shown_questions(s)] for one in asked]
    assert codes[0] == codes[1]
    results = [judge_response(answered(one, TG2=2, BI1=1)).result for one in (seated, bare)]
    assert results[0] == results[1] is not None


def test_bank_that_does_not_ask_where_one_works_shows_no_group_for_it() -> None:
    kept = tuple(q for q in seeds().questions if q.profile not in {"tier", "sector"})
    bank = replace(seeds(), questions=kept)

    assert [bool(ProfileForm(one)._seat_group()) for one in (seeds(), bank)] == [True, False]


def test_where_one_works_can_be_changed_until_submission(
    holder: Client, response: Response
) -> None:
    """What cannot be read stays as it was stored, and is named."""
    page = reverse("profile", args=[response.uuid])
    table: list[tuple[dict[str, str], int, Seat]] = [
        ({"P2": "national", "P3": "finance"}, 302, Seat("national", "finance")),
        ({"P2": "moon", "P3": "other"}, 422, Seat("national", "other")),
        ({"P3": "other"}, 302, Seat("", "other")),
    ]

    def outcome(sent: dict[str, str]) -> tuple[int, Seat]:
        kept = {k: v for k, v in form_data(holder.get(page)).items() if k not in {"P2", "P3"}}
        status = holder.post(page, kept | sent).status_code
        response.refresh_from_db()
        return status, response.seat

    assert [(sent, *outcome(sent)) for sent, _, _ in table] == table
    check = holder.get(reverse("check", args=[response.uuid])).content.decode()
    assert "Another sector, or several sectors at once" in check


def test_profile_is_carried_into_the_form_and_can_be_changed(
    client: Client, edition: Edition
) -> None:
    """From the list of subjects, or from checking the answers, to where it leads back."""
    response = ResponseFactory(round__profile={"region": "AF", "programmes": 2})
    response.scheme.programme_set.create(name="Juntos", institution="MIDIS")
    holder = granted(client, response)
    address = reverse("profile", args=[response.uuid])

    form = form_data(holder.get(address))
    answers = [holder.post(f"{address}{query}", form | {"P5": "5"}) for query in ("", "?check=1")]

    carried = ("region", "P5", "programme-1-name", "programme-1-institution")
    assert [form[name] for name in carried] == ["AF", "2", "Juntos", "MIDIS"]
    assert [answer["Location"] for answer in answers] == [
        reverse(name, args=[response.uuid]) for name in ("tasks", "check")
    ]
    assert Round.objects.get().profile["programmes"] == 5


def scheme_as_stored(*facts: str) -> tuple[dict[str, object], str, list[str]]:
    made = Round.objects.get()
    programmes = [programme.name for programme in made.scheme.programme_set.all()]
    return {name: made.profile[name] for name in facts}, made.scheme.name, programmes


def test_wrong_field_of_the_profile_keeps_no_other_from_being_saved(
    holder: Client, response: Response
) -> None:
    response.scheme.programme_set.create(name="Juntos", institution="MIDIS")
    address = reverse("profile", args=[response.uuid])
    sound = {"name": "Ayni", "P7": "no", "programme-2-name": "Haku Wiñay"}
    question = {q.profile: q.text for q in seeds().profile_questions}
    number, relation = question["programmes"], question["arrangement"]
    kept = {"programmes": 3, "arrangement": "complementary_different"}
    table: list[tuple[dict[str, str], list[str]]] = [
        ({"P5": "12,5"}, [number]),
        ({"P6": "single"}, [relation]),
        ({"P5": "1", "P6": "coincident"}, [number, relation]),
        ({"P5": "many", "P6": "single"}, [number, relation]),
        ({"programme-1-name": "a\0b"}, ["Programme 1, Name of the programme"]),
        ({"programme-3-institution": "MIDAGRI"}, ["Programme 3, Name of the programme"]),
    ]

    Round.objects.update(profile=PROFILE | kept | {"intention": "yes"})

    def outcome(wrong: dict[str, str], left_out: list[str]) -> object:
        with undone():
            answer = holder.post(address, form_data(holder.get(address)) | sound | wrong)
            stored = scheme_as_stored(*kept, "intention")
        page, again = unescape(answer.content.decode()), form_data(answer)
        named = [name for name in left_out if f"<li>{name}</li>" in page]
        return answer.status_code, named, {name: again[name] for name in wrong}, stored

    saved = (kept | {"intention": "no"}, "Ayni", ["Juntos", "Haku Wiñay"])
    assert [(row, outcome(*row)) for row in table] == [
        (row, (422, row[1], row[0], saved)) for row in table
    ]


def test_several_who_answer_as_one_say_so_and_their_report_does(
    client: Client, edition: Edition
) -> None:
    """From the start, or later; what cannot be read stays as it was stored."""
    posted(client, people="4")
    response = Response.objects.get()
    begun, page = response.people, reverse("profile", args=[response.uuid])

    def outcome(sent: str) -> tuple[int, int | None]:
        answer = client.post(page, form_data(client.get(page)) | {"people": sent})
        response.refresh_from_db()
        return answer.status_code, response.people

    assert (begun, outcome("many"), outcome("7")) == (4, (422, 4), (302, 7))
    answered(response, TG2=2, HC1=1)
    submit_response(response=response, now=NOW)

    receipt = client.get(reverse("confirmation", args=[response.uuid])).content.decode()
    assert "given together by 7 people" in receipt
    brief = client.get(reverse("brief", args=[response.uuid])).content.decode()
    assert "one response given together by 7 people" in brief
    again = reopen_response(response=response, reason="More is known", now=NOW)
    assert again.people == 7
