"""How large a request may be, by its address; the server takes no more than the largest of them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from assessment.web.errors import too_large
from assessment.web.middleware.headers import ADMIN


def refuse_too_large(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Before anything of the body is read: of what is larger, the server has kept nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if body_length(request) > largest_body(request.path_info):
            return too_large()
        return get_response(request)

    return middleware


def largest_body(path: str) -> int:
    if path.startswith(ADMIN):
        return int(settings.LARGEST_BODY)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def body_length(request: HttpRequest) -> int:
    declared = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(declared) if declared.isdecimal() else 0
