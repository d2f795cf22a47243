"""The one way to a page beside a form, and what such a page answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from django.urls import reverse

from assessment.admin.core.pages import (
    address_of,
    compile_edition,
    draw_page,
    may_view,
    open_by_key,
    page_path,
    part_addresses,
    record,
    send_back,
)
from assessment.models import Edition, Question, Rule, Source, Term
from tests.admin.edition_pages import person


def asked(method: str = "get") -> HttpRequest:
    request = getattr(RequestFactory(), method)("/")
    request.user = User(username="rosa", pk=7)
    vars(request)["_messages"] = CookieStorage(request)
    return request  # type: ignore[no-any-return]


def name_of(request: HttpRequest, row: Any, word: str = "") -> HttpResponseBase:
    return HttpResponse(f"{row} {word}".strip())


def opened(request: HttpRequest, pk: int, view: Any = name_of, may: bool = True) -> Any:
    page = open_by_key(view, rows=Question.objects.all, may=lambda asker, row: may)
    return page(request, pk=pk)


@pytest.fixture
def question(draft: Edition) -> Question:
    return Question.objects.get(code="TG1")


def test_page_gets_its_row_and_the_other_parts_of_its_address_unless_a_value_is_tampered(
    question: Question,
) -> None:
    def read(request: HttpRequest, row: Question) -> HttpResponseBase:
        return HttpResponse(int("abc"))

    table: list[str] = ["get", "head", "post"]
    page: Any = open_by_key(name_of, rows=Question.objects.all, may=lambda asker, row: True)

    assert {
        method: page(asked(method), pk=question.pk, word="twice").content for method in table
    } == dict.fromkeys(table, f"{question} twice".encode())
    with pytest.raises(BadRequest):
        opened(asked(), question.pk, view=read)


def test_page_of_an_edition_that_cannot_be_read_leads_to_its_checks(question: Question) -> None:
    def read(request: HttpRequest, row: Question) -> HttpResponseBase:
        return HttpResponse(" ".join(sorted(compile_edition(row.edition).question)))

    request = asked()
    assert opened(request, question.pk, view=read).content == b"TG1 TG2 TG3"
    Rule.objects.update(when="level.TG <")

    response = opened(request, question.pk, view=read)

    assert response.headers["Location"] == address_of("checks", question.edition)
    assert [str(message) for message in get_messages(request)] == [
        "This draft has faults that must be put right first."
    ]


def test_page_is_for_who_signed_in_and_may_see_rows_of_its_model(question: Question) -> None:
    table: list[tuple[str, bool]] = [
        ("view_term", True),
        ("change_term", True),
        ("view_source", False),
    ]

    def may(right: str) -> bool:
        person(right, right)
        request = asked()
        request.user = User.objects.get(username=right)
        return may_view(Term)(request, None)

    found = page_path(
        "<int:pk>/name/", name_of, "name", rows=Question.objects.all, may=lambda asker, row: True
    )
    request = asked()
    request.user = AnonymousUser()

    assert [(right, may(right)) for right, _ in table] == table
    response = found.callback(request, pk=question.pk)
    assert (found.name, response.status_code) == ("name", 302)
    assert response.headers["Location"].startswith(reverse("admin:login"))


def test_page_is_drawn_in_the_frame_of_its_model(question: Question) -> None:
    """The edition of a row is itself, or the one it belongs to."""
    edition = question.edition

    page = draw_page(asked(), "bench/preview", question, "A title", broken="no")
    of_edition = draw_page(asked(), "bench/preview", edition, "A title")

    assert page.template_name == "admin/assessment/bench/preview.html"
    drawn = page.context_data or {}
    assert [drawn[name] for name in ("title", "original", "edition", "opts", "broken")] == [
        *("A title", question, edition, Question._meta, "no")
    ]
    assert str(drawn["media"]) == str(admin.site.get_model_admin(Question).media)
    assert (of_edition.context_data or {})["edition"] == edition


def test_what_was_done_is_told_at_the_form_and_noted(question: Question) -> None:
    """In the list of recent actions."""
    request = asked()
    request.user = User.objects.create_user("eva")

    response = send_back(request, question, "Not now.")
    record(request, question, "Copied.", ADDITION)

    assert response.headers["Location"] == address_of("change", question)
    assert [message.level_tag for message in get_messages(request)] == ["error"]
    row = LogEntry.objects.values_list("user", "object_id", "action_flag", "change_message").get()
    assert row == (request.user.pk, str(question.pk), ADDITION, "Copied.")


def test_address_is_that_of_the_part_with_its_further_parts(
    draft: Edition, published: Edition
) -> None:
    source, rule = Source.objects.get(edition=draft), Rule.objects.get(edition=draft)

    assert part_addresses(draft, (Source, Rule)) == {
        (Source, "RS"): address_of("change", source),
        (Rule, "R01"): address_of("change", rule),
    }
    assert address_of("correct", draft, "questions", "TG1") == reverse(
        "admin:assessment_edition_correct", args=[draft.pk, "questions", "TG1"]
    )
