"""What somebody with an account does, page by page."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from assessment.actions.mail.deliver import deliver_mail
from assessment.models import OutgoingMail

if TYPE_CHECKING:
    from datetime import datetime

    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

PASSWORD = "a long invented phrase"


def totp(key: str, at: datetime | None = None) -> str:
    """The code of RFC 6238, worked out here and not by the library under test."""
    moment = int((at or timezone.now()).timestamp()) // 30
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", moment), hashlib.sha1).digest()
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in(client: Client, password: str = PASSWORD, name: str = "ada", after: str = "") -> Answer:
    address = reverse("account_login") + (f"?next={after}" if after else "")
    return client.post(address, {"login": name, "password": password})


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """The key of the app, and the recovery codes that came with it."""
    key = client.get(reverse("mfa_activate_totp")).context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": totp(key)})
    assert done.status_code == 302, done.context["form"].errors
    return key, client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]


def new_passkey(challenge: str) -> dict[str, Any]:
    """What a browser sends once a passkey was made for this site."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    public = ES256.from_cryptography_key(key)  # type: ignore[no-untyped-call]
    made = AuthenticatorData.create(
        hashlib.sha256(b"testserver").digest(),
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(bytes(16), b"key", public),
    )
    said = CollectedClientData.create("webauthn.create", challenge, "https://testserver")
    response = {
        "clientDataJSON": websafe_encode(said),
        "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
    }
    ident = websafe_encode(b"key")
    return {"id": ident, "rawId": ident, "type": "public-key", "response": response}


def deliver_mails() -> None:
    """What a worker does that looks into the outbox now."""
    for waiting in OutgoingMail.objects.in_queue().order_by("pk"):
        deliver_mail(mail=waiting.pk, holder="worker", clock=timezone.now)


def newest_mail() -> str:
    """The plain text of what was sent last."""
    deliver_mails()
    return str(mail.outbox[-1].body)
