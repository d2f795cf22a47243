"""An account's own address is confirmed once a link that was sent there came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

from assessment.actions.record import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def confirm_address(*, user: User) -> None:
    """Where another account confirmed the same address before, nothing changes."""
    address = user.email.lower()
    found = EmailAddress.objects.filter(user=user, email=address).first()
    row = found or EmailAddress(user=user, email=address)
    if row.verified or not row.set_verified(commit=False):
        return
    row.set_as_primary()
    record(user, "address_confirmed", user)
