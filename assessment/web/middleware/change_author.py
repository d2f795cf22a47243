"""Who acts: known to the record everywhere, and to the history in the administration alone."""

from __future__ import annotations

from collections.abc import Callable

from auditlog.context import set_extra_data
from django.http import HttpRequest, HttpResponse

from assessment.actions.record import acting
from assessment.web.logs import request_id
from assessment.web.middleware.headers import ADMIN


def actor_of_changes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """What is saved during one request carries its person and its id; no address, no e-mail."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with acting(lambda: request.user):
            if not request.path_info.startswith(ADMIN):
                return get_response(request)
            known = {"actor": request.user, "actor_email": None, "cid": request_id.get()}
            with set_extra_data(context_data=known):
                return get_response(request)

    return middleware
