"""What becomes of a file that somebody uploads: rows of the database, and no file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from assessment.interchange.toml_files import to_zip
from assessment.models import Logo, Organisation, Upload
from assessment.models.organisations import Duty
from tests.actions.rounds.round_steps import draft_round
from tests.admin.edition_pages import page
from tests.admin.small_bank import make_edition
from tests.admin.test_site import png
from tests.factories import NOW
from tests.web.rounds.conftest import member

if TYPE_CHECKING:
    from assessment.models import Edition

RUNS = b"<?php system($_GET['c']); ?>"
"""What some server somewhere would run."""


@pytest.fixture
def maria(edition: Edition) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("maria"))
    return client


@pytest.fixture
def folders(tmp_path: Path, settings: Settings) -> Path:
    """All that the site may write to or serve from, empty."""
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT.mkdir()
    return tmp_path


def upload_logo(maria: Client) -> None:
    file = SimpleUploadedFile("logo.php", png() + RUNS)
    maria.post(
        reverse("admin:assessment_logo_add"),
        {"position": 1, "alternative": "Ministry", "file": file},
    )


def upload_bank(maria: Client) -> None:
    draft = make_edition("Second edition")
    file = SimpleUploadedFile("bank.zip", to_zip(draft.instrument()))
    maria.post(page("import", draft), {"file": file})


def upload_people(edition: Edition) -> str:
    organisation = Organisation.objects.create(name="Planning Unit", created_at=NOW)
    round = draft_round(edition)
    round.scheme.owner = organisation
    round.scheme.save()
    file = SimpleUploadedFile("people.csv", b"Ana;ana@ministry.gob.pe;MIDAGRI;Agriculture;Local\n")
    facilitator = member(organisation, "fatou", Duty.FACILITATOR)
    answer = facilitator.post(f"/rounds/{round.uuid}/people/", {"people": "", "file": file})
    return answer.content.decode()


def test_uploads_stand_in_no_folder_and_come_back_as_what_the_site_drew(
    maria: Client, edition: Edition, folders: Path
) -> None:
    """Each was taken, or this would show nothing."""
    upload_logo(maria)
    upload_bank(maria)
    people = upload_people(edition)

    assert (Logo.objects.count(), Upload.objects.count()) == (1, 1)
    assert "1 person can be invited" in people
    assert [file.name for file in folders.rglob("*") if file.is_file()] == []
    assert default_storage.listdir("") == ([], [])
    logo = Client().get(reverse("logo", args=[Logo.objects.get().digest]))
    headers = [logo.headers[name] for name in ("Content-Type", "X-Content-Type-Options")]
    assert headers == ["image/png", "nosniff"]
    assert RUNS not in logo.content
