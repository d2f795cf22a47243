from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.actions.editions.load_seeds import load_seeds
from assessment.actions.editions.publish import publish
from assessment.models import Edition, Response
from tests.factories import NOW, ResponseFactory, answered
from tests.seeds_once import seeds
from tests.web.conftest import granted
from tools.html_page import form_data

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


class Counted(CaptureQueriesContext):
    """Statements that fetch or write; the test's own savepoints are not the site's."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def statements(self) -> list[str]:
        sent = [str(query["sql"]) for query in self.captured_queries]
        return [sql for sql in sent if not sql.startswith(TRANSACTION)]


@pytest.fixture
def wider(edition: Edition) -> Edition:
    """An edition whose targeting page has twice the questions."""
    bank = seeds()
    more = tuple(
        replace(q, code=f"{q.code}0", text=f"Once more: {q.text}")
        for q in bank.questions
        if q.dimension == "TG"
    )
    instrument = replace(bank, name="Twice", questions=(*bank.questions, *more))
    return publish(edition=load_seeds(instrument=instrument, now=NOW).edition, now=NOW)


@pytest.fixture
def devices(response: Response, wider: Edition) -> list[tuple[Client, Response]]:
    """One response with one answer, and one of the wider edition among others with many."""
    answered(response, TG2=2)
    other = ResponseFactory(edition=wider)
    for full in (other, ResponseFactory(edition=wider)):
        answered(full, TG2=2, TG3=1, TG20=3, TG30=4, HC2=1, BI1=0, VC1=2)
    pairs = [(granted(Client(), made), made) for made in (response, other)]
    for client, made in pairs:
        client.get(reverse("tasks", args=[made.uuid]))
    return pairs


def counts(devices: list[tuple[Client, Response]], name: str, *parts: str) -> list[int]:
    sent = []
    for client, made in devices:
        with Counted() as counted:
            assert client.get(reverse(name, args=[made.uuid, *parts])).status_code == 200
        sent.append(len(counted.statements))
    return sent


def test_pages_ask_the_database_little(devices: list[tuple[Client, Response]]) -> None:
    for name, parts in (("page", ("tg",)), ("tasks", ()), ("check", ())):
        small, large = counts(devices, name, *parts)

        assert small == large <= 6, name


def test_autosave_asks_the_database_little(devices: list[tuple[Client, Response]]) -> None:
    sent = []
    for client, made in devices:
        form = {"TG4": "3", "TG4-note": "Kept", "TG4-revision": "0"}
        with Counted() as counted:
            answer = client.post(reverse("answer", args=[made.uuid, "TG4"]), form)
        assert answer.status_code == 200
        assert len(answer.content) <= 1_000
        sent.append(len(counted.statements))

    assert sent[0] == sent[1] <= 6


def test_saving_a_page_asks_the_database_little(devices: list[tuple[Client, Response]]) -> None:
    sent = []
    for client, made in devices:
        address = reverse("page", args=[made.uuid, "tg"])
        form = form_data(client.get(address)) | {"TG2": "4", "TG4": "3"}
        with Counted() as counted:
            assert client.post(address, form).status_code == 302
        sent.append(len(counted.statements))

    assert sent[0] == sent[1] <= 8


def test_submitting_asks_the_database_little(devices: list[tuple[Client, Response]]) -> None:
    sent = []
    for client, made in devices:
        form = form_data(client.get(reverse("check", args=[made.uuid])))
        with Counted() as counted:
            assert client.post(reverse("submit", args=[made.uuid]), form).status_code == 302
        sent.append(len(counted.statements))

    assert sent[0] <= sent[1] <= 15  # where no rule is true, no code is stored


def test_report_asks_the_database_little(devices: list[tuple[Client, Response]]) -> None:
    for client, made in devices:
        form = form_data(client.get(reverse("check", args=[made.uuid])))
        client.post(reverse("submit", args=[made.uuid]), form)

    small, large = counts(devices, "subject", "tg")

    assert small == large <= 10
