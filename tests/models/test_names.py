from __future__ import annotations

from uuid import UUID

from assessment.instrument.texts import TextKey
from assessment.models import Correction, Counter, Edition, Upload

EDITION = Edition(number=3, name="Third edition", state="published")
KEY = UUID("00000000-0000-4000-8000-000000000000")


def test_correction_is_named_by_number_and_place() -> None:
    correction = Correction(edition=EDITION, number=2, kind="questions", code="PC1", field="help")

    assert str(correction) == "2: PC1 help, 3: Third edition (published)"
    assert correction.place == TextKey("questions", "PC1", "help")


def test_counter_is_named_by_its_hash() -> None:
    assert str(Counter(key="5d41", number=3)) == "5d41"


def test_upload_is_named_by_its_file() -> None:
    assert str(Upload(id=KEY, name="bank.zip")) == f"bank.zip ({KEY})"
