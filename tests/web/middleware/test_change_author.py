"""Whose changes are known, and that respondents pay nothing for it."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from assessment.models import Edition, EditionLanguage
from assessment.web.logs import new_request_id
from assessment.web.middleware.change_author import actor_of_changes

pytestmark = pytest.mark.no_cover


class Failed(Exception):
    pass


def receivers(address: str) -> int:
    """How many listen while the address is answered."""
    found = []

    def view(_request: HttpRequest) -> HttpResponse:
        found.append(len(pre_save._live_receivers(LogEntry)[0]))
        return HttpResponse()

    request = RequestFactory().get(address)
    request.user = User(username="maria")
    actor_of_changes(view)(request)
    return found[0]


def test_nothing_listens_outside_the_administration() -> None:
    """Nor after a failure in it."""
    before = [receivers(address) for address in ("/", "/begin/", "/admin/")]
    request = RequestFactory().get("/admin/")
    request.user = User(username="maria")
    with pytest.raises(Failed):
        actor_of_changes(failing)(request)

    assert (before, receivers("/")) == ([0, 0, 1], 0)


def failing(_request: HttpRequest) -> HttpResponse:
    raise Failed


def test_change_names_its_person_and_its_request(edition: Edition) -> None:
    """Signing in is no change."""
    user = User.objects.create_superuser("maria", "maria@example.org", "a long password")
    before = LogEntry.objects.count()
    sign_in = {"login": "maria", "password": "a long password"}
    signed_in = Client().post("/account/sign-in/", sign_in).status_code, LogEntry.objects.count()
    name = new_request_id()

    def view(_request: HttpRequest) -> HttpResponse:
        EditionLanguage.objects.create(edition=edition, language="es")
        return HttpResponse()

    request = RequestFactory().get("/admin/", headers={"x-forwarded-for": "192.0.2.1"})
    request.user = user
    actor_of_changes(view)(request)

    entry = LogEntry.objects.latest("pk")
    assert signed_in == (302, before)
    assert (entry.actor, entry.cid) == (user, name)
    assert (entry.actor_email, entry.remote_addr, entry.remote_port) == (None, None, None)
