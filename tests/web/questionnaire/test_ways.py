from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.actions.editions.load_seeds import load_seeds
from assessment.actions.editions.publish import publish
from assessment.models import Answer, Edition, Response, Round
from assessment.web.questionnaire.progress import Progress, progress_of
from assessment.web.questionnaire.ways import has_short_way, minutes_left, ways_of
from tests.factories import NOW, PROFILE, ResponseFactory, SeatFactory, answered
from tests.seeds_once import seeds
from tests.web.conftest import granted
from tools.html_page import form_data

pytestmark = pytest.mark.django_db
SHORT, WHOLE = Round.Questionnaire.SHORT, Round.Questionnaire.WHOLE


@pytest.fixture
def response(edition: Edition) -> Response:
    made: Response = ResponseFactory(round__questionnaire=SHORT)
    return made


@pytest.fixture
def coreless(edition: Edition) -> Edition:
    bank = replace(
        seeds(),
        name="Whole only",
        questions=tuple(replace(q, core=False) for q in seeds().questions),
    )
    return publish(edition=load_seeds(instrument=bank, now=NOW).edition, now=NOW)


def address(response: Response, code: str, query: str = "") -> str:
    return reverse("question", args=[response.uuid, code]) + query


def page(response: Response, section: str) -> str:
    return reverse("page", args=[response.uuid, section])


def named(response: Response, name: str) -> str:
    return reverse(name, args=[response.uuid])


def core(response: Response) -> list[str]:
    return [question.code for _, question in progress_of(response).core]


def send(client: Client, at: str, **values: Any) -> Any:
    form = form_data(client.get(at))
    return client.post(at, form | values)


def way_of(response: Response) -> str:
    return Round.objects.get(pk=response.round_id).questionnaire


def test_ways_tell_their_questions_and_minutes(response: Response) -> None:
    """And the short one has core questions of every subject, whatever the arrangement."""
    ways = ways_of(seeds())

    def subjects(programmes: int) -> dict[str, int]:
        response.round.profile = PROFILE | {"programmes": programmes}
        asked = [subject.slug for subject, _ in progress_of(response).core]
        return {slug: asked.count(slug) for slug in asked}

    table = [subjects(programmes) for programmes in (1, 2, 14)]

    assert ways.short is not None
    assert (ways.short.questions, ways.short.minutes) == (18, 15)
    assert ways.short.questions < ways.whole.questions <= 57
    assert 45 <= ways.whole.minutes <= 60
    assert [minutes_left(number) for number in (18, 7, 1, 0)] == [11, 5, 1, 0]
    assert [len(found) for found in table] == [9, 9, 9]
    assert {number for found in table for number in found.values()} <= {1, 2, 3}


def test_one_question_stands_on_a_page_with_what_is_left(
    holder: Client, response: Response
) -> None:
    """And asks the database little."""
    codes = core(response)
    answered(response, **dict.fromkeys(codes[:11], 2))
    html = holder.get(address(response, codes[11])).content.decode()

    with CaptureQueriesContext(connection) as counted:
        holder.get(address(response, codes[11]))

    shown = " ".join(html.split())
    words = [
        "<strong>12 of 18</strong> · about 5 minutes left",
        "I do not know",
        f'name="{codes[11]}-note"',
        f'href="{address(response, codes[10])}">Back',
    ]
    assert [one for one in words if one not in shown] == []
    assert (shown.count("<fieldset"), shown.count("<h1")) == (1, 1)
    assert (shown.count('class="done"'), shown.count('class="here"')) == (11, 1)
    assert len(counted) <= 4


def test_answers_lead_on_to_the_check_page_past_what_has_one(
    holder: Client, response: Response
) -> None:
    """What was left open is found there, and leads back to it."""
    codes = core(response)
    answered(response, **{codes[1]: 2, codes[2]: 3})
    at = send(holder, address(response, codes[0]))["Location"]

    visited = []
    while "question" in at:
        visited.append(at)
        at = send(holder, at, **{visited[-1].split("/")[-2]: "dont_know"})["Location"]

    assert visited == [address(response, code) for code in codes[3:]]
    assert at == named(response, "check")
    open_one = address(response, codes[0], "?check=1")
    assert f'<li><a href="{open_one}">' in holder.get(at).content.decode()
    assert send(holder, open_one, **{codes[0]: "2"})["Location"] == at
    assert set(response.answers_by_code()) == set(codes)


def test_wrong_answer_and_conflict_bring_the_question_back_and_change_no_way(
    holder: Client, response: Response
) -> None:
    note = {"TG2-note": "As typed"}
    wrong = send(holder, address(response, "TG2"), TG2="9", whole="1", **note)
    way = way_of(response)
    answered(response, TG2=4)
    older = holder.post(address(response, "TG2"), form_data(wrong) | {"TG2": "1"})

    assert (wrong.status_code, way, older.status_code) == (422, SHORT, 409)
    assert "As typed" in wrong.content.decode()
    assert "Saved there:" in older.content.decode()
    assert Answer.objects.get(code="TG2").value == 4


def test_question_that_is_not_asked_has_no_page_and_one_put_away_leads_on(
    holder: Client, response: Response
) -> None:
    """TG7 is for a single programme; behind the last subject comes the check page."""
    table = {code: holder.get(address(response, code)).status_code for code in ("TG4", "P1", "X")}
    following = holder.get(address(response, "TG7"))["Location"]

    answered(response, **dict.fromkeys(core(response), 2))

    assert table == dict.fromkeys(table, 404)
    assert following == address(response, "BI1")
    assert holder.get(address(response, "TG7"))["Location"] == named(response, "check")


def test_button_goes_on_with_all_questions_of_the_subject_or_comes_back_to_the_short_way(
    holder: Client, response: Response
) -> None:
    """From a question's page or a subject's, and where the way was changed elsewhere meanwhile."""
    by_subject = send(holder, page(response, "pc"), whole="1")["Location"], way_of(response)
    Round.objects.update(questionnaire=SHORT)
    by_question = send(holder, address(response, "VC3"), VC3="2", whole="1")["Location"]
    older = {"VC1": "1", "VC1-revision": "0"}

    assert by_subject == (page(response, "pc"), WHOLE)
    assert (by_question, way_of(response)) == (page(response, "vc") + "#VC3", WHOLE)
    assert response.answers_by_code()["VC3"].value == 2
    assert [
        holder.get(address(response, "VC1"))["Location"],
        holder.post(address(response, "VC1"), older)["Location"],
    ] == [page(response, "vc") + "#VC1"] * 2
    answered(response, TG1=1)
    back = send(holder, page(response, "tg"), TG4="3", short="1")
    assert (back["Location"], way_of(response)) == (address(response, "TG2"), SHORT)
    rest = send_whole(holder, response, "sc", short="1", SC1="1", SC2="1")
    assert (rest["Location"], way_of(response)) == (address(response, "PC1"), SHORT)
    assert response.answers_by_code()["TG4"].value == 3


def send_whole(client: Client, response: Response, section: str, **values: str) -> Any:
    Round.objects.update(questionnaire=WHOLE)
    return send(client, page(response, section), **values)


def test_list_and_check_page_lead_to_the_rest_of_a_subject_or_change_the_way(
    holder: Client, response: Response
) -> None:
    """As the page of the link does; whose answers are there begins behind them."""

    def shown(name: str) -> str:
        return holder.get(named(response, name)).content.decode()

    assert f'href="{page(response, "tg")}#TG1"' in shown("tasks")
    rest = send(holder, page(response, "tg"), TG4="3")
    assert (rest["Location"], way_of(response)) == (named(response, "tasks"), SHORT)
    assert f'href="{page(response, "tg")}?check=1#TG4"' in shown("check")
    offered = ['name="whole"' in shown(name) for name in ("tasks", "check")]
    whole = holder.post(named(response, "way"), {"whole": "1"})
    offered.append('name="short"' in shown("tasks"))
    short = holder.post(named(response, "way"), {"short": "1"})
    answered(response, PC1=2)
    begin = f'href="{address(response, "PC2")}"'

    assert offered == [True] * 3
    assert whole["Location"] == named(response, "tasks")
    assert short["Location"] == address(response, "PC1")
    assert [begin in shown(name) for name in ("tasks", "link")] == [True] * 2


def test_what_was_not_put_is_not_missing_and_a_note_to_it_not_lost(
    holder: Client, response: Response
) -> None:
    answered(response, **dict.fromkeys(core(response), 2))

    def check() -> str:
        return " ".join(holder.get(named(response, "check")).content.decode().split())

    before = check()
    states = {s.section.slug: (s.answered, s.total) for s in progress_of(response).subject_states()}
    Answer.objects.create(response=response, code="TG4", note="See the law", updated_at=NOW)

    assert "Every question that applies to you has an answer." in before
    assert "more questions belong to the whole" in before
    assert "TG4" not in before
    assert (states["tg"], "closing" in states) == ((2, 2), False)
    assert "See the law" in check()


def test_result_of_the_short_way_offers_the_rest(holder: Client, response: Response) -> None:
    answered(response, **dict.fromkeys(core(response), 2))
    form = form_data(holder.get(named(response, "check")))
    done = holder.post(named(response, "submit"), form)

    shown = holder.get(done["Location"])
    asked = {"reason": form_data(shown)["reason"]}
    one = holder.post(named(response, "reopen"), asked | {"subject": "tg"})

    newer = Response.objects.get(supersedes=response)
    assert "Answer all that is left" in shown.content.decode()
    assert (one["Location"], way_of(newer)) == (f"{page(newer, 'tg')}#TG3", SHORT)
    assert set(newer.answers_by_code()) == set(response.answers_by_code())
    assert "Answer all that is left" not in holder.get(done["Location"]).content.decode()
    holder.post(named(newer, "submit"), form_data(holder.get(named(newer, "check"))))
    rest = holder.post(named(newer, "reopen"), asked | {"whole": "1"})
    newest = Response.objects.get(supersedes=newer)
    assert (rest["Location"], way_of(newest)) == (f"{page(newest, 'pc')}#PC3", WHOLE)


def test_among_several_who_runs_the_round_chose(client: Client, edition: Edition) -> None:
    seat = SeatFactory(round__questionnaire=SHORT)
    holder = granted(client, seat)
    code = core(seat)[0]

    shown = holder.get(address(seat, code)).content.decode()
    pressed = holder.post(address(seat, code), {code: "2", f"{code}-revision": "0", "whole": "1"})
    sections = [s.slug for s in progress_of(seat).subjects]

    assert 'name="whole"' not in shown
    assert pressed.status_code == 404
    assert way_of(seat) == SHORT
    assert {q.core for s in progress_of(seat).subjects for q in s.questions} == {True}
    assert {"profile", "closing"}.isdisjoint(sections)
    assert holder.post(reverse("answer", args=[seat.uuid, "LC2"])).status_code == 404


def test_edition_without_core_questions_is_put_whole(client: Client, coreless: Edition) -> None:
    response = ResponseFactory(edition=coreless, round__questionnaire=SHORT)
    seat = SeatFactory(edition=coreless, round__questionnaire=SHORT)

    def whole(made: Response) -> tuple[bool, bool]:
        progress: Progress = progress_of(made)
        return progress.short, progress.may_change_way

    assert not has_short_way(coreless.instrument())
    assert [whole(response), whole(seat)] == [(False, False)] * 2
    assert len(progress_of(seat).subjects) > 1
    start = client.get("/").content.decode()
    assert "Begin the short way" not in start
    assert 'name="short"' not in client.get("/begin/?short=1").content.decode()
