from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from assessment.actions.editions.uploads import UPLOAD_LIFETIME, store_upload, upload_for
from assessment.models import Edition, Upload
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria(db: None) -> User:
    return User.objects.create_user("maria")


@pytest.fixture
def upload(maria: User, edition: Edition) -> Upload:
    return store_upload(user=maria, edition=edition, name="bank.zip", content=b"x", now=NOW)


def test_file_is_found_by_its_person(maria: User, edition: Edition, upload: Upload) -> None:
    found = upload_for(user=maria, edition=edition, key=upload.pk, now=NOW)

    assert found is not None
    assert bytes(found.content) == b"x"
    assert str(found) == f"bank.zip ({upload.pk})"


def test_file_is_not_there_for_others_or_later(
    maria: User, edition: Edition, upload: Upload
) -> None:
    rosa = User.objects.create_user("rosa")
    late = NOW + UPLOAD_LIFETIME + timedelta(seconds=1)

    assert upload_for(user=rosa, edition=edition, key=upload.pk, now=NOW) is None
    assert upload_for(user=maria, edition=edition, key=uuid4(), now=NOW) is None
    assert upload_for(user=maria, edition=edition, key=upload.pk, now=late) is None


def test_only_the_last_file_is_kept(maria: User, edition: Edition, upload: Upload) -> None:
    last = store_upload(user=maria, edition=edition, name="b.zip", content=b"y", now=NOW)

    assert list(Upload.objects.all()) == [last]


def test_old_file_of_somebody_else_is_thrown_away(edition: Edition, upload: Upload) -> None:
    rosa = User.objects.create_user("rosa")
    late = NOW + UPLOAD_LIFETIME + timedelta(seconds=1)

    last = store_upload(user=rosa, edition=edition, name="b.zip", content=b"y", now=late)

    assert list(Upload.objects.all()) == [last]
