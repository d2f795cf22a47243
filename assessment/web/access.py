"""Access from a request to data, for every view: what a device was not granted does not exist."""

from __future__ import annotations

import hmac
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from assessment.actions.responses.return_link import hash_of_secret
from assessment.models import Edition, Response
from assessment.models.prepared_queries import response_with

GRANTS = "responses"
MOST_GRANTS = 20
LINK_COOKIE = f"{settings.COOKIE_PREFIX}articula_link"


class NotGranted(Http404):
    """This device has no grant for the response, or there is none: nobody can tell which."""


class NothingPublished(Exception):
    """No edition of the question bank is published yet."""


class AlreadyClosed(Exception):
    """The response is submitted: it can be read and reopened, not changed."""


def response_for(request: HttpRequest, uuid: UUID) -> Response:
    """The response, if this device opened the present return link; raises NotGranted.

    The link of a newer revision opens the submitted ones before it too.
    """
    grants = _grants(request)
    found = response_with(uuid) if grants else None
    if found is None or not (_is_granted(grants, found) or _is_granted(grants, _newest(found))):
        raise NotGranted
    return found


def _newest(found: Response) -> Response:
    return found.latest_revision() if found.is_submitted else found


def _is_granted(grants: dict[str, str], response: Response) -> bool:
    return _grant_is_current(grants.get(str(response.uuid)), response)


def _grants(request: HttpRequest) -> dict[str, str]:
    """By response the hash of the link it was opened with: a new link ends every older grant."""
    return dict(request.session.get(GRANTS, {}))


def _grant_is_current(opened_with: str | None, response: Response) -> bool:
    return hmac.compare_digest(opened_with or "", response.secret_hash)


def open_response_for(request: HttpRequest, uuid: UUID) -> Response:
    """The same, for changing it; raises AlreadyClosed."""
    response = response_for(request, uuid)
    if response.is_submitted:
        raise AlreadyClosed
    return response


def closed_response_for(request: HttpRequest, uuid: UUID) -> Response:
    """A response that has a result; until then its report does not exist."""
    response = response_for(request, uuid)
    if not response.is_submitted:
        raise NotGranted
    return response


def latest_granted(request: HttpRequest) -> Response | None:
    """The response this device opened last, if it may still open it."""
    grants = list(_grants(request).items())
    if not grants:
        return None
    uuid, opened_with = grants[-1]
    found = Response.objects.select_related("scheme").filter(uuid=uuid).first()
    return found if found and _grant_is_current(opened_with, found) else None


def response_by_secret(secret: str) -> Response | None:
    return (
        Response.objects.filter(secret_hash=hash_of_secret(secret))
        .select_related("edition")
        .first()
    )


def published_edition() -> Edition:
    edition = Edition.objects.current()
    if edition is None:
        raise NothingPublished
    return edition


def grant(request: HttpRequest, response: Response) -> None:
    """Opens the response to this device, under a new session key."""
    grants = _grants(request)
    grants.pop(str(response.uuid), None)
    latest = [*grants.items(), (str(response.uuid), response.secret_hash)][-MOST_GRANTS:]
    request.session[GRANTS] = dict(latest)
    request.session.cycle_key()


def remember_link(http_response: HttpResponseBase, secret: str) -> None:
    """Keeps the secret on the person's own device, where no script can read it."""
    http_response.set_cookie(
        LINK_COOKIE,
        secret,
        max_age=settings.SESSION_COOKIE_AGE,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remembered_link(request: HttpRequest, response: Response) -> str | None:
    """The secret of this very response, where this device still has it."""
    secret = request.COOKIES.get(LINK_COOKIE, "")
    right = hmac.compare_digest(hash_of_secret(secret), response.secret_hash)
    return secret if right else None


def forget(request: HttpRequest, http_response: HttpResponse) -> None:
    """Ends every grant of this device and asks the browser to drop what it keeps."""
    request.session.flush()
    http_response.delete_cookie(LINK_COOKIE, path=settings.SESSION_COOKIE_PATH, samesite="Lax")
    http_response["Clear-Site-Data"] = '"cookies", "storage"'
