"""The letters of the users' languages, and what other programs leave in a text, at every door."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from assessment.actions.clean_text import clean_line
from assessment.actions.responses.submit import submit_response
from assessment.instrument.plain_text import normalise_text
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.interchange.workbook.reader import from_xlsx
from assessment.interchange.workbook.writer import to_xlsx
from assessment.models import Edition, Response
from tests.factories import NOW, PROFILE, ResponseFactory, seeds
from tests.sheet_of_letters import DRAWN_AS, NOT_PRINTED, PASTED, PRINTED

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

PLAIN = [*PRINTED.values(), *DRAWN_AS, *NOT_PRINTED.values()]
TYPED = "\n".join([*PLAIN, *PASTED])
KEPT = normalise_text("\n".join([*PLAIN, *PASTED.values()]))
NAME = "Ɓauchi \u202eẹ̀kọ́\u202c ማኅበራዊ Κοινή Ґрунт 社会 الحماية"
SECRET = "w" * 32


def with_text(text: str) -> Instrument:
    first, *others = seeds().questions
    return replace(seeds(), questions=(replace(first, help=text), *others))


@pytest.fixture
def response(edition: Edition, client: Client) -> Response:
    """Begun, named and answered through the pages with everything that can be pasted."""
    made = ResponseFactory(secret=SECRET)
    client.get(reverse("return", args=[SECRET]))
    named = {"name": NAME, "programme-1-name": NAME, "programme-1-institution": NAME}
    profile = reverse("profile", args=[made.uuid])
    facts = {q.code: PROFILE[q.profile] for q in seeds().profile_questions if q.profile in PROFILE}
    assert client.post(profile, facts | named).status_code == 302
    note = {"TG2": "3", "TG2-note": TYPED, "TG2-revision": "0"}
    assert client.post(reverse("answer", args=[made.uuid, "TG2"]), note).status_code == 200
    made.refresh_from_db()
    return made


def shown(client: Client, name: str, response: Response) -> str:
    return unescape(client.get(reverse(name, args=[response.uuid])).content.decode())


def test_people_s_texts_are_kept_whole_and_shown_whole(client: Client, response: Response) -> None:
    scheme = response.scheme
    programme = scheme.programme_set.get()
    pages = [shown(client, "tasks", response), shown(client, "check", response)]
    submit_response(response=response, now=NOW)
    pages.append(shown(client, "report", response))

    assert (scheme.name, programme.name, programme.institution) == (clean_line(NAME),) * 3
    assert response.answers.get().note == KEPT
    assert [clean_line(NAME) in page for page in (pages[0], pages[2])] == [True, True]
    assert {line for line in KEPT.split("\n") if line not in pages[1]} == set()
    assert {line for line in KEPT.split("\n") if line not in pages[2]} == set()
    assert [page.count("\N{REPLACEMENT CHARACTER}") for page in pages] == [0, 0, 0]


def test_texts_of_the_bank_come_back_from_both_files() -> None:
    bank = with_text(TYPED.replace("\x0b", "\x85"))

    read = [from_zip(to_zip(bank)), from_xlsx(to_xlsx(bank))]

    assert [file.instrument.questions[0].help for file in read] == [KEPT, KEPT]


def test_invisible_signs_around_an_address_are_no_hindrance(
    client: Client, response: Response
) -> None:
    address = "\u202arosa@example.org\u202c\u200b\xa0"

    with override_settings(EMAIL_HOST="mail.example.org"):
        client.post(reverse("mail", args=[response.uuid]), {"address": address})

    assert mail.outbox[0].to == ["rosa@example.org"]
