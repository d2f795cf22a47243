from __future__ import annotations

import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client

from assessment.models import Edition
from tests.actions.history_sentences import sentences_of
from tests.admin.edition_pages import page
from tests.admin.small_bank import NOW, freeze, make_edition


def test_newest_edition_is_withdrawn_with_its_reason_and_gives_way_to_the_newest_left(
    maria: Client, published: Edition
) -> None:
    newer = freeze(make_edition("Newer"), number=2)
    html = maria.get(page("withdraw", newer)).content.decode().replace("&quot;", '"')
    assert f"New responses will start on “{published}”" in html
    of_older = maria.get(page("withdraw", published)).content.decode()
    assert "New responses start on another edition already" in of_older

    with time_machine.travel(NOW, tick=False):
        response = maria.post(page("withdraw", newer), {"reason": "Published by mistake."})

    assert response.headers["Location"] == page("change", newer)
    newer.refresh_from_db()
    reason = "Published by mistake."
    assert (newer.state, newer.withdrawn_at, newer.withdrawn_reason) == ("retired", NOW, reason)
    assert Edition.objects.current() == published
    assert LogEntry.objects.latest("pk").get_change_message() == f"Withdrawn: {reason}"
    assert sentences_of(newer)[-1] == f"Withdrawn: {reason}"
    assert reason in maria.get(page("change", newer)).content.decode()


def test_only_edition_is_withdrawn_after_a_warning(maria: Client, published: Edition) -> None:
    html = maria.get(page("withdraw", published)).content.decode()
    assert "This is the only published edition." in html

    maria.post(page("withdraw", published), {"reason": "Wrong."})

    assert Edition.objects.current() is None
    assert "No questions yet" in maria.get("/").content.decode()


def test_withdrawal_is_of_a_published_edition_and_needs_a_reason(
    maria: Client, published: Edition
) -> None:
    table = {
        "": "This field is required.",
        "a\1b": "The text contains a character that cannot be kept",
        "x" * 1001: "The text may have at most 1000 characters.",
    }

    def told(reason: str) -> list[str]:
        html = maria.post(page("withdraw", published), {"reason": reason}).content.decode()
        return [message for message in table.values() if message in html]

    assert {reason: told(reason) for reason in table} == {
        reason: [message] for reason, message in table.items()
    }
    draft = make_edition("Draft")
    for send in (maria.get, maria.post):
        response = send(page("withdraw", draft), {"reason": "Wrong."})
        assert response.headers["Location"] == page("change", draft)
    assert set(Edition.objects.values_list("state", flat=True)) == {"published", "draft"}
