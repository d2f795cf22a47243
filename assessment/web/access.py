"""Access from a request to data, for every view: what a device was not granted does not exist.

`actor_for` says who asks; `response_for` and `round_for` give what that actor may see. Nothing else
in `web` reads a response or a round.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from assessment.actions.responses.return_link import hash_of_secret
from assessment.models import Edition, Response
from assessment.models.prepared_queries import response_with
from assessment.web import cookies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.models import Round

GRANTS = "responses"
MOST_GRANTS = 20


class NotGranted(Http404):
    """This device has no grant for the response, or there is none: nobody can tell which."""


class NothingPublished(Exception):
    """No edition of the question bank is published yet."""


class AlreadyClosed(Exception):
    """The response is submitted: it can be read and reopened, not changed."""


class RoundClosed(Exception):
    """The round was closed before the response was submitted: it does not count."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, as far as data of respondents go: the device and what it was granted.

    `grants` holds by response the hash of the link it was opened with, the latest last: a new link
    ends every older grant.
    """

    grants: Mapping[str, str]

    def holds(self, response: Response, newest: Response | None = None) -> bool:
        """Whether it was opened with the link that now leads to it, or to `newest` of it."""
        opened_with = self.grants.get(str(response.uuid), "")
        return hmac.compare_digest(opened_with, (newest or response).secret_hash)


def actor_for(request: HttpRequest) -> Actor:
    return Actor(dict(request.session.get(GRANTS, {})))


def response_for(request: HttpRequest, uuid: UUID) -> Response:
    """The response, if this device opened the present return link; raises NotGranted.

    The link of a newer revision opens the submitted ones before it too.
    """
    actor = actor_for(request)
    found = response_with(uuid) if actor.grants else None
    if found is None or not (actor.holds(found) or _holds_newest(actor, found)):
        raise NotGranted
    return found


def _holds_newest(actor: Actor, found: Response) -> bool:
    """Also a request that was on its way while the link moved on to a newer revision."""
    newest = found.latest_revision() if found.is_submitted else found
    return actor.holds(newest) or actor.holds(found, newest)


def open_response_for(request: HttpRequest, uuid: UUID) -> Response:
    """The same, for changing it; raises AlreadyClosed, RoundClosed."""
    response = response_for(request, uuid)
    if response.is_submitted:
        raise AlreadyClosed
    if response.round.is_closed:
        raise RoundClosed
    return response


def judged_response_for(request: HttpRequest, uuid: UUID) -> Response:
    """A response that has a result of its own; until then its report does not exist."""
    response = response_for(request, uuid)
    if response.result_id is None:
        raise NotGranted
    return response


def round_for(request: HttpRequest, response: Response) -> Round:
    """The round of a response this device was given, to change what is the round's.

    It is hers who answers alone; a respondent among several has no say in it. Raises NotGranted.
    """
    if not response.round.alone:
        raise NotGranted
    return response.round


def latest_granted(request: HttpRequest) -> Response | None:
    """The response this device opened last, if it may still open it."""
    actor = actor_for(request)
    if not actor.grants:
        return None
    found = response_with(UUID(list(actor.grants)[-1]))
    return found if found and actor.holds(found) else None


def response_by_secret(secret: str) -> Response | None:
    rows = Response.objects.filter(secret_hash=hash_of_secret(secret))
    return rows.select_related("round__edition").first()


def published_edition() -> Edition:
    edition = Edition.objects.current()
    if edition is None:
        raise NothingPublished
    return edition


def grant(request: HttpRequest, response: Response) -> None:
    """Opens the response to this device, under a new session key."""
    grant_also(request, response)
    request.session.cycle_key()


def grant_also(request: HttpRequest, response: Response) -> None:
    """The same for a device that holds the link already: its other requests go on.

    With a new key those that are on their way would find no session.
    """
    grants = dict(actor_for(request).grants)
    grants.pop(str(response.uuid), None)
    latest = [*grants.items(), (str(response.uuid), response.secret_hash)][-MOST_GRANTS:]
    request.session[GRANTS] = dict(latest)


def remember_link(http_response: HttpResponseBase, secret: str) -> None:
    """Keeps the secret on the person's own device, where no script can read it."""
    cookies.set_cookie(http_response, cookies.LINK, secret, seconds=settings.SESSION_COOKIE_AGE)


def remembered_link(request: HttpRequest, response: Response) -> str | None:
    """The secret of this very response, where this device still has it."""
    secret = request.COOKIES.get(cookies.LINK, "")
    right = hmac.compare_digest(hash_of_secret(secret), response.secret_hash)
    return secret if right else None


def forget(request: HttpRequest, http_response: HttpResponse) -> None:
    """Ends every grant of this device and asks the browser to drop what it keeps."""
    request.session.flush()
    http_response.delete_cookie(cookies.LINK, path=settings.SESSION_COOKIE_PATH, samesite="Lax")
    http_response["Clear-Site-Data"] = '"cookies", "storage"'
