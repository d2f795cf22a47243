"""Access from a request to data, for every view: what a device was not granted does not exist.

`actor_for` says who asks; `response_for` and `round_for` give what that actor may see. Nothing else
in `web` reads a response or a round of one; what members of an organisation may open is decided by
`member_access.py`.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from assessment.actions.responses.return_link import hash_of_secret
from assessment.actions.rounds.enter import RoundLink, round_link
from assessment.models import Edition, Response, Result, Round, SharedBrief
from assessment.models.prepared_queries import response_with
from assessment.models.promises import read_promise
from assessment.web import cookies
from assessment.web.sessions import GRANTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

MOST_GRANTS = 20
ONE_MINUTE = 60
EVERYTHING = "/"


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
    if not response.round.takes_answers(timezone.now()):
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


def plan_for(request: HttpRequest, uuid: UUID) -> tuple[Response, Result]:
    """A response whose round has a plan, and the result the plan is read with: the latest.

    There is one as soon as somebody submitted, and reopening does not take it away. Raises
    NotGranted.
    """
    response = response_for(request, uuid)
    results = Result.objects.with_content().filter(round=round_for(request, response))
    latest = results.select_related("response").first()
    if latest is None:
        raise NotGranted
    return response, latest


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


def invited_by_secret(secret: str) -> RoundLink | None:
    """Where the link of an invitation, or of a group, leads; None where it leads nowhere."""
    return round_link(secret)


def shared_round_for(request: HttpRequest, uuid: UUID) -> Round:
    """The closed round in which this person submitted, where she was promised its result.

    What she was promised, whatever was changed since. Raises NotGranted.
    """
    response = response_for(request, uuid)
    promised = read_promise(response.promise).round_result
    if not (response.is_submitted and response.round.is_closed and promised):
        raise NotGranted
    rows = Round.objects.select_related("scheme", "edition", "result")
    return rows.get(pk=response.round_id)


def shared_by_secret(secret: str, now: datetime) -> SharedBrief | None:
    """What others may read by this link; None where it is over, and where there never was one."""
    rows = SharedBrief.objects.open(now).filter(secret_hash=hash_of_secret(secret))
    return rows.select_related("response__round__edition").first()


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


def mark_left(http_response: HttpResponseBase, address: str) -> None:
    """Tells the next page to drop what the browser keeps for addresses below this one.

    A mark of the server's, because anybody can link to the address of that page.
    """
    cookies.set_cookie(http_response, cookies.LEFT, address, seconds=ONE_MINUTE)


def just_left(request: HttpRequest) -> str:
    return request.COOKIES.get(cookies.LEFT, "")


def forget_erased(
    request: HttpRequest, http_response: HttpResponseBase, erased: Iterable[Response]
) -> None:
    """Ends what this device holds of these responses, and nothing else."""
    hashes = {str(response.uuid): response.secret_hash for response in erased}
    grants = actor_for(request).grants
    request.session[GRANTS] = {uuid: held for uuid, held in grants.items() if uuid not in hashes}
    cookies.delete_cookie(http_response, cookies.DEVICE_CODE)
    if hash_of_secret(request.COOKIES.get(cookies.LINK, "")) in hashes.values():
        cookies.delete_cookie(http_response, cookies.LINK)


def forget(request: HttpRequest, http_response: HttpResponse) -> None:
    """Ends every grant of this device and asks the browser to drop what it keeps.

    Where a browser does not do so (without TLS), the mark tells the next page to.
    """
    request.session.flush()
    for name in (cookies.LINK, cookies.DRAFT, cookies.DEVICE_CODE):
        cookies.delete_cookie(http_response, name)
    mark_left(http_response, EVERYTHING)
    http_response["Clear-Site-Data"] = '"cookies", "storage"'
