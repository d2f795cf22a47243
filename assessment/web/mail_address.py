"""Ordinary addresses of mail only: one person's, at a host that everybody can look up."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError

from assessment.instrument.plain_text import normalise_text

LONGEST_LOCAL, LONGEST = 64, 254
LOCAL = re.compile(r"[a-z0-9_][a-z0-9_'+&=~-]*(\.[a-z0-9_'+&=~-]+)*", re.IGNORECASE)
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
# The last label is no number: `127.0.0.10` is no name.
HOST = re.compile(rf"({LABEL}\.)+(?=[a-z])[a-z][a-z0-9-]{{0,61}}[a-z0-9]")
# Names that are reserved, or that networks give to machines of their own.
INTERNAL = frozenset(
    (
        *("arpa", "corp", "home", "host", "internal", "intranet", "invalid", "lan", "local"),
        *("localdomain", "localhost", "mail", "onion", "private", "test"),
    )
)


class OrdinaryAddressField(forms.CharField):
    """Gives the address as it is sent: the host of an international one in its ASCII form."""

    def clean(self, value: object) -> str:
        # What was copied with an address, and nobody sees, is no part of it.
        typed = super().clean(normalise_text(str(value or "")))
        if not typed:
            return ""
        local, _at, host = typed.rpartition("@")
        host = ascii_host(host)
        address = f"{local}@{host}"
        fits = len(local) <= LONGEST_LOCAL and len(address) <= LONGEST
        if not (fits and LOCAL.fullmatch(local) and is_public(host)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return address


def ascii_host(host: str) -> str:
    """Empty where it is no name, and where its letters would lead to the host of another name."""
    if host.isascii():
        return host.lower()
    try:
        encoded = host.encode("idna")
        return encoded.decode() if encoded.decode("idna") == host.lower() else ""
    except UnicodeError:
        return ""


def is_public(host: str) -> bool:
    return bool(HOST.fullmatch(host)) and host.rpartition(".")[2] not in INTERNAL
