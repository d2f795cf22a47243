from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from assessment.actions.joint_sessions.prepare import prepare_session
from assessment.actions.joint_sessions.second_answers import answer_again
from assessment.actions.joint_sessions.steps import ask_again, reveal
from assessment.actions.rounds.close import close_round
from assessment.instrument.answers import Answer
from assessment.web.joint_sessions.shown_item import shown_item
from tests.actions.rounds.round_steps import AG, Person, opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW

if TYPE_CHECKING:
    from assessment.models import Edition


def test_room_is_told_that_second_answers_of_hidden_groups_do_not_count(edition: Edition) -> None:
    made = opened_round(edition, promise={"round_result": True})
    take_part(made, [*EVERYBODY, *[Person("local", AG, {"TG2": 4})] * 2])
    close_round(round=made, now=NOW)
    session = prepare_session(round=made, codes=["TG2"], second_answers=True)
    item = made.session_items.get()
    ask_again(session=session, item=item)
    for response in made.responses.all():
        answer_again(session=session, response=response, code="TG2", answer=Answer("answered", 2))

    session = reveal(session=session, item=item, now=NOW)

    page = " ".join(
        render_to_string("joint_sessions/_figures.html", {"shown": shown_item(session)}).split()
    )
    assert "20 people answered once more" in page
    assert "Second answers of groups that the result hides are not counted here." in page
