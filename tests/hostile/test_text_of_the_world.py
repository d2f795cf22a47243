"""The letters of the users' languages, and what other programs leave in a text, at every door."""

from __future__ import annotations

import csv
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from assessment.actions.clean_text import clean_line
from assessment.actions.editions.import_bank import import_bank
from assessment.actions.responses.export import ExportOptions, export_responses
from assessment.actions.responses.submit import submit_response
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.plain_text import normalise_text
from assessment.instrument.texts import TextKey, hash_of_text, texts_of
from assessment.instrument.translation import Translation
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.interchange.workbook.reader import from_xlsx
from assessment.interchange.workbook.writer import to_xlsx
from assessment.models import Edition, Response
from tests.factories import NOW, PROFILE, ResponseFactory
from tests.seeds_once import seeds
from tests.sheet_of_letters import DRAWN_AS, NOT_PRINTED, PASTED, PRINTED

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

PLAIN = [*PRINTED.values(), *DRAWN_AS, *NOT_PRINTED.values()]
TYPED = "\n".join([*PLAIN, *PASTED])
KEPT = normalise_text("\n".join([*PLAIN, *PASTED.values()]))
NAME = "Ɓauchi \u202eẹ̀kọ́\u202c ማኅበራዊ Κοινή Ґрунт 社会 الحماية"
LINES = [*PLAIN, *PASTED]
KEPT_LINES = [clean_line(line.replace("\n", " ")) for line in (*PLAIN, *PASTED.values())]
WITH_SIGNS = "\u202arosa@example.org\u202c\u200b\xa0"
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


def shown(client: Client, name: str, response: Response, *part: str) -> str:
    return unescape(client.get(reverse(name, args=[response.uuid, *part])).content.decode())


def test_people_s_texts_are_kept_whole_and_shown_whole(client: Client, response: Response) -> None:
    """And invisible signs around an address are no hindrance."""
    scheme = response.scheme
    programme = scheme.programme_set.get()
    pages = [shown(client, "tasks", response), shown(client, "check", response)]
    with override_settings(EMAIL_HOST="mail.example.org"):
        client.post(reverse("mail", args=[response.uuid]), {"address": WITH_SIGNS})
    submit_response(response=response, now=NOW)
    pages.append(shown(client, "annex", response, "answers") + shown(client, "brief", response))

    assert (scheme.name, programme.name, programme.institution) == (clean_line(NAME),) * 3
    assert response.answers.get().note == KEPT
    assert [clean_line(NAME) in page for page in (pages[0], pages[2])] == [True, True]
    assert {line for line in KEPT.split("\n") if line not in pages[1]} == set()
    assert {line for line in KEPT.split("\n") if line not in pages[2]} == set()
    assert [page.count("\N{REPLACEMENT CHARACTER}") for page in pages] == [0, 0, 0]
    assert mail.outbox[0].to == ["rosa@example.org"]


def test_texts_and_translations_of_the_bank_come_back_from_both_files(edition: Edition) -> None:
    typed, place = TYPED.replace("\x0b", "\x85"), TextKey("questions", "TG2", "help")
    bank = with_text(typed)
    made = {"es": {place: Translation(typed, hash_of_text(texts_of(bank)[place]))}}

    read = [from_zip(to_zip(bank, made)), from_xlsx(to_xlsx(bank, made))]
    drafts = [
        import_bank(instrument=file.instrument, into=None, now=NOW, translations=file.translations)
        for file in read
    ]

    assert [file.instrument.questions[0].help for file in read] == [KEPT, KEPT]
    assert [draft.instrument("es").question["TG2"].help for draft in drafts] == [KEPT, KEPT]


def with_lines() -> Instrument:
    """The letters in the questions, a line each, and all of them again in their options."""
    asked = seeds().questions
    worded = dict(zip((question.code for question in asked), LINES, strict=False))
    assert len(worded) == len(LINES)
    questions = [
        replace(
            question,
            text=f"{question.code} {worded.get(question.code, '')}",
            options=tuple(
                replace(option, text=f"{option.value} {worded.get(question.code, '')}")
                for option in question.options
            ),
        )
        for question in asked
    ]
    return replace(seeds(), questions=tuple(questions))


def missing(text: str) -> set[str]:
    """The kept lines that do not stand in `text`, whatever the white space around them is."""
    whole = " ".join(text.split())
    return {line for line in KEPT_LINES if " ".join(line.split()) not in whole}


@pytest.fixture
def draft(edition: Edition) -> Edition:
    """With the letters in its questions, and with all of them in a translation of one."""
    bank = from_zip(to_zip(with_lines())).instrument
    place = TextKey("questions", "TG2", "help")
    made = Translation(KEPT, hash_of_text(texts_of(bank)[place]))
    return import_bank(instrument=bank, into=None, now=NOW, translations={"es": {place: made}})


def test_lists_and_pages_of_the_admin_and_exported_labels_are_whole(
    draft: Edition, client: Client
) -> None:
    client.force_login(User.objects.create_superuser("maria"))
    questions = reverse("admin:assessment_question_changelist")
    languages = reverse("admin:assessment_editionlanguage_changelist")
    offered = draft.editionlanguage_set.get(language="es")
    question = draft.question_set.get(code="TG2")

    pages = [
        client.get(address, follow=True)
        for address in (
            f"{questions}?edition={draft.pk}",
            f"{languages}{offered.pk}/texts/?code=TG2",
            reverse("admin:assessment_question_change", args=[question.pk]),
        )
    ]

    shown, labels = [unescape(page.content.decode()) for page in pages], exported_texts(draft)
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [missing(page) for page in shown[:2]] == [set(), set()]
    assert KEPT_LINES[asked_before("TG2")] in shown[2]
    assert ["\N{REPLACEMENT CHARACTER}" in page for page in shown] == [False] * 3
    assert [line for line in exported_lines() if line not in labels] == []
    assert len(exported_lines()) > 30


def asked_before(code: str) -> int:
    return [question.code for question in seeds().questions].index(code)


def exported_texts(draft: Edition) -> set[str]:
    """What the dictionary of an export says, without the codes before it."""
    out = BytesIO()
    export_responses(options=ExportOptions(draft, "labels", "wide"), out=out)
    with ZipFile(out) as archive:
        rows = csv.reader(archive.read("dictionary.csv").decode("utf-8-sig").splitlines(True))
        return {cell.partition(" ")[2] for row in rows for cell in row}


def exported_lines() -> list[str]:
    exported = {q.code for q in seeds().questions if q.dimension and not kind_of(q).free_text}
    return [
        normalise_text(line)
        for question, line in zip(seeds().questions, LINES, strict=False)
        if question.code in exported
    ]
