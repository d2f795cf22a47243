from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.test import Client

from assessment.models import Edition
from tests.admin.edition_pages import page
from tests.admin.small_bank import freeze, make_edition


def test_edition_is_withdrawn_with_its_reason(maria: Client, published: Edition) -> None:
    newer = freeze(make_edition("Newer"), number=2)
    assert f"New responses will start on “{published}”" in maria.get(
        page("withdraw", newer)
    ).content.decode().replace("&quot;", '"')

    response = maria.post(page("withdraw", newer), {"reason": "Published by mistake."})

    assert response.headers["Location"] == page("change", newer)
    newer.refresh_from_db()
    assert (newer.state, newer.withdrawn_reason) == ("retired", "Published by mistake.")
    assert Edition.objects.current() == published
    assert LogEntry.objects.latest("pk").get_change_message() == "Withdrawn: Published by mistake."
    assert "Published by mistake." in maria.get(page("change", newer)).content.decode()


def test_only_edition_is_withdrawn_after_a_warning(maria: Client, published: Edition) -> None:
    html = maria.get(page("withdraw", published)).content.decode()
    assert "This is the only published edition." in html

    maria.post(page("withdraw", published), {"reason": "Wrong."})

    assert Edition.objects.current() is None
    assert "No questions yet" in maria.get("/").content.decode()


def test_older_edition_changes_nothing_for_new_responses(maria: Client, published: Edition) -> None:
    freeze(make_edition("Newer"), number=2)

    html = maria.get(page("withdraw", published)).content.decode()

    assert "New responses start on another edition already" in html


def test_withdrawal_needs_a_reason(maria: Client, published: Edition) -> None:
    table: list[tuple[str, str]] = [
        ("", "This field is required."),
        ("a\1b", "The text contains a character that cannot be kept"),
        ("x" * 1001, "The text may have at most 1000 characters."),
    ]

    def outcome(reason: str, message: str) -> object:
        response = maria.post(page("withdraw", published), {"reason": reason})
        return message in response.content.decode(), Edition.objects.current()

    assert [outcome(reason, message) for reason, message in table] == [(True, published)] * len(
        table
    )


def test_draft_is_not_withdrawn(maria: Client, draft: Edition) -> None:
    for response in (
        maria.get(page("withdraw", draft)),
        maria.post(page("withdraw", draft), {"reason": "Wrong."}),
    ):
        assert response.headers["Location"] == page("change", draft)
    draft.refresh_from_db()
    assert draft.is_draft
