from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from collections.abc import Callable

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


def sent(act: Callable[[Client, Response], Any], client: Client, made: Response) -> int:
    with Counted() as counted:
        assert act(client, made).status_code in {200, 302}
    return len(counted.statements)


def looked_at(name: str, *parts: str) -> Callable[[Client, Response], Any]:
    return lambda client, made: client.get(reverse(name, args=[made.uuid, *parts]))


def autosaved(client: Client, made: Response) -> Any:
    form = {"TG4": "3", "TG4-note": "Kept", "TG4-revision": "0"}
    answer = client.post(reverse("answer", args=[made.uuid, "TG4"]), form)
    assert len(answer.content) <= 1_000
    return answer


def test_looking_and_autosave_ask_the_database_little(
    devices: list[tuple[Client, Response]],
) -> None:
    """And as much of the larger questionnaire as of the smaller."""
    steps = {
        "page": looked_at("page", "tg"),
        "tasks": looked_at("tasks"),
        "check": looked_at("check"),
        "autosave": autosaved,
    }

    found = {name: [sent(act, *one) for one in devices] for name, act in steps.items()}

    assert {
        name: (small, large) for name, (small, large) in found.items() if not small == large <= 6
    } == {}


def test_saving_submitting_and_reading_the_report_ask_the_database_little(
    devices: list[tuple[Client, Response]],
) -> None:
    def by_form(address: str, to: str, *parts: str, **typed: str) -> list[int]:
        def posted(client: Client, made: Response) -> Any:
            return client.post(reverse(to, args=[made.uuid, *parts]), forms[made])

        forms = {
            made: form_data(client.get(reverse(address, args=[made.uuid, *parts]))) | typed
            for client, made in devices
        }
        return [sent(posted, *one) for one in devices]

    saved = by_form("page", "page", "tg", TG2="4", TG4="3")
    submitted = by_form("check", "submit")
    read = [sent(looked_at("subject", "tg"), *one) for one in devices]

    assert saved[0] == saved[1] <= 8
    assert submitted[0] <= submitted[1] <= 15  # where no rule is true, no code is stored
    assert read[0] == read[1] <= 10
