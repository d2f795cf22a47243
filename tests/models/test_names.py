from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from assessment.instrument.texts import TextKey
from assessment.models import (
    AccountSession,
    Correction,
    Counter,
    Edition,
    MemberInvitation,
    Membership,
    Organisation,
    OrganisationLogo,
    OutgoingMail,
    Unsubscribed,
    Upload,
)
from tests.factories import NOW

if TYPE_CHECKING:
    from django.db.models import Model

EDITION = Edition(number=3, name="Third edition", state="published")
KEY = UUID("00000000-0000-4000-8000-000000000000")


def test_rows_are_named_without_an_address() -> None:
    correction = Correction(edition=EDITION, number=2, kind="questions", code="PC1", field="help")
    table: list[tuple[Model, str]] = [
        (correction, "2: PC1 help, 3: Third edition (published)"),
        (Counter(key="5d41", number=3), "5d41"),
        (Upload(id=KEY, name="bank.zip"), f"bank.zip ({KEY})"),
        (OutgoingMail(kind="account", uuid=KEY, to="rosa@example.org"), f"account {KEY}"),
        (Unsubscribed(organisation=Organisation(pk=3), mailbox="5d41", pk=4), "3/4"),
        (Membership(organisation_id=3, user_id=7), "3/7"),
        (MemberInvitation(organisation_id=3, pk=4, address="rosa@example.org"), "3/4"),
        (OrganisationLogo(organisation_id=3, alternative="Care"), "Care"),
        (AccountSession(key="5d41", user_id=7, signed_in_at=NOW), f"7 {NOW:%Y-%m-%d %H:%M}"),
    ]

    assert [str(row) for row, _ in table] == [name for _, name in table]
    assert correction.place == TextKey("questions", "PC1", "help")
