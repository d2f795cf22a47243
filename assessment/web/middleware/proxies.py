"""A request as the person sent it: what proxies before the site have changed is put back."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO")

Handler = Callable[[HttpRequest], HttpResponse]


def as_people_asked(get_response: Handler) -> Handler:
    """First of all middleware: the others ask for source, scheme, host and path."""

    def middleware(request: HttpRequest) -> HttpResponse:
        believe_proxies(request)
        if settings.BELOW:
            if request.path_info == settings.BELOW:
                return HttpResponseRedirect(f"{settings.BELOW}/")
            take_off_path(request)
        return get_response(request)

    return middleware


def believe_proxies(request: HttpRequest) -> None:
    """Source, host and scheme as the proxies tell them, where every proxy is known.

    Each proxy adds to the right of a header, so that the nearest address which is no proxy of ours
    is the person's. Of scheme and host the first is the one that the person used.
    """
    chain, host, scheme = (_values(request, name) for name in FORWARDED)
    if not _is_proxy(request.META.get("REMOTE_ADDR", "")):
        return
    unknown = [address for address in map(_without_port, chain) if not _is_proxy(address)]
    if chain:
        request.META["REMOTE_ADDR"] = unknown[-1] if unknown else _without_port(chain[0])
    if host:
        request.META["HTTP_HOST"] = host[0]
    if scheme and scheme[0].lower() in ("http", "https"):
        request.META["wsgi.url_scheme"] = scheme[0].lower()


def take_off_path(request: HttpRequest) -> None:
    """The address without the path that the site stands below, for proxies that pass it on."""
    inside = request.path_info.removeprefix(settings.BELOW)
    if inside.startswith("/"):
        request.path_info = inside
        request.path = settings.BELOW + inside


def _values(request: HttpRequest, name: str) -> list[str]:
    return [part for part in map(str.strip, request.META.get(name, "").split(",")) if part]


def _without_port(address: str) -> str:
    """`192.0.2.1:4711` and `[2001:db8::1]:4711` without what is not the address."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def _is_proxy(address: str) -> bool:
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    place = getattr(place, "ipv4_mapped", None) or place
    return any(
        place in ipaddress.ip_network(known, strict=False) for known in settings.TRUSTED_PROXIES
    )
