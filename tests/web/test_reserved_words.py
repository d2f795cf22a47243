"""No code of a bank can stand where the site has a word of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.urls import get_resolver, reverse

from assessment.instrument.codes import EXPORT_COLUMNS, FORM_FIELDS, PAGES
from assessment.interchange.responses_csv import LONG_ABOUT, RESPONSE_COLUMNS
from assessment.urls import OWN
from assessment.web.questionnaire.progress import CLOSING, PROFILE

if TYPE_CHECKING:
    from django.test import Client

    from assessment.models import Response

WORD = re.compile(r"[a-z_]+")


def test_addresses_and_columns_of_exports_are_no_codes() -> None:
    """Of dimensions, and of questions."""
    routes = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    beside = {route.removeprefix(OWN).split("/")[0] for route in routes if route.startswith(OWN)}
    words = {word for word in beside if WORD.fullmatch(word)}

    assert words | {PROFILE, CLOSING} == PAGES
    # The first column of the long form is the response's number, and `code` names the question.
    assert RESPONSE_COLUMNS.keys() | LONG_ABOUT.keys() == EXPORT_COLUMNS


def test_fields_beside_the_questions_are_no_codes_of_questions(
    holder: Client, response: Response
) -> None:
    codes = set(response.edition.instrument().question)
    found: set[str] = set()
    for address in (
        reverse("begin"),
        reverse("profile", args=[response.uuid]),
        reverse("page", args=[response.uuid, "pc"]),
        reverse("check", args=[response.uuid]),
    ):
        html = holder.get(address).content.decode()
        body = html.partition("<body")[2]
        found |= set(re.findall(r'\s(?:name|id)="([A-Za-z0-9_]+)"', body))

    assert {name for name in found - codes if not name.startswith("id_")} <= FORM_FIELDS
