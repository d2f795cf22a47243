"""Return links: a secret is made, handed out once and stored as a hash."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from assessment.models import Counter, Response

if TYPE_CHECKING:
    from datetime import datetime
    from hmac import HMAC

SECRET_BYTES = 24
SAME_FORM = timedelta(minutes=1)
"""So long a form that is sent again means the same press; who wants another link later gets one."""


class Overtaken(Exception):
    """Somebody else renewed the link meanwhile, or this press was never granted the response."""


def new_secret() -> str:
    """192 random bits in a form that survives being copied by hand."""
    return secrets.token_urlsafe(SECRET_BYTES)


def secret_of_start(key: str, response: Response) -> str:
    """The first secret, the same for a start that is sent twice; what is stored does not tell it.

    `key` is kept nowhere here: nobody can work the secret out but who sent it.
    """
    return _secret_of("assessment.first-secret", f"{key}\n{response.uuid}")


def hash_of_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def renew_link(*, response: Response) -> str:
    """A new secret for the response; the old link stops working."""
    secret = new_secret()
    response.secret_hash = hash_of_secret(secret)
    response.save(update_fields=["secret_hash"])
    return secret


@transaction.atomic
def renew_link_once(
    *, response: Response | None, page: str, key: str, now: datetime
) -> tuple[Response, str]:
    """The same for a press of a person: all presses of one `key` within SAME_FORM give one link.

    `response` is the one that was granted to her, None where an earlier press ended that grant.
    `page` names the page, `key` is secret and of one page in one browser. Raises Overtaken.
    """
    counted = _keyed_hash("assessment.renewal", f"{page}\n{key}").hexdigest()
    # The row is locked until this ends: who comes second finds the link that the first has made.
    if response is not None and response.entry == Response.Entry.INVITATION:
        raise Overtaken  # her link is that of the invitation: whoever runs the round replaces it
    press = Counter.objects.raised(counted, ends_at=now + SAME_FORM, now=now)
    secret = _secret_of("assessment.renewed-secret", f"{page}\n{key}\n{press.ends_at.isoformat()}")
    secret_hash = hash_of_secret(secret)
    if press.number == 1 and response is not None:
        rows = Response.objects.filter(pk=response.pk, secret_hash=response.secret_hash)
        rows.update(secret_hash=secret_hash)
    renewed = Response.objects.filter(secret_hash=secret_hash).first()
    if renewed is None:
        raise Overtaken
    return renewed, secret


def _secret_of(purpose: str, text: str) -> str:
    digest = _keyed_hash(purpose, text).digest()
    return base64.urlsafe_b64encode(digest[:SECRET_BYTES]).decode()


def _keyed_hash(purpose: str, text: str) -> HMAC:
    return salted_hmac(purpose, text, algorithm="sha256")
