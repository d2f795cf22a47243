"""A respondent's own data: the file of all that is stored, and erasing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from assessment.actions.plans.change import add_line
from assessment.actions.plans.values import LineValues
from assessment.actions.responses.device_code import make_device_code
from assessment.actions.responses.erase import erase_assessment
from assessment.actions.responses.lock import lock_if_open
from assessment.actions.responses.reopen import AmongSeveral, reopen_response
from assessment.actions.responses.share_brief import share_brief
from assessment.actions.responses.submit import submit_response
from assessment.models import (
    AgreedAnswer,
    Answer,
    DeviceCode,
    DimensionScore,
    Invitation,
    JointSession,
    OpenLink,
    PlanChange,
    PlanLine,
    PlanShare,
    Programme,
    ReportFile,
    Response,
    Result,
    ResultCode,
    Round,
    Scheme,
    SectionState,
    SessionAnswer,
    SessionItem,
    SharedBrief,
    Signatory,
    SignOff,
)
from assessment.tasks import file_of_report
from assessment.web import cookies
from assessment.web.policy import guarded
from tests.factories import NOW, AnswerFactory, ResponseFactory, SeatFactory, answered
from tests.web.conftest import granted

pytestmark = pytest.mark.django_db
NOTE = "Only three offices know it"
OF_AN_ASSESSMENT = {
    *(Scheme, Programme, Round, PlanLine, Response, Answer, SectionState, SharedBrief),
    *(DeviceCode, Result, DimensionScore, ResultCode, ReportFile),
}
OF_SEVERAL = {AgreedAnswer, Invitation, OpenLink, JointSession, SessionItem, SessionAnswer}
OF_SEVERAL |= {Signatory, SignOff, PlanShare, PlanChange}
"""Who answers alone has none."""


@pytest.fixture
def newest(edition: object) -> Response:
    """Submitted and opened again, with a row in every table that hangs on it."""
    first = answered(ResponseFactory(), PC1=3)
    AnswerFactory(response=first, code="TG2", value=1, note=NOTE)
    AnswerFactory(response=first, code="OLD1", value=1)
    SectionState.objects.create(response=first, section="tg", completed=True)
    Programme.objects.create(scheme=first.scheme, name="Juntos")
    submit_response(response=first, now=NOW)
    first.refresh_from_db()
    file_of_report(response=first, language="en", now=NOW, layer="brief")
    share_brief(response=first, label="planning office", key="k" * 32, now=NOW)
    add_line(round=first.round, uuid=first.uuid, values=LineValues(what="Invite them"), now=NOW)
    newer = reopen_response(response=first, reason="A date was wrong", now=NOW + timedelta(days=1))
    make_device_code(response=newer, link="", now=NOW)
    return newer


def numbers() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in OF_AN_ASSESSMENT}


def data(client: Client, response: Response) -> dict[str, Any]:
    found: dict[str, Any] = client.get(reverse("own_data", args=[response.uuid])).json()
    return found


def test_every_table_of_an_assessment_is_thought_of() -> None:
    hanging = {
        relation.related_model
        for model in OF_AN_ASSESSMENT
        for relation in model._meta.related_objects
    }
    assert {*hanging, Scheme} - OF_SEVERAL == OF_AN_ASSESSMENT


def test_file_holds_all_that_is_stored_and_nothing_that_opens_it(
    client: Client, newest: Response
) -> None:
    found = data(granted(client, newest), newest)

    later, first = found["responses"]
    assert (found["scheme"]["name"], found["programmes"][0]["name"]) == (
        "Haku Wiñay and Juntos",
        "Juntos",
    )
    assert (found["plan"][0]["what"], found["round"]["profile"]["country"]) == ("Invite them", "PE")
    assert later["reopened_because"] == "A date was wrong"
    assert [len(later["code_for_a_second_device"]), later["results"]] == [1, []]
    answer = next(one for one in first["answers"] if one["code"] == "TG2")
    bank = newest.edition.instrument()
    assert (answer["note"], answer["question"]) == (NOTE, bank.question["TG2"].text)
    assert first["links_to_read"][0]["label"] == "planning office"
    assert first["subjects_said_complete"] == [{"section": "tg", "completed": True}]
    (result,) = first["results"]
    assert result["content"]["dimensions"].keys() == {one["dimension"] for one in result["scores"]}
    assert {"state": "waiting", "layer": "brief"}.items() <= result["printed_files"][0].items()
    text = granted(client, newest).get(reverse("own_data", args=[newest.uuid])).content.decode()
    hashes = [newest.secret_hash, SharedBrief.objects.get().secret_hash, "k" * 32]
    assert [one for one in (*hashes, DeviceCode.objects.get().code_hash) if one in text] == []


def test_who_answers_among_several_takes_hers_along_and_erases_nothing(client: Client) -> None:
    seat = answered(SeatFactory(), TG2=1)
    answered(SeatFactory(round=seat.round), TG2=3)

    found = data(granted(client, seat), seat)

    assert list(found) == ["asked_by", "invitation", "responses"]
    assert (found["asked_by"]["scheme"], found["invitation"]) == ("Haku Wiñay and Juntos", [])
    assert [(one["code"], one["value"]) for one in found["responses"][0]["answers"]] == [("TG2", 1)]
    with pytest.raises(AmongSeveral):
        erase_assessment(round=seat.round)


def test_erasing_takes_everything_and_only_that(client: Client, newest: Response) -> None:
    nothing_of_hers = dict.fromkeys(numbers(), 0)
    other = answered(ResponseFactory(), TG2=1)
    of_others = nothing_of_hers | dict.fromkeys(("Scheme", "Round", "Response", "Answer"), 1)
    before = numbers()
    address = reverse("erase", args=[newest.uuid])
    device = granted(client, other, newest)

    page = " ".join(device.get(address).content.decode().split())
    refused = device.post(address, {"word": "yes"})
    empty = device.post(address, {})
    kept = numbers()
    done = device.post(address, {"word": " Erase "})

    lines = ("6 answers, 2 notes, in 2 revisions", "1 result with", "1 line of", "1 link to")
    assert [line for line in lines if line not in page] == []
    assert (refused.status_code, kept) == (422, before)
    assert "Nothing is erased so far" in refused.content.decode()
    assert "(optional)" not in page
    assert "Nothing is erased so far" in empty.content.decode()
    assert numbers() == of_others
    assert done.cookies[cookies.LEFT].value == reverse("tasks", args=[newest.uuid])
    landed = device.get(done["Location"]).content.decode()
    assert f'data-left-device="{reverse("tasks", args=[newest.uuid])}"' in landed
    assert "Your assessment is erased" in landed
    assert device.get(address).status_code == 404
    assert device.get(reverse("tasks", args=[other.uuid])).status_code == 200
    assert erase_assessment(round=newest.round) == []


def test_link_of_what_was_erased_goes_with_it(client: Client, newest: Response) -> None:
    secret = "t" * 32
    made = ResponseFactory(secret=secret)
    client.get(reverse("return", args=[secret]))

    answer = client.post(reverse("erase", args=[made.uuid]), {"word": "erase"})

    assert answer.cookies[cookies.LINK].value == ""


def test_scheme_stays_while_it_has_another_round_and_a_request_on_its_way_finds_nothing(
    newest: Response,
) -> None:
    def late(request: HttpRequest, uuid: object) -> Any:
        return lock_if_open(response=newest, now=NOW)

    other = ResponseFactory(round__scheme=newest.scheme)
    erase_assessment(round=newest.round)

    request = RequestFactory().get("/")
    request.session = Client().session
    assert guarded("tasks", late)(request, uuid=newest.uuid).status_code == 404
    assert Response.objects.get() == other
