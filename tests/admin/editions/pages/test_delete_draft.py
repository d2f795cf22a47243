"""A whole draft is deleted only by somebody who says which one and why."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.test import Client
from django.urls import reverse

from assessment.models import Edition, Question
from tests.admin.edition_pages import page
from tests.factories import ResponseFactory


def send(client: Client, draft: Edition, **change: Any) -> Any:
    return client.post(page("delete", draft), {"number": draft.pk, "reason": "A trial."} | change)


def test_page_says_what_is_lost_and_which_draft(maria: Client, draft: Edition) -> None:
    response = maria.get(page("delete", draft))

    assert response.context["loss"] == {
        "rules": 1,
        "cases": 1,
        "questions": 3,
        "findings": 3,
        "dimensions": 2,
        "sources": 1,
        "regions": 1,
    }
    assert f"This is draft number <strong>{draft.pk}</strong>." in response.content.decode()


def test_draft_is_deleted_with_everything_in_it(
    maria: Client, draft: Edition, published: Edition
) -> None:
    response = send(maria, draft)

    assert response.headers["Location"] == reverse("admin:assessment_edition_changelist")
    assert list(Edition.objects.all()) == [published]
    assert set(Question.objects.values_list("edition", flat=True)) == {published.pk}


def test_deletion_is_kept_with_its_reason(maria: Client, draft: Edition) -> None:
    number, name = str(draft.pk), str(draft)

    send(maria, draft)

    entry = LogEntry.objects.get(action_flag=DELETION)
    assert (entry.user.username, entry.object_id, entry.object_repr) == ("maria", number, name)
    assert entry.change_message == (
        "Deleted (rules: 1, cases: 1, questions: 3, findings: 3, dimensions: 2, sources: 1, "
        "regions: 1): A trial."
    )


def test_deletion_without_number_or_reason_is_refused(maria: Client, draft: Edition) -> None:
    table: list[tuple[dict[str, Any], str, str]] = [
        ({"number": 0}, "number", "This is not the number of this draft."),
        ({"number": ""}, "number", "This field is required."),
        ({"number": "9" * 40}, "number", "Ensure this value is less than or equal to"),
        ({"reason": " "}, "reason", "This field is required."),
    ]

    def outcome(change: dict[str, Any], field: str, message: str) -> object:
        form = send(maria, draft, **change).context["form"]
        return form.errors[field][0].startswith(message), list(Edition.objects.all())

    assert [outcome(change, field, message) for change, field, message in table] == [
        (True, [draft])
    ] * len(table)


def test_draft_with_responses_is_kept(maria: Client, draft: Edition) -> None:
    ResponseFactory(edition=draft)

    response = send(maria, draft)

    assert "1 response stands on this draft" in response.content.decode()
    assert list(Edition.objects.all()) == [draft]


def test_published_edition_is_not_deleted(maria: Client, published: Edition) -> None:
    assert send(maria, published).status_code == 403


def test_strange_key_is_refused(maria: Client, draft: Edition) -> None:
    table: list[tuple[str, int]] = [("999", 403), ("9" * 40, 403), ("abc", 403)]

    assert [
        (key, maria.get(f"/admin/assessment/edition/{key}/delete/").status_code) for key, _ in table
    ] == table


def test_draft_without_parts_says_so(maria: Client, draft: Edition) -> None:
    empty = Edition.objects.create(name="E", scale={}, created_at=draft.created_at)

    assert "Nothing: the draft is empty." in maria.get(page("delete", empty)).content.decode()
