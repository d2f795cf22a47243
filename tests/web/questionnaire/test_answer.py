from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import Answer, Response
from tests.factories import answered
from tests.web.conftest import granted

pytestmark = pytest.mark.django_db


def send(client: Client, response: Response, code: str = "TG2", **values: Any) -> Any:
    fields = {name.replace("_", "-"): value for name, value in values.items()}
    return client.post(reverse("answer", args=[response.uuid, code]), fields)


def test_answer_is_saved_at_once(holder: Client, response: Response) -> None:
    answer = send(holder, response, TG2="3", TG2_note="Since 2024", TG2_revision="0")

    reply = answer.json()
    stored = Answer.objects.get(response=response)
    assert answer.status_code == 200
    assert (reply["status"], reply["revision"].split(".")[0]) == ("saved", "1")
    assert {code for code, shown in reply["shown"].items() if not shown} == {"TG7", "TG8"}
    assert (stored.value, stored.note) == (3, "Since 2024")


def test_receipt_carries_the_revision_of_the_next_save(holder: Client, response: Response) -> None:
    first = send(holder, response, TG2="3", TG2_revision="0").json()

    second = send(holder, response, TG2="4", TG2_revision=first["revision"]).json()

    assert second["revision"].split(".")[0] == "2"
    assert Answer.objects.get().value == 4


def test_receipt_tells_what_is_shown_now(holder: Client, response: Response) -> None:
    reply = send(holder, response, "BI5", BI5="0", BI5_revision="0").json()

    assert reply["shown"]["BI6"] is False


def test_several_values_are_saved(holder: Client, response: Response) -> None:
    send(holder, response, "HC3", HC3=["named_body", "meets_by_schedule"], HC3_revision="0")

    assert Answer.objects.get().value == ["meets_by_schedule", "named_body"]


def test_note_alone_is_saved(holder: Client, response: Response) -> None:
    reply = send(holder, response, TG2_note="Ask the registry", TG2_revision="0").json()

    stored = Answer.objects.get()
    assert (stored.status, stored.note) == ("", "Ask the registry")
    assert reply["revision"].split(".")[0] == "1"


def test_answer_can_be_taken_back(holder: Client, response: Response) -> None:
    first = send(holder, response, "HC3", HC3=["named_body"], HC3_revision="0").json()

    send(holder, response, "HC3", HC3_note="", HC3_revision=first["revision"])

    assert Answer.objects.get().status == ""


def test_same_answer_again_changes_nothing(holder: Client, response: Response) -> None:
    send(holder, response, TG2="3", TG2_revision="0")

    reply = send(holder, response, TG2="3", TG2_revision="0").json()

    assert reply["status"] == "saved"
    assert Answer.objects.get().revision == 1


def test_stale_answer_is_refused_with_the_newer_one(holder: Client, response: Response) -> None:
    answered(response, TG2=2)
    Answer.objects.update(note="Theirs", revision=2)

    answer = send(holder, response, TG2="4", TG2_revision="1")

    reply = answer.json()
    assert answer.status_code == 409
    assert reply["status"] == "conflict"
    assert (reply["value"], reply["note"]) == (["2"], "Theirs")
    assert "common criteria" in reply["text"]
    assert reply["words"]["mine"] == "Keep mine"
    kept = send(holder, response, TG2="4", TG2_revision=reply["revision"])
    assert kept.status_code == 200


def test_wrong_answer_is_refused_in_words(holder: Client, response: Response) -> None:
    table: list[dict[str, Any]] = [
        {"TG2": "9"},
        {"TG2": "3", "TG2_note": "x" * 5001},
        {"TG2": "3", "TG2_note": "a\0b"},
        {"TG2": ["3", "dont_know"]},
    ]

    for values in table:
        answer = send(holder, response, TG2_revision="0", **values)

        assert (answer.status_code, len(answer.json()["errors"])) == (422, 1)
        assert not Answer.objects.exists()


def test_half_a_character_is_told_and_not_replaced(holder: Client, response: Response) -> None:
    body = "TG2=3&TG2-note=a%ED%A0%80b&TG2-revision=0"
    address = reverse("answer", args=[response.uuid, "TG2"])

    answer = holder.post(address, body, content_type="application/x-www-form-urlencoded")

    assert (answer.status_code, Answer.objects.exists()) == (422, False)


def test_unknown_question_is_named(holder: Client, response: Response) -> None:
    table: list[str] = ["XX9", "P1", "tg2"]

    def outcome(code: str) -> object:
        answer = send(holder, response, code)
        return answer.status_code, answer.json()["errors"]

    assert [outcome(code) for code in table] == [
        (404, [f"There is no question {code}."]) for code in table
    ]


def test_device_without_grant_is_told(client: Client, response: Response) -> None:
    answer = send(client, response, TG2="3")

    assert answer.status_code == 404
    assert answer.json()["status"] == "ended"


def test_closed_response_is_told(client: Client, submitted: Response) -> None:
    answer = send(granted(client, submitted), submitted, TG2="4")

    assert answer.status_code == 410
    assert answer.json()["status"] == "closed"
