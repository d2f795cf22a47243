"""Who runs this site, for the pages that say so, and its logos as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from assessment.models import Logo, OrganisationLogo
from assessment.models.queries.site_details import site_details, whom_to_ask

FOR_EVER = "public, max-age=31536000, immutable"


def contact(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; the database is asked by those that show it."""
    site: Any = SimpleLazyObject(site_details)
    return {"site": site, "contact": SimpleLazyObject(lambda: whom_to_ask(site))}


def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """Under the hash of its bytes: another picture has another address."""
    for logos in (Logo, OrganisationLogo):
        content = logos.objects.filter(digest=digest).values_list("content", flat=True).first()
        if content is not None:
            headers = {"Cache-Control": FOR_EVER}
            return HttpResponse(bytes(content), content_type="image/png", headers=headers)
    raise Http404
