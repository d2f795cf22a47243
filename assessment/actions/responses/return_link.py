"""Return links: a secret is made, handed out once and stored as a hash."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessment.models import Response

SECRET_BYTES = 24


def new_secret() -> str:
    """192 random bits in a form that survives being copied by hand."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def renew_link(*, response: Response) -> str:
    """A new secret for the response; the old link stops working."""
    secret = new_secret()
    response.secret_hash = hash_of_secret(secret)
    response.save(update_fields=["secret_hash"])
    return secret
