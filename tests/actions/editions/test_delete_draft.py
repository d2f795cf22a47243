"""A draft goes with everything in it, and with an entry that says who deleted it and why."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry as HistoryEntry
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from assessment.actions.editions.delete_draft import DraftHasResponses, delete_draft, part_counts
from assessment.actions.editions.start_draft import start_draft
from assessment.models import Edition, Question, Translation
from assessment.models.editions import NotADraft
from tests.factories import NOW, ResponseFactory


@pytest.fixture
def maria(db: None) -> User:
    return User.objects.create_user("maria")


@pytest.fixture
def draft(edition: Edition) -> Edition:
    return start_draft(edition=edition, now=NOW)


def test_draft_goes_with_everything_in_it(edition: Edition, draft: Edition, maria: User) -> None:
    before = part_counts(edition)
    HistoryEntry.objects.all().delete()

    delete_draft(edition=draft, reason="A trial.", user=maria)

    assert list(Edition.objects.all()) == [edition]
    assert part_counts(edition) == before
    assert not Question.objects.exclude(edition=edition).exists()
    assert not Translation.objects.exclude(edition=edition).exists()
    assert {entry.content_type.model for entry in HistoryEntry.objects.all()} == {"edition"}


def test_entry_says_who_deleted_it_and_why(draft: Edition, maria: User) -> None:
    key, name = str(draft.pk), str(draft)
    loss = ", ".join(f"{model}: {number}" for model, number in part_counts(draft).items())

    delete_draft(edition=draft, reason="A trial.", user=maria)

    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.object_repr) == (maria, key, name)
    assert entry.change_message == f"Deleted ({loss}): A trial."


def test_draft_with_responses_stays_without_an_entry(draft: Edition, maria: User) -> None:
    ResponseFactory(edition=draft)

    with pytest.raises(DraftHasResponses):
        delete_draft(edition=draft, reason="A trial.", user=maria)

    assert not LogEntry.objects.exists()


def test_published_edition_stays_without_an_entry(edition: Edition, maria: User) -> None:
    with pytest.raises(NotADraft):
        delete_draft(edition=edition, reason="A trial.", user=maria)

    assert not LogEntry.objects.exists()
