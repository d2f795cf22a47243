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


def test_answer_is_saved_at_once_and_its_receipt_serves_the_next(
    holder: Client, response: Response
) -> None:
    """It tells what is shown now; the same again changes nothing."""
    note = {"TG2_note": "Ask the registry"}
    first = send(holder, response, **note, TG2_revision="0").json()
    noted = Answer.objects.get().status, Answer.objects.get().note
    saved = [
        send(holder, response, TG2=level, TG2_note="Since 2024", TG2_revision=first["revision"])
        for level in "33"
    ]
    newest = {"TG2_note": "Since 2024", "TG2_revision": saved[1].json()["revision"]}
    last = send(holder, response, TG2="4", **newest).json()
    hides = send(holder, response, "BI5", BI5="0", BI5_revision="0").json()["shown"]

    replies = [first, *(one.json() for one in saved), last]
    assert noted == ("", "Ask the registry")
    assert [(one["status"], one["revision"].split(".")[0]) for one in replies] == [
        ("saved", revision) for revision in "1223"
    ]
    stored = Answer.objects.get(code="TG2")
    assert (stored.value, stored.note, stored.revision) == (4, "Since 2024", 3)
    assert {code for code, shown in last["shown"].items() if not shown} == {"TG7", "TG8"}
    assert hides["BI6"] is False


def test_several_values_are_saved_and_taken_back(holder: Client, response: Response) -> None:
    chosen = ["named_body", "meets_by_schedule"]
    first = send(holder, response, "HC3", HC3=chosen, HC3_revision="0").json()
    stored = Answer.objects.get().value

    send(holder, response, "HC3", HC3_note="", HC3_revision=first["revision"])

    assert (stored, Answer.objects.get().status) == (["meets_by_schedule", "named_body"], "")


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
    """Half a character is told and not replaced."""
    half = "TG2=3&TG2-note=a%ED%A0%80b&TG2-revision=0"
    table: dict[str, dict[str, Any] | str] = {
        "no answer": {"TG2": "9"},
        "long": {"TG2": "3", "TG2_note": "x" * 5001},
        "not kept": {"TG2": "3", "TG2_note": "a\0b"},
        "both": {"TG2": ["3", "dont_know"]},
        "half": half,
    }

    def outcome(given: dict[str, Any] | str) -> tuple[int, int]:
        if isinstance(given, str):
            address = reverse("answer", args=[response.uuid, "TG2"])
            kind = "application/x-www-form-urlencoded"
            answer = holder.post(address, given, content_type=kind)
        else:
            answer = send(holder, response, TG2_revision="0", **given)
        return answer.status_code, len(answer.json()["errors"])

    assert {case: outcome(given) for case, given in table.items()} == dict.fromkeys(table, (422, 1))
    assert not Answer.objects.exists()


def test_unknown_question_is_named(holder: Client, response: Response) -> None:
    table: list[str] = ["XX9", "P1", "tg2"]

    def outcome(code: str) -> object:
        answer = send(holder, response, code)
        return answer.status_code, answer.json()["errors"]

    assert [outcome(code) for code in table] == [
        (404, [f"There is no question {code}."]) for code in table
    ]


def test_device_without_grant_and_closed_response_are_told(
    client: Client, submitted: Response
) -> None:
    ended = send(client, submitted, TG2="4")
    closed = send(granted(client, submitted), submitted, TG2="4")

    assert [(one.status_code, one.json()["status"]) for one in (ended, closed)] == [
        (404, "ended"),
        (410, "closed"),
    ]
