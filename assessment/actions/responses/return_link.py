"""Return links: a secret is made, handed out once and stored as a hash."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from assessment.models import Response

SECRET_BYTES = 24


def new_secret() -> str:
    """192 random bits in a form that survives being copied by hand."""
    return secrets.token_urlsafe(SECRET_BYTES)


def secret_of_start(key: str, response: Response) -> str:
    """The first secret, the same for a start that is sent twice; what is stored does not tell it.

    `key` is kept nowhere here: nobody can work the secret out but who sent it.
    """
    text = f"{key}\n{response.uuid}"
    digest = salted_hmac("assessment.first-secret", text, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:SECRET_BYTES]).decode()


def hash_of_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def renew_link(*, response: Response) -> str:
    """A new secret for the response; the old link stops working."""
    secret = new_secret()
    response.secret_hash = hash_of_secret(secret)
    response.save(update_fields=["secret_hash"])
    return secret
