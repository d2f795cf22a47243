"""What every answer carries: a request id, and the headers Django does not set itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from assessment.web.logs import new_request_id

ADMIN = "/admin/"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

logger = logging.getLogger("assessment.access")


def headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = new_request_id()
        began = time.monotonic()
        response = get_response(request)
        response["X-Request-ID"] = request_id
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.path_info.startswith(ADMIN):
            patch_cache_control(response, private=True, no_store=True)
        logger.info(
            "answered",
            extra={
                "request": request,
                "status_code": response.status_code,
                "ms": round((time.monotonic() - began) * 1000),
            },
        )
        return response

    return middleware
