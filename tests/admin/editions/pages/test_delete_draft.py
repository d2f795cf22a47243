"""A whole draft is deleted only by somebody who says which one and why."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.test import Client
from django.urls import reverse

from assessment.admin.core.bad_requests import LARGEST_ID
from assessment.models import Edition, Question
from tests.admin.edition_pages import page
from tests.admin.small_bank import freeze, make_edition
from tests.factories import ResponseFactory

TOO_LARGE = f"Ensure this value is less than or equal to {LARGEST_ID}."


def send(client: Client, draft: Edition, **change: Any) -> Any:
    return client.post(page("delete", draft), {"number": draft.pk, "reason": "A trial."} | change)


def test_draft_is_deleted_with_all_that_the_page_named_and_the_reason_is_kept(
    maria: Client, draft: Edition, published: Edition
) -> None:
    number, name = str(draft.pk), str(draft)
    asked = maria.get(page("delete", draft))

    response = send(maria, draft)

    loss = {
        "rules": 1,
        "cases": 1,
        "questions": 3,
        "findings": 3,
        "dimensions": 2,
        "sources": 1,
        "regions": 1,
    }
    assert asked.context["loss"] == loss
    assert f"This is draft number <strong>{number}</strong>." in asked.content.decode()
    assert response.headers["Location"] == reverse("admin:assessment_edition_changelist")
    assert list(Edition.objects.all()) == [published]
    assert set(Question.objects.values_list("edition", flat=True)) == {published.pk}
    entry = LogEntry.objects.get(action_flag=DELETION)
    assert (entry.user.username, entry.object_id, entry.object_repr) == ("maria", number, name)
    told = ", ".join(f"{parts}: {count}" for parts, count in loss.items())
    assert entry.change_message == f"Deleted ({told}): A trial."


def test_deletion_without_number_or_reason_is_refused(maria: Client, draft: Edition) -> None:
    table: list[tuple[dict[str, Any], dict[str, list[str]]]] = [
        ({"number": 0}, {"number": ["This is not the number of this draft."]}),
        ({"number": ""}, {"number": ["This field is required."]}),
        ({"number": "9" * 40}, {"number": [TOO_LARGE]}),
        ({"reason": " "}, {"reason": ["This field is required."]}),
    ]

    def refusal(change: dict[str, Any]) -> dict[str, list[str]]:
        errors = send(maria, draft, **change).context["form"].errors
        return {field: list(found) for field, found in errors.items()}

    assert [(change, refusal(change)) for change, _errors in table] == table
    assert list(Edition.objects.all()) == [draft]


def test_edition_that_has_to_stay_is_kept_and_a_draft_without_parts_loses_nothing(
    maria: Client, draft: Edition
) -> None:
    published = freeze(make_edition("First edition"))
    ResponseFactory(edition=draft)
    keys = (published.pk, "999", "9" * 40, "abc")

    answered = send(maria, draft).content.decode()

    assert "1 response stands on this draft" in answered
    assert send(maria, published).status_code == 403
    assert {
        key: maria.get(f"/admin/assessment/edition/{key}/delete/").status_code for key in keys
    } == dict.fromkeys(keys, 403)
    assert set(Edition.objects.all()) == {draft, published}
    empty = Edition.objects.create(name="E", scale={}, created_at=draft.created_at)
    assert "Nothing: the draft is empty." in maria.get(page("delete", empty)).content.decode()
