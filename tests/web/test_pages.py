"""The pages that explain lead back to one's own answers, on a device that holds some."""

from __future__ import annotations

import hashlib

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment.models import Answer, Response
from assessment.models.responses import AnswerRow
from assessment.reports.answer_wording import answer_words
from assessment.reports.wording import STATUSES
from assessment.reports.xlsform import words_of_site
from assessment.web.pages import NOTICE_VERSION
from assessment.web.questionnaire.fields import status_rows
from tests.seeds_once import seeds
from tools.html_page import page_of

pytestmark = pytest.mark.django_db
EXPLAINING = ("help", "glossary", "method", "privacy", "paper")


def linked(client: Client, name: str) -> set[str]:
    return {str(attrs["href"]) for _, _, attrs in page_of(client.get(reverse(name))).find("a")}


def test_pages_lead_back_to_the_answers_of_this_device(holder: Client, response: Response) -> None:
    own = reverse("tasks", args=[response.uuid])

    found = {
        name: [own in linked(client, name) for client in (holder, Client())] for name in EXPLAINING
    }

    assert found == {name: [True, False] for name in EXPLAINING}


def test_labels_beside_the_options_are_the_same_everywhere(client: Client, edition: object) -> None:
    question = seeds().question["TG5"]
    on_its_page = {row.value: row.text for row in status_rows(question)}
    on_paper = client.get(reverse("paper")).content.decode()
    from_there = on_paper[on_paper.index('id="TG5"') :]

    on_it = {status: f"</span> {label}</li>" in from_there for status, label in on_its_page.items()}
    assert on_it == dict.fromkeys(on_its_page, True)
    elsewhere = {
        "report": {s: answer_words(question, AnswerRow("TG5", s))[0] for s in on_its_page},
        "summary": {s: str(STATUSES[s]) for s in on_its_page},
        "xlsform": {s: words_of_site("en")[s] for s in on_its_page},
        "model": {s: Answer(status=s).get_status_display() for s in on_its_page},
    }
    assert elsewhere == dict.fromkeys(elsewhere, on_its_page)


NOTICES = {"2026-11-29.2": "3f12dfeb40ea9708", "2026-11-30.1": "4f27fe3eb6703563"}
"""By version, the beginning of the hash of its words. Words that change get another version in
`assessment/web/pages.py`, and a line here: what a response notes is what its person was shown."""


def test_notice_of_other_words_has_another_version() -> None:
    notice = settings.BASE_DIR / "templates" / "pages" / "privacy.html"
    words = " ".join(notice.read_text(encoding="utf-8").split())

    assert NOTICES[NOTICE_VERSION] == hashlib.sha256(words.encode()).hexdigest()[:16]
