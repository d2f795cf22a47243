"""The site's addresses and an empty view beside them: what every request costs anyway."""

from __future__ import annotations

import time
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone

from assessment import urls
from assessment.models import Answer, Response
from assessment.web.sessions import GRANTS


def clock(request: HttpRequest) -> HttpResponse:
    """Seconds of processor time of the whole process, all its threads."""
    return HttpResponse(repr(time.process_time()))


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello.")


@transaction.atomic
def save_by_hand(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The smallest view that saves an answer: session, locked row, one update, nothing checked."""
    secret_hash = request.session.get(GRANTS, {}).get(str(uuid))
    rows = Response.objects.select_for_update()
    response = rows.get(uuid=uuid, secret_hash=secret_hash, result=None)
    Answer.objects.filter(response=response, code="HC2").update(
        value=int(request.POST["HC2"]),
        note=request.POST["HC2-note"],
        revision=F("revision") + 1,
        updated_at=timezone.now(),
    )
    return JsonResponse({"status": "saved"})


handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
urlpatterns = [
    path("bench-clock/", clock),
    path("bench-hello/", hello),
    path("bench-save/<uuid:uuid>/", save_by_hand),
    *urls.urlpatterns,
]
