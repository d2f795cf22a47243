from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Response, Round
from tests.factories import SeatFactory, answered
from tests.seeds_once import seeds
from tests.web.conftest import granted

pytestmark = pytest.mark.django_db


def look(client: Client, response: Response, section: str = "tg") -> str:
    """The words of the page."""
    address = reverse("first_look", args=[response.uuid, section])
    return " ".join(client.get(address).content.decode().split())


def test_first_look_says_how_much_is_known(holder: Client, response: Response) -> None:
    answered(
        response, TG1=1, TG2=1, PC1=3, PC2=3, PC3=3, PC4=3, PC5=3, SC1="dont_know", SC2="dont_know"
    )
    list_page = " ".join(
        holder.get(reverse("tasks", args=[response.uuid])).content.decode().split()
    )

    indication, settled, unknown = (look(holder, response, s) for s in ("tg", "pc", "sc"))

    assert "<h2>Points low</h2>" in indication
    assert "enough for a direction, not for a level" in indication
    assert "Answer the 4 other questions here first" in indication
    assert "<h2>Established 75</h2>" in settled
    assert "These answers are enough for a level" in settled
    assert "other question" not in settled
    assert "Nothing here can be counted yet" in unknown
    assert [
        words in list_page
        for words in (
            "First look: Points low, an indication from 2 questions",
            "First look: Established 75",
            "First look: Nothing can be said yet",
        )
    ] == [True] * 3


def test_first_look_waits_for_the_core_questions(holder: Client, response: Response) -> None:
    """The page of the subject behind it offers it then."""
    address = reverse("first_look", args=[response.uuid, "tg"])
    following = reverse("page", args=[response.uuid, "bi"])
    answered(response, TG1=1)

    waiting = holder.get(address)["Location"], address in holder.get(following).content.decode()
    answered(response, TG2=1)

    assert waiting == (reverse("page", args=[response.uuid, "tg"]), False)
    assert address in holder.get(following).content.decode()
    outside = [reverse("first_look", args=[response.uuid, s]) for s in ("profile", "nothing")]
    assert [holder.get(address).status_code for address in outside] == [302, 404]


def test_among_several_a_first_look_is_given_where_results_are(client: Client) -> None:
    seat = SeatFactory()
    asked = [
        q.code for q in seeds().questions_of["TG"] if q.core and q.routed_to(seat.tier, seat.sector)
    ]
    answered(seat, **dict.fromkeys(asked, 1))
    device = granted(client, seat)
    address = reverse("first_look", args=[seat.uuid, "tg"])

    withheld = device.get(address).status_code
    seat.round.promise["own_result"] = True
    Round.objects.filter(pk=seat.round_id).update(promise=seat.round.promise)

    assert (withheld, device.get(address).status_code) == (302, 200)
