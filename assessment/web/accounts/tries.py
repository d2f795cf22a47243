"""Wrong passwords and wrong codes are limited by source and by account.

Who guesses from many sources is stopped at the account, and its owner not: a browser on which she
signed in before is counted for itself.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

from allauth.account.internal.userkit import filter_users_by_email
from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

from assessment.web import cookies
from assessment.web.limits import DAY, MINUTE, Limit, Try, source

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase

KNOWN_FOR = 90 * DAY
MOST_ACCOUNTS = 5
SALT = "assessment.known-browser"


class Limits(NamedTuple):
    """Of a browser that is not known both of the first two count, of one that is the third."""

    of_source: Limit
    of_account: Limit
    of_browser: Limit


PASSWORDS = Limits(
    Limit("password of source", 10),
    Limit("password of account", 10, 15 * MINUTE),
    Limit("password of known browser", 10),
)
CODES = Limits(
    Limit("second factor of source", 10),
    Limit("second factor of account", 10, 15 * MINUTE),
    Limit("second factor of known browser", 10),
)
CODE_USED = Limit("second factor used", 1, 3 * MINUTE)
"""A code opens once, in whichever process: three minutes are longer than it is right."""


class KnownAccount(NamedTuple):
    """One account that signed in on a browser; `token` is what its wrong tries are counted by."""

    account: str
    at: int
    token: str


def try_for(request: HttpRequest, name: str, limits: Limits = PASSWORDS) -> Try:
    """One try at the account that is asked for by `name`, a user name or an address."""
    account = _account(name_of_account(name))
    known = [found for found in _known_accounts(request) if found.account == account]
    if known:
        return Try(((limits.of_browser, known[0].token),))
    return Try(((limits.of_source, source(request)), (limits.of_account, account)))


def name_of_account(name: str) -> str:
    """The user name behind an address: one account is one, whichever of both is typed."""
    found = filter_users_by_email(name, for_login=True) if "@" in name else []
    return str(found[0].get_username()) if found else name


def know_browser(
    request: HttpRequest, http_response: HttpResponseBase, name: str, *, now: datetime
) -> None:
    """Lets this browser try the account's password, whatever others do; for 90 days."""
    account = _account(name)
    others = [found for found in _known_accounts(request) if found.account != account]
    newest = KnownAccount(account, int(now.timestamp()), secrets.token_urlsafe(16))
    value = signing.dumps([newest, *others][:MOST_ACCOUNTS], salt=SALT)
    cookies.set_cookie(http_response, cookies.KNOWN_BROWSER, value, seconds=KNOWN_FOR)


def _known_accounts(request: HttpRequest) -> list[KnownAccount]:
    try:
        rows = signing.loads(
            request.COOKIES.get(cookies.KNOWN_BROWSER, ""), salt=SALT, max_age=KNOWN_FOR
        )
    except signing.BadSignature:
        return []
    since = timezone.now().timestamp() - KNOWN_FOR
    return [found for found in (KnownAccount(*row) for row in rows) if found.at >= since]


def _account(name: str) -> str:
    """Of the name as it is compared, in letters of either size; accounts that do not exist are
    counted alike."""
    return salted_hmac(SALT, name.strip().lower(), algorithm="sha256").hexdigest()
