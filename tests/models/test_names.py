from __future__ import annotations

from uuid import UUID

from assessment.instrument.texts import TextKey
from assessment.models import (
    AccountSession,
    Correction,
    Counter,
    Edition,
    Organisation,
    OutgoingMail,
    Unsubscribed,
    Upload,
)
from tests.factories import NOW

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


def test_message_and_mailbox_are_named_without_an_address() -> None:
    mail = OutgoingMail(kind="account", uuid=KEY, to="rosa@example.org")
    mailbox = Unsubscribed(organisation=Organisation(pk=3), mailbox="5d41", pk=4)

    assert (str(mail), str(mailbox)) == (f"account {KEY}", "3/4")


def test_session_of_an_account_is_named_by_its_account_and_time() -> None:
    session = AccountSession(key="5d41", user_id=7, signed_in_at=NOW)

    assert str(session) == f"7 {NOW:%Y-%m-%d %H:%M}"
