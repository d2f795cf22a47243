from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from assessment.actions.editions.uploads import UPLOAD_LIFETIME, store_upload, upload_for
from assessment.models import Edition, Upload
from tests.factories import NOW

pytestmark = pytest.mark.django_db

LATE = NOW + UPLOAD_LIFETIME + timedelta(seconds=1)


@pytest.fixture
def maria(db: None) -> User:
    return User.objects.create_user("maria")


@pytest.fixture
def upload(maria: User, edition: Edition) -> Upload:
    return store_upload(user=maria, edition=edition, name="bank.zip", content=b"x", now=NOW)


def test_file_is_there_for_its_person_within_its_hour(
    maria: User, edition: Edition, upload: Upload
) -> None:
    rosa = User.objects.create_user("rosa")
    other = Edition.objects.create(name="Another", scale={}, created_at=NOW)
    table: dict[str, tuple[dict[str, Any], Upload | None]] = {
        "hers": ({}, upload),
        "within its hour": ({"now": NOW + UPLOAD_LIFETIME}, upload),
        "of somebody else": ({"user": rosa}, None),
        "of another edition": ({"edition": other}, None),
        "unknown": ({"key": uuid4()}, None),
        "too late": ({"now": LATE}, None),
    }
    hers: dict[str, Any] = {"user": maria, "edition": edition, "key": upload.pk, "now": NOW}

    assert {name: upload_for(**hers | changes) for name, (changes, _found) in table.items()} == {
        name: found for name, (_changes, found) in table.items()
    }
    upload.refresh_from_db()
    assert (bytes(upload.content), str(upload)) == (b"x", f"bank.zip ({upload.pk})")


def test_next_file_takes_the_place_of_hers_and_of_old_ones(
    maria: User, edition: Edition, upload: Upload
) -> None:
    rosa = User.objects.create_user("rosa")

    def left_after(user: User, now: datetime) -> list[tuple[str, str]]:
        store_upload(user=user, edition=edition, name="b.zip", content=b"y", now=now)
        return sorted(Upload.objects.values_list("user__username", "name"))

    assert left_after(rosa, NOW) == [("maria", "bank.zip"), ("rosa", "b.zip")]
    assert left_after(maria, NOW) == [("maria", "b.zip"), ("rosa", "b.zip")]
    assert left_after(rosa, LATE) == [("rosa", "b.zip")]
