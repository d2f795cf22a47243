from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

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


def submit(client: Client, response: Response) -> object:
    form = form_data(client.get(reverse("check", args=[response.uuid])))
    return client.post(reverse("submit", args=[response.uuid]), form)


def test_check_shows_every_answer_in_words(holder: Client, response: Response) -> None:
    answered(response, TG2=2, TG3="dont_know", TG5="not_applicable", HC3=["named_body"])
    AnswerFactory(response=response, code="TG4", value=0, note="In two districts")
    response.scheme.programme_set.create(name="Juntos", institution="Ministry of Production")

    shown = page(holder, "check", response)

    for words in (
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
    ):
        assert words in shown


def test_check_links_back_to_each_question(holder: Client, response: Response) -> None:
    change = reverse("page", args=[response.uuid, "tg"]) + "?check=1#TG2"

    assert f'href="{change}"' in page(holder, "check", response)


def test_check_lists_the_gaps(holder: Client, response: Response) -> None:
    answered(response, TG2=2)

    shown = page(holder, "check", response)

    gaps = re.search(r'<ul class="open-list">(.*?)</ul>', shown, re.DOTALL)
    assert gaps
    assert ">TG1<" in gaps[1]
    assert ">TG2<" not in gaps[1]
    assert ">O1<" not in gaps[1], "closing words are optional"


def test_submit_with_gaps_leads_to_the_confirmation(holder: Client, response: Response) -> None:
    answered(response, TG2=2)

    answer = submit(holder, response)

    response.refresh_from_db()
    assert answer["Location"] == reverse("confirmation", args=[response.uuid])  # type: ignore[index]
    assert response.result is not None


def test_submit_shows_gaps_that_were_not_seen(holder: Client, response: Response) -> None:
    answered(response, TG2=2, TG3=1)
    form = form_data(holder.get(reverse("check", args=[response.uuid])))
    response.answers.filter(code="TG3").delete()

    answer = holder.post(reverse("submit", args=[response.uuid]), form)

    assert answer["Location"] == reverse("check", args=[response.uuid]) + "?changed=1"
    assert "Look at the list again" in holder.get(answer["Location"]).content.decode()
    assert not Result.objects.exists()


def test_submit_without_any_answer_is_refused(holder: Client, response: Response) -> None:
    answer = submit(holder, response)

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Nothing is answered yet" in answer.content.decode()  # type: ignore[attr-defined]


def test_gaps_are_said_to_do_no_harm_once_something_is_answered(
    holder: Client, response: Response
) -> None:
    address = reverse("check", args=[response.uuid])
    sentences = ("Nothing is answered yet", "You can submit without them. An open question")

    before = holder.get(address).content.decode()
    answered(response, TG1=2)
    after = holder.get(address).content.decode()

    assert [[s in page for s in sentences] for page in (before, after)] == [
        [True, False],
        [False, True],
    ]


def test_submitting_again_gives_the_same_receipt(holder: Client, response: Response) -> None:
    answered(response, TG2=2)
    first = submit(holder, response)

    second = holder.post(reverse("submit", args=[response.uuid]), {})

    assert first["Location"] == second["Location"]  # type: ignore[index]
    assert Result.objects.count() == 1


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


def test_confirmation_has_reference_and_next_steps(client: Client, submitted: Response) -> None:
    shown = page(granted(client, submitted), "confirmation", submitted)

    assert submitted.reference in shown
    assert reverse("report", args=[submitted.uuid]) in shown
    assert reverse("brief_pdf", args=[submitted.uuid]) in shown


def test_confirmation_names_the_contact(
    client: Client, submitted: Response, settings: object
) -> None:
    settings.ARTICULA_CONTACT = "help@example.org"  # type: ignore[attr-defined]

    assert "help@example.org" in page(granted(client, submitted), "confirmation", submitted)


def test_confirmation_of_an_open_response_leads_to_its_tasks(
    holder: Client, response: Response
) -> None:
    answer = holder.get(reverse("confirmation", args=[response.uuid]))

    assert answer["Location"] == reverse("tasks", args=[response.uuid])


def test_reopening_makes_a_new_revision(client: Client, submitted: Response) -> None:
    holder = granted(client, submitted)
    address = reverse("reopen", args=[submitted.uuid])

    answer = holder.post(address, form_data(holder.get(address)) | {"reason": "The law changed."})

    newer = Response.objects.get(supersedes=submitted)
    assert answer["Location"] == reverse("tasks", args=[newer.uuid])
    assert holder.get(answer["Location"]).status_code == 200
    assert newer.reopened_because == "The law changed."
    assert newer.answers.get().value == 2
    assert holder.get(reverse("report", args=[submitted.uuid])).status_code == 200


def reopened(client: Client, response: Response) -> Response:
    client.post(reverse("reopen", args=[response.uuid]), {"reason": "The law changed."})
    return Response.objects.get(supersedes=response)


def test_link_of_the_newer_revision_opens_earlier_reports(
    client: Client, submitted: Response
) -> None:
    newer = reopened(granted(client, submitted), submitted)
    other = granted(Client(), newer)
    report = reverse("report", args=[submitted.uuid])

    tasks = page(other, "tasks", newer)

    assert report in tasks
    assert "Superseded" not in tasks
    assert "a newer revision takes their place" in other.get(report).content.decode()


def test_link_of_another_response_opens_no_earlier_report(
    client: Client, submitted: Response
) -> None:
    reopened(granted(client, submitted), submitted)
    stranger = granted(Client(), ResponseFactory())

    assert stranger.get(reverse("report", args=[submitted.uuid])).status_code == 404


def test_superseded_receipt_leads_to_the_newer_revision(
    client: Client, submitted: Response
) -> None:
    holder = granted(client, submitted)
    newer = reopened(holder, submitted)

    shown = page(holder, "confirmation", submitted)

    assert reverse("tasks", args=[newer.uuid]) in shown
    assert reverse("reopen", args=[submitted.uuid]) not in shown


def test_receipt_of_the_newest_lists_every_earlier_one(client: Client, submitted: Response) -> None:
    holder = granted(client, submitted)
    second = reopened(holder, submitted)
    submit_response(response=second, now=NOW)
    third = reopened(holder, second)
    submit_response(response=third, now=NOW)

    shown = page(holder, "confirmation", third)

    places = [shown.index(reverse("report", args=[one.uuid])) for one in (second, submitted)]
    assert places == sorted(places)


def test_reopening_needs_a_reason(client: Client, submitted: Response) -> None:
    table: list[tuple[str, str]] = [
        ("", "Reason: write in a sentence"),
        (" \n ", "Reason: write in a sentence"),
        ("x" * 1001, "1 character too long"),
    ]

    def outcome(reason: str, sentence: str) -> object:
        answer = granted(client, submitted).post(
            reverse("reopen", args=[submitted.uuid]), {"reason": reason}
        )
        return answer.status_code, sentence in answer.content.decode()

    assert [outcome(reason, sentence) for reason, sentence in table] == [(422, True)] * len(table)


def test_reopening_twice_is_refused_in_words(client: Client, submitted: Response) -> None:
    holder = granted(client, submitted)
    address = reverse("reopen", args=[submitted.uuid])
    holder.post(address, {"reason": "Once"})

    answer = holder.post(address, {"reason": "Twice"})

    assert answer.status_code == 409
    assert "newer revision" in answer.content.decode()


def test_first_button_goes_to_the_next_open_question(holder: Client, response: Response) -> None:
    progress = progress_of(response)
    answered(response, **{q.code: "dont_know" for q in progress.instrument.questions_of["PC"]})

    shown = page(holder, "tasks", response)

    target = reverse("page", args=[response.uuid, "ds"]) + "#DS1"
    assert f'href="{target}">Continue with Design and institutional set-up<' in shown


def test_first_button_leads_to_checking_once_all_is_answered(
    holder: Client, response: Response
) -> None:
    asked = [q.code for q in progress_of(response).instrument.questions if q.dimension]
    answered(response, **dict.fromkeys(asked, "dont_know"))

    shown = page(holder, "tasks", response)

    assert "Continue with" not in shown
    assert reverse("check", args=[response.uuid]) in shown


def test_task_list_counts_only_what_applies(holder: Client, response: Response) -> None:
    response.round.profile["programmes"] = 1
    response.round.save()
    answered(response, TG6=1, TG7=1, TG8=1, TG2=4)

    standings = {s.section.slug: s for s in progress_of(response).subject_states()}

    assert (standings["tg"].answered, standings["tg"].total) == (3, 3)
    assert standings["tg"].state == "completed"
    assert standings["bi"].state == "not_started"


def test_state_of_a_subject_follows_from_its_answers(response: Response) -> None:
    """Whatever an earlier version let a person say of it."""
    response.section_states.create(section="tg", completed=True)
    response.section_states.create(section="pc", completed=False)
    progress = progress_of(response)
    shown = progress.shown_questions(progress.subjects[1])
    answered(response, TG2=1, **dict.fromkeys((q.code for q in shown), 2))

    states = {s.section.slug: s.state for s in progress_of(response).subject_states()}

    assert [states[slug] for slug in ("pc", "tg", "hc", "closing")] == [
        "completed",
        "in_progress",
        "not_started",
        "optional",
    ]


def test_profile_is_complete_once_everything_is_known(response: Response) -> None:
    table: list[tuple[str, str]] = [("", "completed"), ("stage", "in_progress")]

    def outcome(missing: str) -> str:
        response.round.profile.pop(missing, None)
        response.round.save()
        return progress_of(response).subject_states()[0].state

    assert [(missing, outcome(missing)) for missing, _ in table] == table
