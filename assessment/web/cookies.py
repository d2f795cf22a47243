"""Cookies of the site's own: on the person's device, where no script can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

LINK = f"{settings.COOKIE_PREFIX}articula_link"
DRAFT = f"{settings.COOKIE_PREFIX}articula_start"
DEVICE_CODE = f"{settings.COOKIE_PREFIX}articula_code"
LEFT = f"{settings.COOKIE_PREFIX}articula_left"
KNOWN_BROWSER = f"{settings.COOKIE_PREFIX}articula_known"
LANGUAGE = f"{settings.COOKIE_PREFIX}articula_language"


def set_cookie(
    http_response: HttpResponseBase, name: str, value: str, *, seconds: int | None
) -> None:
    """For so many seconds, or until the browser is closed."""
    http_response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def delete_cookie(http_response: HttpResponseBase, name: str) -> None:
    http_response.delete_cookie(name, path=settings.SESSION_COOKIE_PATH, samesite="Lax")


def browser(request: HttpRequest) -> str:
    """What no other browser sends, whether or not it has a session."""
    return str(request.META.get("CSRF_COOKIE", ""))
