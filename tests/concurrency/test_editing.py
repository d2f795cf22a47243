"""An edition that is published while somebody changes it: what was published never changes."""

from __future__ import annotations

import json
from contextlib import nullcontext
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from assessment.actions.editions.publish import publish
from assessment.actions.editions.start_draft import start_draft
from assessment.models import Edition, EditionLanguage, Question, Term
from tests.admin.form_data import admin_form_data
from tests.concurrency.conftest import database_copy
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.no_cover

WRITES = ("UPDATE ", "DELETE ", "INSERT ")
LIST = "/admin/assessment/term/"
WAITED = 0.3
"""Seconds in which the second of two reaches the lock; what it then does is compared at the end."""


class PausesBeforeWriting:
    """Holds the first statement that changes the bank until it is let go."""

    def __init__(self) -> None:
        self.reached, self.let_go = Event(), Event()

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(WRITES) and '"assessment_' in sql.split("WHERE", maxsplit=1)[0]:
            self.reached.set()
            self.let_go.wait(timeout=30)
        return execute(sql, *rest)


@pytest.fixture
def draft(edition: Edition) -> Edition:
    draft = start_draft(edition=edition, now=NOW)
    Term.objects.create(edition=draft, code="spare", term="spare", text="Not used.", position=99)
    EditionLanguage.objects.create(edition=draft, language="es", fallback_accepted=True)
    return draft


@pytest.fixture
def maria(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("maria"))
    return client


def change(maria: Client, draft: Edition) -> Callable[[], Any]:
    question = Question.objects.get(edition=draft, code="PC1")
    page = reverse("admin:assessment_question_change", args=[question.pk])
    data = admin_form_data(maria, page) | {"text": "Changed at the last moment?"}
    return lambda: maria.post(page, data)


def add(maria: Client, draft: Edition) -> Callable[[], Any]:
    page = reverse("admin:assessment_term_add")
    data = admin_form_data(maria, page) | {"code": "late", "term": "late", "text": "Added late."}
    return lambda: maria.post(page, data)


def delete(maria: Client, draft: Edition) -> Callable[[], Any]:
    page = reverse("admin:assessment_term_delete", args=[draft.term_set.get(code="spare").pk])
    return lambda: maria.post(page, {"post": "yes"})


def delete_several(maria: Client, draft: Edition) -> Callable[[], Any]:
    chosen = [draft.term_set.get(code="spare").pk]
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    return lambda: maria.post(LIST, data)


def drag(maria: Client, draft: Edition) -> Callable[[], Any]:
    first, second = draft.term_set.all()[:2]
    body = json.dumps({"updatedItems": [[second.pk, 1], [first.pk, 2]]})
    return lambda: maria.post(f"{LIST}adminsortable2_update/", body, "application/json")


def number(maria: Client, draft: Edition) -> Callable[[], Any]:
    formset = maria.get(LIST).context["cl"].formset
    data = {form.add_prefix("id"): form.instance.pk for form in formset.forms}
    data |= {form.add_prefix("position"): place for place, form in enumerate(formset.forms, 2)}
    total = len(formset.forms)
    data |= {"form-TOTAL_FORMS": total, "form-INITIAL_FORMS": total, "_save": "Save"}
    data["form-0-position"] = total
    return lambda: maria.post(LIST, data)


def restore(maria: Client, draft: Edition) -> Callable[[], Any]:
    change(maria, draft)()
    entry = LogEntry.objects.latest("pk")
    page = reverse("admin:assessment_question_restore", args=[entry.object_id, entry.pk])
    return lambda: maria.post(page)


def change_scale(maria: Client, draft: Edition) -> Callable[[], Any]:
    page = reverse("admin:assessment_edition_change", args=[draft.pk])
    data = admin_form_data(maria, page) | {"name": "Renamed at the last moment"}
    data["scale"] = json.dumps(draft.scale)
    return lambda: maria.post(page, data)


def take_language_away(maria: Client, draft: Edition) -> Callable[[], Any]:
    offered = draft.editionlanguage_set.get()
    page = reverse("admin:assessment_editionlanguage_delete", args=[offered.pk])
    return lambda: maria.post(page, {"post": "yes"})


WAYS = [
    change,
    add,
    delete,
    delete_several,
    drag,
    number,
    restore,
    change_scale,
    take_language_away,
]


def rows(edition: Edition) -> list[Any]:
    tables = (Edition.objects.filter(pk=edition.pk), edition.question_set, edition.term_set)
    languages = edition.editionlanguage_set
    return [list(table.order_by("pk").values()) for table in (*tables, languages)]


def in_thread(work: Callable[[], Any], pause: PausesBeforeWriting | None = None) -> Thread:
    def run() -> None:
        with connection.execute_wrapper(pause) if pause else nullcontext():
            work()
        connections.close_all()

    thread = Thread(target=run)
    thread.start()
    return thread


def under_way(send: Callable[[], Any], draft: Edition) -> tuple[bool, bool, bool]:
    """Whether publishing waits for the change, gives what the edition stays, and its own hash."""
    pause, published = PausesBeforeWriting(), []

    editing = in_thread(send, pause)
    assert pause.reached.wait(timeout=30)
    publishing = in_thread(lambda: published.append(rows(publish(edition=draft, now=NOW))))
    publishing.join(timeout=WAITED)
    waits = published == []
    pause.let_go.set()
    editing.join(timeout=60)
    publishing.join(timeout=60)

    after = Edition.objects.get(pk=draft.pk)
    same = [rows(after)] == published
    return waits, same, after.instrument().content_hash == after.content_hash


def test_change_under_way_is_in_what_is_published(
    maria: Client, draft: Edition, tmp_path: Path
) -> None:
    found = each_way(maria, draft, tmp_path, under_way)

    assert found == dict.fromkeys(found, (True, True, True))


def too_late(send: Callable[[], Any], draft: Edition) -> tuple[list[int], bool]:
    """What the change is answered, and whether the edition stays what was published."""
    pause, published, answers = PausesBeforeWriting(), [], []

    publishing = in_thread(lambda: published.append(rows(publish(edition=draft, now=NOW))), pause)
    assert pause.reached.wait(timeout=30)
    editing = in_thread(lambda: answers.append(send().status_code))
    editing.join(timeout=WAITED)
    pause.let_go.set()
    publishing.join(timeout=60)
    editing.join(timeout=60)
    return answers, [rows(Edition.objects.get(pk=draft.pk))] == published


def test_change_that_comes_too_late_is_refused(
    maria: Client, draft: Edition, tmp_path: Path
) -> None:
    found = each_way(maria, draft, tmp_path, too_late)

    assert found == dict.fromkeys(found, ([403], True))


def each_way(
    maria: Client,
    draft: Edition,
    folder: Path,
    outcome: Callable[[Callable[[], Any], Edition], Any],
) -> dict[str, Any]:
    """What comes of each way of changing, each in a copy of the database."""
    found = {}
    for way in WAYS:
        place = folder / way.__name__
        place.mkdir()
        with database_copy(place):
            found[way.__name__] = outcome(way(maria, draft), draft)
    return found


def test_two_who_save_at_once_do_not_undo_each_other(maria: Client, draft: Edition) -> None:
    question = Question.objects.get(edition=draft, code="PC1")
    page = reverse("admin:assessment_question_change", args=[question.pk])
    data, pause, answers = admin_form_data(maria, page), PausesBeforeWriting(), {}

    def save(text: str) -> Callable[[], None]:
        return lambda: answers.update({text: maria.post(page, data | {"text": text}).status_code})

    first = in_thread(save("The first?"), pause)
    assert pause.reached.wait(timeout=30)
    second = in_thread(save("The second?"))
    second.join(timeout=WAITED)
    pause.let_go.set()
    first.join(timeout=60)
    second.join(timeout=60)

    question.refresh_from_db()
    assert (answers, question.text) == ({"The first?": 302, "The second?": 200}, "The first?")
