"""Cookies of the site's own: on the person's device, where no script can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

LINK = f"{settings.COOKIE_PREFIX}articula_link"
KNOWN_BROWSER = f"{settings.COOKIE_PREFIX}articula_known"


def set_cookie(http_response: HttpResponseBase, name: str, value: str, *, seconds: int) -> None:
    http_response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def browser(request: HttpRequest) -> str:
    """What no other browser sends, whether or not it has a session."""
    return str(request.META.get("CSRF_COOKIE", ""))
