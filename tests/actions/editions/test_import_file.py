"""An uploaded file is imported once, whole, with its sentence in the history."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from assessment.actions.editions.import_bank import ChangedMeanwhile
from assessment.actions.editions.import_file import UploadGone, import_upload
from assessment.actions.editions.start_draft import start_draft
from assessment.actions.editions.uploads import store_upload
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.models import Edition, Term, Upload
from tests.actions.history_sentences import sentences_of
from tests.factories import NOW
from tests.interchange.bank_files import with_part

pytestmark = pytest.mark.no_cover


@pytest.fixture
def draft(edition: Edition) -> Edition:
    return start_draft(edition=edition, now=NOW)


@pytest.fixture
def upload(draft: Edition) -> Upload:
    maria = User.objects.create_user("maria")
    content = to_zip(with_part("terms", "arrangement", text="In new words."))
    return store_upload(user=maria, edition=draft, name="bank.zip", content=content, now=NOW)


def imported(upload: Upload, into: Edition | None, seen: str = "") -> Edition:
    bank = from_zip(bytes(upload.content))
    return import_upload(upload=upload, bank=bank, into=into, seen=seen, now=NOW)


def wording(edition: Edition) -> str:
    return Term.objects.get(edition=edition, code="arrangement").text


def test_file_is_imported_into_its_draft(draft: Edition, upload: Upload) -> None:
    assert imported(upload, draft) == draft
    assert wording(draft) == "In new words."
    assert sentences_of(draft)[-1] == "Imported from the file bank.zip."
    assert not Upload.objects.exists()


def test_file_becomes_a_new_draft(draft: Edition, upload: Upload) -> None:
    new = imported(upload, None)

    assert new.started_from == draft
    assert wording(new) == "In new words."
    assert wording(draft) != "In new words."
    assert sentences_of(new)[0] == "Started from another edition."
    assert sentences_of(new)[-1] == "Imported from the file bank.zip."


def test_second_import_of_a_file_finds_it_gone(draft: Edition, upload: Upload) -> None:
    imported(upload, None)
    before = Edition.objects.count()

    with pytest.raises(UploadGone):
        imported(upload, None)

    assert Edition.objects.count() == before


def test_refused_import_leaves_the_file(draft: Edition, upload: Upload) -> None:
    with pytest.raises(ChangedMeanwhile):
        imported(upload, draft, seen="0" * 64)

    assert Upload.objects.get() == upload
    assert sentences_of(draft) == ["Started from another edition."]
