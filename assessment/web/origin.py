"""The site's public address, as who asks reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest


def origin_of(request: HttpRequest) -> str:
    """Without a path: before it stands what a message of a task links to."""
    return request.build_absolute_uri("/").rstrip("/")
