"""Signing in: wrong passwords are limited by source and by account.

Who guesses from many sources is stopped at the account, and its owner not: a browser on which she
signed in before is counted for itself.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core import signing
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from assessment.web import cookies, errors
from assessment.web.limits import DAY, MINUTE, Limit, Try, mark_refused, source, time_in_words

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase

logger = logging.getLogger(__name__)

OF_SOURCE = Limit("password of source", 10)
OF_ACCOUNT = Limit("password of account", 10, 15 * MINUTE)
OF_BROWSER = Limit("password of known browser", 10)
OLD_PASSWORDS = Limit("old password", 10)
KNOWN_FOR = 90 * DAY
MOST_ACCOUNTS = 5
SALT = "assessment.known-browser"


class KnownAccount(NamedTuple):
    """One account that signed in on a browser; `token` is what its wrong tries are counted by."""

    account: str
    at: int
    token: str


class SignInForm(AdminAuthenticationForm):
    """Refuses before it compares a password, and keeps the name that was typed.

    A try is counted before its password is compared: many at once are not more than one by one.
    """

    wait = 0

    def clean(self) -> dict[str, Any]:
        name, password = (self.cleaned_data.get(key) for key in ("username", "password"))
        if self.request is None or not name or not password:
            return super().clean()
        this_try = try_for(self.request, name)
        self.wait = this_try.seconds_to_wait()
        if self.wait:
            raise ValidationError(_refusal(self.wait))
        cleaned: dict[str, Any] = super().clean()
        this_try.give_back()
        return cleaned


def _refusal(wait: int) -> str:
    sentence = _(
        "There were too many wrong passwords: try again in %(time)s. "
        "A browser on which you signed in before may let you in at once."
    )
    return sentence % {"time": time_in_words(wait)}


def limited_sign_in(
    sign_in: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Django's page for signing in, whose form is a SignInForm."""

    def view(request: HttpRequest) -> HttpResponseBase:
        http_response = sign_in(request)
        if request.method != "POST":
            return http_response
        if not isinstance(http_response, TemplateResponse):
            logger.info("account %s signed in", request.user.pk)
            name = request.user.get_username()
            know_browser(request, http_response, name, now=timezone.now())
            return http_response
        logger.warning("a sign-in was refused")
        wait = (http_response.context_data or {})["form"].wait
        if wait:
            mark_refused(http_response, wait)
        return http_response

    return view


def limited_password_change(
    change: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Who found a device signed in guesses its password no faster here."""

    def view(request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or not request.user.is_authenticated:
            return change(request)
        whom = str(request.user.pk)
        wait = OLD_PASSWORDS.seconds_to_wait(whom)
        if wait:
            sentence = _("There were too many wrong passwords: try again in %(time)s.")
            return errors.too_many_tries(request, wait, sentence)
        http_response = change(request)
        form = (getattr(http_response, "context_data", None) or {}).get("form")
        if form is None or "old_password" not in form.errors:
            OLD_PASSWORDS.give_back(whom)
        return http_response

    return view


def try_for(request: HttpRequest, name: str) -> Try:
    account = _account(name)
    known = [found for found in _known_accounts(request) if found.account == account]
    if known:
        return Try(((OF_BROWSER, known[0].token),))
    return Try(((OF_SOURCE, source(request)), (OF_ACCOUNT, account)))


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
    """Of the name as it is compared: accounts that do not exist are counted alike."""
    return salted_hmac(SALT, name, algorithm="sha256").hexdigest()
