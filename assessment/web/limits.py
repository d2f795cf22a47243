"""Limits on wrong tries and on what costs, by source and minute: nobody locks another person out.

The counters stand in Django's cache, which is the memory of this process. They are never stale:
the minute is part of the key. They hold the address of a source for two minutes and nothing else.
The cache holds 300 entries and then drops the least used ones, so who tries from several hundred
sources at once is counted with gaps; several processes count each for itself.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from assessment.web.errors import too_many_tries

logger = logging.getLogger(__name__)
WINDOW = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many a minute for `purpose`."""

    purpose: str
    most: int

    def reached(self, request: HttpRequest) -> bool:
        return int(cache.get(self._key(request), 0)) >= self.most

    def count(self, request: HttpRequest) -> None:
        key = self._key(request)
        # Twice the window, so that a counter outlives every request that asks for it.
        cache.add(key, 0, timeout=2 * WINDOW)
        cache.incr(key)

    def _key(self, request: HttpRequest) -> str:
        return f"tries:{self.purpose}:{source(request)}:{int(time.time()) // WINDOW}"


RETURN_LINKS = Limit("return", 20)
ADMIN_LOGINS = Limit("login", 10)
LINK_MAILS = Limit("mail", 3)
STARTS = Limit("start", 600)


def source(request: HttpRequest) -> str:
    """Where a request comes from; an IPv6 network counts as one source."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def limited_login(login: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The admin's sign-in, closed to a source after too many wrong passwords."""

    def view(request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST":
            return login(request)
        if ADMIN_LOGINS.reached(request):
            return too_many_tries(request)
        response = login(request)
        if response.status_code == 200:
            ADMIN_LOGINS.count(request)
            logger.warning("a sign-in was refused")
        else:
            logger.info("account %s signed in", request.user.pk)
        return response

    return view
