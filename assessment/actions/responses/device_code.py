"""Open a response on a second device by a short code that the first one shows.

A code is short enough to be typed, so it lives for minutes, works once, and tries are counted by
who asks (`web/device_code.py`). It is stored as a hash with the site's key.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from assessment.actions.responses.return_link import SECRET_BYTES
from assessment.models import DeviceCode, Response

if TYPE_CHECKING:
    from datetime import datetime

ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
"""25 letters and digits that nobody takes for another: no 0 O, 1 I L, 2 Z, 5 S, 8 B."""
LENGTH = 8
CODE_LIFETIME = timedelta(minutes=15)
REMEMBERED = timedelta(days=1)
"""So long the first device says that a second one was opened."""
BETWEEN_LETTERS = re.compile(r"[\s\-–—.]")


class NoSuchCode(Exception):
    """Not a code, or one that is over, was used, or whose link was renewed: nobody learns which."""


def new_code() -> str:
    """About 37 random bits; what bounds guessing is the number of tries."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def clean_code(typed: str) -> str | None:
    """As it is stored, whatever stood between the letters; None where it can be no code."""
    code = BETWEEN_LETTERS.sub("", typed).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


@transaction.atomic
def make_device_code(*, response: Response, link: str, now: datetime) -> tuple[DeviceCode, str]:
    """A new code in place of an earlier one; `link` is the return link's secret, empty if unknown.

    Two at once: the later one counts.
    """
    Response.objects.select_for_update().get(pk=response.pk)
    DeviceCode.objects.filter(response=response).delete()
    code = new_code()
    made = DeviceCode.objects.create(
        response=response,
        code_hash=_hash_of(code),
        link_hash=response.secret_hash,
        hidden_link=_hide(link, code) if link else "",
        ends_at=now + CODE_LIFETIME,
    )
    return made, code


def is_code_of(made: DeviceCode, code: str) -> bool:
    return hmac.compare_digest(made.code_hash, _hash_of(code))


@transaction.atomic
def use_device_code(*, code: str, now: datetime) -> tuple[Response, str]:
    """The response and its return link's secret, empty if unknown; raises NoSuchCode.

    Of several who send one code at once one gets in: a single statement marks it as used, which is
    taken back where the code opens nothing.
    """
    rows = DeviceCode.objects.filter(code_hash=_hash_of(code))
    if not rows.open(now).update(used_at=now):
        raise NoSuchCode
    used = rows.select_related("response__round").get()
    rows.update(hidden_link="", **_stored_of_use(used, now))
    opened = Response.objects.filter(secret_hash=used.link_hash).select_related("round__edition")
    response = opened.first()
    if response is None:
        raise NoSuchCode
    return response, _hide(used.hidden_link, code) if used.hidden_link else ""


def _stored_of_use(used: DeviceCode, now: datetime) -> dict[str, datetime]:
    """Of one among several no hour stays: the day of the use, and the end with it."""
    day = used.response.round.moment(now)
    return {"used_at": day} if day == now else {"used_at": day, "ends_at": day + REMEMBERED}


def delete_old_codes(*, now: datetime) -> None:
    """What nobody used goes with its time, what was used a day later."""
    unused = Q(used_at=None, ends_at__lte=now)
    DeviceCode.objects.filter(unused | Q(ends_at__lte=now - REMEMBERED)).delete()


def _hash_of(code: str) -> str:
    return salted_hmac("assessment.device-code", code, algorithm="sha256").hexdigest()


def _hide(link: str, code: str) -> str:
    """Hides a secret, and shows it again: added bit by bit to a key of its own length.

    A code is used for one link and once, so the key never hides two.
    """
    key = salted_hmac("assessment.hidden-link", code, algorithm="sha256").digest()
    bits = zip(base64.urlsafe_b64decode(link), key[:SECRET_BYTES], strict=True)
    return base64.urlsafe_b64encode(bytes(one ^ other for one, other in bits)).decode()
