"""Which methods the administration takes: every other address has its own in `web/policy.py`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from assessment.web.middleware.headers import ADMIN
from assessment.web.policy import ADMIN as ADMIN_RULE


def refuse_other_methods(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Django's pages answer TRACE and what nobody knows as they answer GET."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ADMIN) and request.method not in ADMIN_RULE.methods:
            return HttpResponseNotAllowed(sorted(ADMIN_RULE.methods))
        return get_response(request)

    return middleware
