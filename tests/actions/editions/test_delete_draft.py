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
from tests.tables import raised


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


def test_edition_that_has_to_stay_stays_without_an_entry(
    edition: Edition, draft: Edition, maria: User
) -> None:
    ResponseFactory(edition=draft)

    for stays, refusal in ((draft, DraftHasResponses), (edition, NotADraft)):
        raised(refusal, delete_draft, edition=stays, reason="A trial.", user=maria)

    assert not LogEntry.objects.exists()
