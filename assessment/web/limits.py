"""Limits on wrong tries and on what costs: nobody locks another person out.

The counters stand in the database, so all processes count together. Whom they are of is hashed
with the site's key; what counts no more is deleted as new counters begin.
"""

from __future__ import annotations

import ipaddress
import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from assessment.models import Counter

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
WHOLE_SITE = "site"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many in so many seconds, of `purpose`, for each of whom it is asked."""

    purpose: str
    most: int
    seconds: int = MINUTE

    def seconds_to_wait(self, whom: str) -> int:
        """Counts one more; 0 where it is within the limit."""
        now = timezone.now()
        ends_at = now + timedelta(seconds=self.seconds)
        count = Counter.objects.raised(self._key(whom), ends_at=ends_at, now=now)
        if count.number == 1:
            Counter.objects.sweep(now)
        if count.number <= self.most:
            return 0
        return max(1, math.ceil((count.ends_at - now).total_seconds()))

    def give_back(self, whom: str) -> None:
        Counter.objects.give_back(self._key(whom))

    def _key(self, whom: str) -> str:
        text = f"{self.purpose}\n{whom}"
        return salted_hmac("assessment.limits", text, algorithm="sha256").hexdigest()


RETURN_LINKS = Limit("return link", 10)
STARTS = Limit("start", 600)


@dataclass(frozen=True, slots=True)
class Try:
    """What is counted by several limits at once: all of them count it, or none."""

    limits: tuple[tuple[Limit, str], ...]

    def seconds_to_wait(self) -> int:
        for place, (limit, whom) in enumerate(self.limits):
            if wait := limit.seconds_to_wait(whom):
                Try(self.limits[:place]).give_back()
                return wait
        return 0

    def give_back(self) -> None:
        for limit, whom in self.limits:
            limit.give_back(whom)


def source(request: HttpRequest) -> str:
    """Where a request comes from; an IPv6 network counts as one source."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False).network_address)


def mark_refused(http_response: HttpResponseBase, wait: int) -> None:
    """For programs what the page says in words."""
    http_response.status_code = 429
    http_response["Retry-After"] = str(wait)


def time_in_words(seconds: int) -> str:
    """Rounded up: who waits so long is not refused again."""
    if seconds < 2 * MINUTE:
        return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
    if seconds < 2 * HOUR:
        minutes = math.ceil(seconds / MINUTE)
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    hours = math.ceil(seconds / HOUR)
    return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
