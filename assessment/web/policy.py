"""Who may use which address: a permission for each name of `urls.py`.

An address without one does not start (`guarded`). Which response a person may open is decided by
`access.py`; here stands what follows from a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control, patch_vary_headers

from assessment.actions.responses.submit import AlreadySubmitted
from assessment.web import errors
from assessment.web.access import AlreadyClosed, NotGranted, NothingPublished

View = Callable[..., HttpResponseBase]

READ = frozenset({"GET", "HEAD"})
WRITE = frozenset({"POST"})
BOTH = READ | WRITE

VISITOR = "visitor"
STRANGER = "holder of another response"
HOLDER = "holder of the response"
STAFF = "signed in to the admin"
ROLES = (VISITOR, STRANGER, HOLDER, STAFF)
ANYBODY = frozenset(ROLES)
HOLDERS = frozenset({HOLDER})


@dataclass(frozen=True, slots=True)
class Permission:
    """`personal` pages are never stored by a browser or a proxy."""

    methods: frozenset[str]
    roles: frozenset[str] = ANYBODY
    personal: bool = False


def _public(methods: frozenset[str]) -> Permission:
    return Permission(methods)


def _own(methods: frozenset[str]) -> Permission:
    return Permission(methods, HOLDERS, personal=True)


POLICY: dict[str, Permission] = {
    "start": _public(READ),
    "method": _public(READ),
    "privacy": _public(READ),
    "help": _public(READ),
    "glossary": _public(READ),
    "paper": _public(READ),
    "healthz": _public(READ),
    "language": _public(WRITE),
    "begin": Permission(BOTH, personal=True),
    "return": Permission(READ, personal=True),
    "return_form": Permission(BOTH, personal=True),
    "leave": Permission(WRITE, personal=True),
    "preview": Permission(BOTH, frozenset({STAFF}), personal=True),
    "link": _own(BOTH),
    "mail": _own(BOTH),
    "tasks": _own(READ),
    "profile": _own(BOTH),
    "page": _own(BOTH),
    "answer": _own(WRITE),
    "check": _own(READ),
    "submit": _own(WRITE),
    "confirmation": _own(READ),
    "reopen": _own(BOTH),
    "report": _own(READ),
    "report_pdf": _own(READ),
    "own_paper": _own(READ),
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
    wants_json = name == "answer"
    try:
        return view(request, **kwargs)
    except NotGranted:
        if wants_json:
            return errors.grant_ended_json(request)
        typed = request.method == "POST" and name in errors.SENT_AGAIN
        return errors.grant_ended(request) if typed else errors.not_found(request)
    except (AlreadyClosed, AlreadySubmitted):
        refuse = errors.closed_json if wants_json else errors.closed
        return refuse(request, kwargs["uuid"])
    except NothingPublished:
        return errors.nothing_published(request)
