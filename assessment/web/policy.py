"""Who may use which address: a permission for each name of `urls.py`.

An address without one does not start (`guarded`). Which response or round a person may open is
decided by `access.py`; here stands what follows from a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control, patch_vary_headers

from assessment.actions.responses.lock import AlreadySubmitted, RoundNotOpen
from assessment.web import errors
from assessment.web.access import AlreadyClosed, NotGranted, NothingPublished, RoundClosed

View = Callable[..., HttpResponseBase]

READ = frozenset({"GET", "HEAD"})
WRITE = frozenset({"POST"})
BOTH = READ | WRITE


class Role(NamedTuple):
    """What somebody is, and to what: one person is several of these."""

    name: str
    object: str


VISITOR = Role("visitor", "site")
STRANGER = Role("holder", "another response")
HOLDER = Role("holder", "response")
OWNER = Role("holder", "round")
STAFF = Role("staff", "site")
ROLES = (VISITOR, STRANGER, HOLDER, OWNER, STAFF)
"""Who answers alone holds the response and its round; who answers among several the response."""
ANYBODY = frozenset(ROLES)
HOLDERS = frozenset({HOLDER, OWNER})
OWNERS = frozenset({OWNER})


@dataclass(frozen=True, slots=True)
class Permission:
    """`personal` pages are never stored by a browser or a proxy; `json` is answered in JSON.

    `sent_again`: what was typed outlives a grant, and is sent once the link is pasted.
    """

    methods: frozenset[str]
    roles: frozenset[Role] = ANYBODY
    personal: bool = False
    json: bool = False
    sent_again: bool = False


def _public(methods: frozenset[str]) -> Permission:
    return Permission(methods)


def _of_response(methods: frozenset[str], **more: bool) -> Permission:
    return Permission(methods, HOLDERS, personal=True, **more)


def _of_round(methods: frozenset[str], **more: bool) -> Permission:
    return Permission(methods, OWNERS, personal=True, **more)


_WITH_WAY_BACK = Permission(READ, personal=True)
"""For anybody; on a device that holds a grant they lead back to its answers."""
POLICY: dict[str, Permission] = {
    **dict.fromkeys(("start", "method", "privacy", "help", "glossary", "paper"), _WITH_WAY_BACK),
    "healthz": _public(READ),
    "language": _public(WRITE),
    "begin": Permission(BOTH, personal=True),
    "return": Permission(READ, personal=True),
    "return_form": Permission(BOTH, personal=True),
    "leave": Permission(WRITE, personal=True),
    "preview": Permission(BOTH, frozenset({STAFF}), personal=True),
    "link": _of_response(BOTH),
    "mail": _of_response(BOTH),
    "tasks": _of_response(READ),
    "profile": _of_round(BOTH, sent_again=True),
    "page": _of_response(BOTH, sent_again=True),
    "question": _of_response(BOTH, sent_again=True),
    "answer": _of_response(WRITE, json=True),
    "way": _of_round(WRITE),
    "check": _of_response(READ),
    "submit": _of_response(WRITE),
    "confirmation": _of_response(READ),
    "reopen": _of_round(BOTH),
    **dict.fromkeys(("brief", "report", "annexes"), _of_response(READ)),
    **dict.fromkeys(("brief_pdf", "report_pdf", "main_pdf"), _of_response(READ)),
    **dict.fromkeys(("brief_wait", "report_wait", "main_wait"), _of_response(BOTH)),
    "own_paper": _of_response(READ),
}


ADMIN = Permission(BOTH, frozenset({STAFF}), personal=True)
"""The addresses below admin/: Django's own checks hold them to this, its sign-in page excepted."""


def guarded(name: str, view: View) -> View:
    """`view` held to its permission, with one HTTP response for each refusal of access."""
    rule = POLICY[name]

    @wraps(view)
    def guard(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method not in rule.methods:
            return HttpResponseNotAllowed(sorted(rule.methods))
        http_response = _call_view(name, view, request, **kwargs)
        if rule.personal:
            patch_cache_control(http_response, private=True, no_store=True)
            patch_vary_headers(http_response, ["Cookie"])
        return http_response

    return guard


def _call_view(name: str, view: View, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    wants_json = POLICY[name].json
    try:
        return view(request, **kwargs)
    except NotGranted:
        if wants_json:
            return errors.grant_ended_json(request)
        typed = request.method == "POST" and POLICY[name].sent_again
        return errors.grant_ended(request) if typed else errors.not_found(request)
    except (AlreadyClosed, AlreadySubmitted):
        refuse = errors.closed_json if wants_json else errors.closed
        return refuse(request, kwargs["uuid"])
    except (RoundClosed, RoundNotOpen):
        return errors.round_closed_json(request) if wants_json else errors.round_closed(request)
    except NothingPublished:
        return errors.nothing_published(request)
