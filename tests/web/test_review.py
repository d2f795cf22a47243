from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from assessment.actions.responses.submit import submit_response
from assessment.models import Response, Result
from assessment.models.rounds import OWN_RESULT
from assessment.web.questionnaire.progress import progress_of
from tests.factories import NOW, AnswerFactory, ResponseFactory, SeatFactory, answered
from tests.web.conftest import granted
from tools.html_page import form_data

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, response: Response) -> str:
    return client.get(reverse(name, args=[response.uuid])).content.decode()


def submit(client: Client, response: Response) -> Any:
    form = form_data(client.get(reverse("check", args=[response.uuid])))
    return client.post(reverse("submit", args=[response.uuid]), form)


def test_check_shows_every_answer_in_words_and_where_to_change_it(
    holder: Client, response: Response
) -> None:
    answered(response, TG2=2, TG3="dont_know", TG5="not_applicable", HC3=["named_body"])
    AnswerFactory(response=response, code="TG4", value=0, note="In two districts")
    response.scheme.programme_set.create(name="Juntos", institution="Ministry of Production")

    shown = page(holder, "check", response)

    wanted = {
        "The programmes have agreed on common criteria",
        "I do not know",
        "Does not apply",
        "A body has been named",
        "Note: In two districts",
        "Peru",
        "Not answered",
        "Haku Wiñay and Juntos",
        "Ministry of Production",
        "4 of 6 answered",
        f'href="{reverse("page", args=[response.uuid, "tg"])}?check=1#TG2"',
    }
    assert {words for words in wanted if words in shown} == wanted


def test_check_lists_the_gaps_and_says_when_they_do_no_harm(
    holder: Client, response: Response
) -> None:
    """Closing words are optional, and no gap."""
    sentences = ("Nothing is answered yet", "You can submit without them. An open question")

    def told() -> tuple[list[bool], set[str]]:
        shown = page(holder, "check", response)
        gaps = re.search(r'<ul class="open-list">(.*?)</ul>', shown, re.DOTALL)
        assert gaps
        said = [sentence in shown for sentence in sentences]
        return said, {"TG1", "TG2", "O1"} & set(re.findall(r">(\w+)<", gaps[1]))

    before = told()
    answered(response, TG2=2)

    assert [before, told()] == [([True, False], {"TG1", "TG2"}), ([False, True], {"TG1"})]


def test_submit_is_refused_without_an_answer_and_with_gaps_that_were_not_seen(
    holder: Client, response: Response
) -> None:
    empty = submit(holder, response)
    answered(response, TG2=2, TG3=1)
    form = form_data(holder.get(reverse("check", args=[response.uuid])))
    response.answers.filter(code="TG3").delete()
    changed = holder.post(reverse("submit", args=[response.uuid]), form)

    assert (empty.status_code, "Nothing is answered yet" in empty.content.decode()) == (422, True)
    assert changed["Location"] == reverse("check", args=[response.uuid]) + "?changed=1"
    assert "Look at the list again" in holder.get(changed["Location"]).content.decode()
    assert not Result.objects.exists()


def test_submit_with_gaps_gives_one_receipt_that_says_what_comes_next(
    holder: Client, response: Response, settings: Settings
) -> None:
    """Before it there is none: its address leads to the tasks."""
    settings.ARTICULA_CONTACT = "help@example.org"
    answered(response, TG2=2)
    receipt = reverse("confirmation", args=[response.uuid])

    early = holder.get(receipt)
    first = submit(holder, response)
    again = holder.post(reverse("submit", args=[response.uuid]), {})

    assert [answer["Location"] for answer in (early, first, again)] == [
        *(reverse("tasks", args=[response.uuid]), receipt, receipt)
    ]
    response.refresh_from_db()
    assert response.result == Result.objects.get()
    wanted = {response.reference, "help@example.org"}
    wanted |= {reverse(name, args=[response.uuid]) for name in ("brief", "brief_pdf", "reopen")}
    shown = holder.get(receipt).content.decode()
    assert {words for words in wanted if words in shown} == wanted


@pytest.fixture
def submitted_meanwhile(response: Response) -> Iterator[None]:
    """Another device submits while this one's request is read."""
    answered(response, TG2=2)
    waiting = [response]

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if waiting and 'FROM "assessment_answer"' in sql:
            submit_response(response=waiting.pop(), now=NOW)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        yield


def test_submit_that_comes_second_gets_the_same_receipt(
    holder: Client, response: Response, request: pytest.FixtureRequest
) -> None:
    answered(response, TG2=2)
    form = form_data(holder.get(reverse("check", args=[response.uuid])))
    response.answers.all().delete()
    request.getfixturevalue("submitted_meanwhile")

    answer = holder.post(reverse("submit", args=[response.uuid]), form)

    assert answer["Location"] == reverse("confirmation", args=[response.uuid])
    assert Result.objects.count() == 1


def test_answer_that_comes_after_a_submit_is_refused(
    holder: Client, response: Response, submitted_meanwhile: None
) -> None:
    answer = holder.post(reverse("page", args=[response.uuid, "tg"]), {"TG3": "4"})

    assert answer.status_code == 409
    assert not response.answers.filter(code="TG3").exists()


def test_submit_of_a_round_of_several_prints_nothing_of_itself(client: Client) -> None:
    seat = answered(SeatFactory(round__promise={OWN_RESULT: True}), TG2=2)
    granted(client, seat)

    submit(client, seat)

    seat.refresh_from_db()
    assert (seat.result is not None, DBTaskResult.objects.count()) == (True, 0)


def reopened(client: Client, response: Response) -> Response:
    client.post(reverse("reopen", args=[response.uuid]), {"reason": "The law changed."})
    return Response.objects.get(supersedes=response)


def test_reopening_needs_a_reason_and_makes_one_new_revision_to_which_the_receipt_leads(
    client: Client, submitted: Response
) -> None:
    holder = granted(client, submitted)
    address = reverse("reopen", args=[submitted.uuid])
    no_reason = "Reason: write in a sentence"
    table = {"": no_reason, " \n ": no_reason, "x" * 1001: "1 character too long"}

    def refusal(reason: str) -> tuple[int, bool]:
        refused = holder.post(address, {"reason": reason})
        return refused.status_code, table[reason] in refused.content.decode()

    assert {reason: refusal(reason) for reason in table} == dict.fromkeys(table, (422, True))

    answer = holder.post(address, form_data(holder.get(address)) | {"reason": "The law changed."})
    twice = holder.post(address, {"reason": "Twice"})

    newer = Response.objects.get(supersedes=submitted)
    assert answer["Location"] == reverse("tasks", args=[newer.uuid])
    assert holder.get(answer["Location"]).status_code == 200
    assert (newer.reopened_because, newer.answers.get().value) == ("The law changed.", 2)
    assert holder.get(reverse("report", args=[submitted.uuid])).status_code == 200
    assert (twice.status_code, "newer revision" in twice.content.decode()) == (409, True)
    receipt = page(holder, "confirmation", submitted)
    assert [where in receipt for where in (answer["Location"], address)] == [True, False]


def test_earlier_reports_open_by_the_link_of_a_newer_revision_alone(
    client: Client, submitted: Response
) -> None:
    holder = granted(client, submitted)
    second = reopened(holder, submitted)
    other, stranger = granted(Client(), second), granted(Client(), ResponseFactory())
    report = reverse("report", args=[submitted.uuid])

    tasks = page(other, "tasks", second)

    assert (report in tasks, "Superseded" in tasks) == (True, False)
    assert "a newer revision takes their place" in other.get(report).content.decode()
    assert stranger.get(report).status_code == 404
    submit_response(response=second, now=NOW)
    third = submit_response(response=reopened(holder, second), now=NOW)
    receipt = page(holder, "confirmation", third)
    places = [receipt.index(reverse("report", args=[one.uuid])) for one in (second, submitted)]
    assert places == sorted(places)


def test_first_button_goes_to_the_next_open_question_or_to_checking(
    holder: Client, response: Response
) -> None:
    questions = progress_of(response).instrument.questions
    answered(response, **{q.code: "dont_know" for q in questions if q.dimension == "PC"})
    some = page(holder, "tasks", response)
    others = [q.code for q in questions if q.dimension and q.dimension != "PC"]
    answered(response, **dict.fromkeys(others, "dont_know"))
    whole = page(holder, "tasks", response)

    target = reverse("page", args=[response.uuid, "ds"]) + "#DS1"
    assert f'href="{target}">Continue with Design and institutional set-up<' in some
    check = reverse("check", args=[response.uuid])
    assert ("Continue with" in whole, check in whole) == (False, True)


def test_state_of_a_subject_follows_from_its_answers_to_what_applies(response: Response) -> None:
    """Whatever an earlier version let a person say of it."""
    response.section_states.create(section="tg", completed=False)
    response.section_states.create(section="pc", completed=True)
    response.round.profile["programmes"] = 1
    response.round.save()
    answered(response, PC1=2, TG6=1, TG7=1, TG8=1, TG2=4)

    standings = {one.section.slug: one for one in progress_of(response).subject_states()}
    del response.round.profile["stage"]
    response.round.save()
    without_stage = progress_of(response).subject_states()[0].state

    assert {slug: standings[slug].state for slug in ("profile", "pc", "tg", "hc", "closing")} == {
        "profile": "completed",
        "pc": "in_progress",
        "tg": "completed",
        "hc": "not_started",
        "closing": "optional",
    }
    assert (standings["tg"].answered, standings["tg"].total) == (3, 3)
    assert without_stage == "in_progress"
