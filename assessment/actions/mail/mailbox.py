"""Whose a mailbox is, however its address is written; and how an address is shown in a list."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def mailbox_of(address: str) -> str:
    """To whom it goes: upper case and what stands behind a plus make no other mailbox."""
    local, _at, host = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def hash_of_mailbox(address: str) -> str:
    """Of whose mailbox it is, with the site's key: nobody can try addresses against it without."""
    mailbox = mailbox_of(address)
    return salted_hmac("assessment.mailbox", mailbox, algorithm="sha256").hexdigest()


def masked_address(address: str) -> str:
    """`r…@example.org`: who wrote it knows it again, and nobody can write to it."""
    local, at, host = address.rpartition("@")
    return f"{local[:1]}…{at}{host}" if address else ""
