from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from assessment.actions.joint_sessions.steps import NotAsked
from assessment.actions.rounds.close import close_round
from assessment.models import AgreedAnswer, JointSession, SessionAnswer, SessionItem
from assessment.web.joint_sessions import own_device
from tests.actions.rounds.round_steps import opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.closed_rounds import closed_round
from tests.factories import NOW
from tests.web.conftest import granted
from tests.web.rounds.conftest import facilitator, organisation  # noqa: F401 -- fixtures

if TYPE_CHECKING:
    from assessment.models import Edition, Organisation, Response, Round

FIGURES = re.compile(r"class=.figures|levels higher|[0-9][.,][0-9] of 4")


@pytest.fixture
def round(edition: Edition, organisation: Organisation) -> Round:  # noqa: F811
    return closed_round(edition, owner=organisation)


class Room:
    """Who leads, the wall, and people on their own devices."""

    def __init__(self, round: Round, lead: Client) -> None:
        self.round, self.lead = round, lead
        self.address = f"/rounds/{round.uuid}/session/"

    def choose(self, *codes: str, **more: str) -> None:
        sent = self.lead.post(self.address, {"codes": codes, **more})
        assert (sent.status_code, sent["Location"]) == (302, self.address)
        page = self.lead.get(self.address).content.decode()
        found = re.search(r"/screen/[\w-]+/", page)
        assert found, page
        self.wall_address, self.wall = found.group(), Client()

    def step(self, step: str) -> str:
        sent = self.wall.post(f"{self.wall_address}step/", {"step": step}, follow=True)
        return str(sent.content.decode())

    def wall_page(self) -> str:
        return str(self.wall.get(self.wall_address).content.decode())

    def device(self, at: int) -> Device:
        response = self.round.responses.order_by("sector", "tier", "pk")[at]
        return Device(granted(Client(), response), response)


class Device:
    def __init__(self, client: Client, response: Response) -> None:
        self.client, self.address = client, f"/response/{response.uuid}/session/"
        self.confirmation = f"/response/{response.uuid}/confirmation/"

    def page(self) -> str:
        return str(self.client.get(self.address).content.decode())

    def state(self) -> int:
        return int(self.client.get(f"{self.address}state/").json()["steps"])


@pytest.fixture
def room(round: Round, facilitator: Client) -> Room:  # noqa: F811
    return Room(round, facilitator)


def test_room_goes_from_private_answers_to_what_is_agreed(room: Room) -> None:
    page = room.lead.get(room.address).content.decode()
    assert page.index('value="TG2"') < page.index('value="PC1"')
    assert re.search(r'value="TG2"[^>]*checked', page)
    assert not re.search(r'value="PC1"[^>]*checked', page)
    room.choose("HC2", "TG2", second_answers="on")
    assert [item.code for item in room.round.session_items.all()] == ["TG2", "HC2"]
    people = [room.device(at) for at in range(6)]
    assert "To the joint session" in people[0].client.get(people[0].confirmation).content.decode()
    assert "Nothing is on the screen yet" in people[0].page()

    shown = room.step("next")
    assert "1 of 2" in shown
    assert not FIGURES.search(shown)
    asked = room.step("ask")
    assert "Answer once more, each on your own device" in asked
    before = people[0].state()
    for device in people:
        assert "Who sees this" in device.page()
        device.client.post(device.address, {"TG2": "2"})
    assert "Your second answer is stored" in people[0].page()
    assert not any(FIGURES.search(page) for page in (room.wall_page(), people[0].page()))

    revealed = room.step("reveal")

    assert people[0].state() > before
    for page in (revealed, people[0].page()):
        assert "6 people answered once more" in page
        assert "levels higher" not in page
    late = people[0].client.post(people[0].address, {"TG2": "4"})
    assert late.status_code == 409
    assert "It is too late for this answer" in late.content.decode()
    assert set(SessionAnswer.objects.values_list("value", flat=True)) == {2}
    room.step("time")
    assert "data-ends" in room.wall_page()
    assert "data-ends" not in room.step("no_time")

    outcome = f"{room.address}question/TG2/"
    sent = {"outcome": "agreed", "TG2": "3", "reason": "The decree says so"}
    assert room.lead.post(outcome, sent).status_code == 302
    assert "The decree says so" in room.lead.get(outcome).content.decode()
    assert "Agreed." in room.wall_page()
    room.step("next")
    assert "Social protection sees it 3.0 levels higher than Agriculture." in room.step("reveal")
    sent = {"outcome": "not_agreed", "reason": "One says 4, one says 1"}
    assert room.lead.post(f"{room.address}question/HC2/", sent).status_code == 302
    room.lead.post(f"{room.address}end/")
    room.lead.post(f"{room.address}end/")

    room.round.refresh_from_db()
    assert (room.round.result_that_counts.kind, room.round.results.count()) == ("agreed", 2)
    assert "The session has ended" in room.wall_page()
    assert "The session has ended" in people[0].page()
    report = room.lead.get(f"/rounds/{room.round.uuid}/report/").content.decode()
    for words in (
        "One says 4, one says 1",
        "The decree says so",
        "it talked about 2 questions",
        "Agreed: 1. Not agreed: 1.",
        "Neither side has signed this result yet.",
    ):
        assert words in report
    room.lead.post(f"{room.address}again/")
    assert not JointSession.objects.get().is_ended


def test_wall_moves_back_and_forth_and_ignores_what_is_out_of_date(room: Room) -> None:
    room.choose("TG2", "HC2")
    assert "2 of 2" in (room.step("next") and room.step("next"))
    assert "1 of 2" in room.step("before")
    assert "Everybody has answered alone" in room.step("before")
    for step in ("reveal", "ask", "anything"):
        assert "Everybody has answered alone" in room.step(step)
    room.step("next")
    assert "Ask once more" not in room.step("ask")
    room.lead.post(f"{room.address}end/")
    assert "The session has ended" in room.step("next")
    assert room.wall.get("/screen/another/").status_code == 404


def test_wall_shows_no_figure_that_is_none_to_show(room: Room) -> None:
    """In a browser that holds answers, or of a question that few answered."""
    room.choose("TG2", "PC1")
    room.step("next")
    room.step("reveal")
    holder = room.device(0).client

    page = holder.get(room.wall_address).content.decode()
    room.step("next")
    few = room.step("reveal")

    assert "Open the screen in another browser" in page
    assert not FIGURES.search(page)
    assert "Too few people answered this question" in few


def test_second_answers_are_shown_where_they_are_enough(room: Room) -> None:
    """Not knowing is counted among them."""
    room.choose("TG2", "HC2", second_answers="on")
    people = [room.device(at) for at in range(5)]

    def asked(code: str, *devices: Device, value: str = "dont_know") -> str:
        room.step("next")
        room.step("ask")
        for device in devices:
            device.client.post(device.address, {code: value})
        return room.step("reveal")

    few = asked("TG2", people[0])
    enough = asked("HC2", *people)

    assert "Too few people answered once more" in few
    assert "levels higher" in few
    assert "5 people answered once more" in enough
    assert "I do not know" in enough


def test_second_answer_that_cannot_be_read_or_is_late_is_said_in_words(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Late is what comes while the wall reveals."""
    room.choose("TG2", second_answers="on")
    room.step("next")
    room.step("ask")
    device = room.device(0)

    def outcome(sent: dict[str, str], sentence: str) -> tuple[int, bool]:
        page = device.client.post(device.address, sent)
        return page.status_code, sentence in page.content.decode()

    def revealed(**asked: object) -> None:
        raise NotAsked

    unread = [outcome(sent, 'class="error"') for sent in ({"TG2": "9"}, {})]
    monkeypatch.setattr(own_device, "answer_again", revealed)

    assert unread == [(422, True)] * 2
    assert outcome({"TG2": "2"}, "It is too late for this answer") == (409, True)
    assert not SessionAnswer.objects.exists()


def test_outcome_waits_for_the_room_and_is_refused_where_it_says_nothing(room: Room) -> None:
    """What was typed is kept, and what was not agreed stands in its form again."""
    room.choose("TG2")
    agreed = {"outcome": "agreed", "reason": "Our words"}
    apart = {"outcome": "not_agreed", "reason": "One says 4, one says 1"}
    not_chosen = "Choose the answer that the room agreed on."
    table: list[tuple[dict[str, str], str]] = [
        ({"reason": "Our words"}, "Say whether the room agreed."),
        (agreed, not_chosen),
        (agreed | {"TG2": "dont_know"}, not_chosen),
        (agreed | {"TG2": "9"}, "Choose one of the answers listed"),
        ({"outcome": "not_agreed"}, "Write down both positions in a sentence each."),
        ({"outcome": "not_agreed", "reason": "x" * 5_001}, "1 character too long"),
    ]

    def outcome(sent: dict[str, str], sentence: str) -> tuple[int, list[str]]:
        page = room.lead.post(f"{room.address}question/TG2/", sent)
        said = (sentence, sent.get("reason", ""))
        return page.status_code, [words for words in said if words not in page.content.decode()]

    early = outcome(agreed | {"TG2": "3"}, "the room has not seen the answers")
    room.step("next")
    room.step("reveal")

    assert early == (409, [])
    assert [(sent, outcome(sent, sentence)) for sent, sentence in table] == [
        (sent, (422, [])) for sent, _ in table
    ]
    assert not AgreedAnswer.objects.exists()
    assert room.lead.get(f"{room.address}question/PC1/").status_code == 404
    room.lead.post(f"{room.address}question/TG2/", apart)
    page = room.lead.get(f"{room.address}question/TG2/").content.decode()
    assert re.search(r'value="not_agreed"[^>]*checked', page)
    assert apart["reason"] in page


def test_questions_are_chosen_again_until_something_is_shown(room: Room) -> None:
    nothing = room.lead.post(room.address, {})
    assert nothing.status_code == 422
    assert "Choose at least one question" in nothing.content.decode()
    room.choose("TG2", "PC1")
    page = room.lead.get(f"{room.address}?choose=1").content.decode()
    assert re.search(r'value="PC1"[^>]*checked', page)
    room.step("next")
    room.step("reveal")

    refused = room.lead.post(room.address, {"codes": ["HC2"]})

    assert refused.status_code == 409
    assert "its questions stay as they are" in refused.content.decode()
    assert SessionItem.objects.count() == 2


def test_session_needs_the_promise_and_something_to_look_at(
    edition: Edition,
    organisation: Organisation,  # noqa: F811
    facilitator: Client,  # noqa: F811
) -> None:
    made = closed_round(edition, owner=organisation, promise={})
    few = opened_round(edition, promise={"round_result": True})
    few.scheme.owner = organisation
    few.scheme.save()
    take_part(few, EVERYBODY[:2])
    close_round(round=few, now=NOW)

    said = [facilitator.get(f"/rounds/{one.uuid}/session/").content.decode() for one in (made, few)]

    assert "That was not promised to them before they answered" in said[0]
    assert "Too few people answered for a result to be shown" in said[1]
    assert not JointSession.objects.exists()
    assert facilitator.post(f"/rounds/{made.uuid}/session/end/").status_code == 404
    device = Room(made, facilitator).device(0)
    assert device.client.get(device.address).status_code == 404
