"""What the site has to read again itself, and whoever reads its database must not."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def cipher_of(purpose: str) -> Fernet:
    """By a key worked out of the site's own, which no database and no backup holds."""
    key = salted_hmac(f"assessment.{purpose}", settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
