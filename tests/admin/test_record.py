"""The record: added to and never changed, read by auditors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from assessment.actions.record import record
from assessment.models import RecordEntry
from assessment.models.record import NeverChanged
from assessment.reports.record_wording import ACTS
from tests.factories import NOW, ResponseFactory, ResultFactory
from tests.mail_fixtures import ministry
from tests.tables import raised

pytestmark = pytest.mark.django_db
LIST = reverse("admin:assessment_recordentry_changelist")


@pytest.fixture
def rosa() -> User:
    return User.objects.create_user("rosa")


@pytest.fixture
def auditor() -> Client:
    return in_group("Auditor")


def in_group(name: str) -> Client:
    user = User.objects.create_user(name.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    client = Client()
    client.force_login(user)
    return client


def lines(page: Any) -> list[list[str]]:
    """Of the list the cells behind the time."""
    cells = re.findall(r'<td [^>]*class="field-[^"]*">(.*?)</td>', page.content.decode())
    return [cells[n : n + 4] for n in range(0, len(cells), 4)]


def test_entry_is_never_changed(maria: Client, rosa: User) -> None:
    """Neither by the program nor in the administration."""
    entry = record(rosa, "signed_in", rosa)

    for call in (entry.save, entry.delete, RecordEntry.objects.all().delete):
        raised(NeverChanged, call)
    raised(NeverChanged, RecordEntry.objects.update, act="nothing")
    page = reverse("admin:assessment_recordentry_change", args=[entry.pk])
    pages = [
        reverse("admin:assessment_recordentry_add"),
        reverse("admin:assessment_recordentry_delete", args=[entry.pk]),
        page,
    ]

    assert [maria.post(address).status_code for address in pages] == [403] * 3
    assert maria.get(page).status_code == 200
    assert list(RecordEntry.objects.all()) == [entry]


def test_entry_outlives_its_account_and_holds_no_name(rosa: User) -> None:
    number = rosa.pk
    record(rosa, "signed_in", rosa)
    stored = str(list(RecordEntry.objects.values()))

    rosa.delete()

    assert "rosa" not in stored
    assert RecordEntry.objects.get().actor == number


def test_auditor_reads_the_record_with_the_names_of_today(auditor: Client, rosa: User) -> None:
    gone = User.objects.create_user("gone")
    number = gone.pk
    record(gone, "signed_in", gone)
    gone.delete()
    record(None, "sign_in_refused", rosa)
    record(rosa, "factor_added", rosa, kind="totp")
    response = ResponseFactory(uuid=UUID(int=7))
    of_response = record(rosa, "of another branch", response, layer="brief")
    record(rosa, "handed_over", ministry(), account=7, duty="owner")

    assert lines(auditor.get(LIST)) == [
        [
            *("rosa", "handed the organisation over", "organisation Ministry of Care"),
            "account number: 7, duty: owner",
        ],
        [
            "rosa",
            "of another branch",
            "response 00000000-0000-0000-0000-000000000007",
            "layer: brief",
        ],
        ["rosa", "added a second factor", "account rosa", "kind: app"],
        ["nobody signed in", "typed a wrong password", "account rosa", "–"],
        [str(number), "signed in", f"account {number}", "–"],
    ]
    assert (of_response.details, str(of_response)[17:]) == ({"layer": "brief"}, "of another branch")


def test_who_looks_at_a_response_or_result_is_recorded_once_a_day(
    auditor: Client,
) -> None:
    """And who is not let in looks at nothing."""
    result = ResultFactory()
    response = ResponseFactory(round=result.round, submitted_at=NOW, result=result)
    pages = [
        reverse(f"admin:assessment_{name}_change", args=[one.pk])
        for name, one in (("response", response), ("result", result))
    ]
    unknown = reverse("admin:assessment_response_change", args=[0])

    statuses = [auditor.get(page).status_code for page in (*pages, *pages, unknown)]
    editor = in_group("Content editor")
    refused = [editor.get(page).status_code for page in pages]

    assert (statuses, refused) == ([200] * 4 + [302], [403] * 2)
    rows = RecordEntry.objects.order_by("pk").values_list("act", "target_key")
    assert list(rows) == [
        ("response_read", str(response.uuid)),
        ("result_read", str(result.uuid)),
    ]


def test_record_is_filtered_by_act_account_and_thing(auditor: Client, rosa: User) -> None:
    other = User.objects.create_user("other")
    record(rosa, "signed_in", rosa)
    record(other, "second_factor_reset", rosa)
    record(other, "signed_in", other)

    def acts(**query: str) -> list[str]:
        return [line[1] for line in lines(auditor.get(LIST, query))]

    table = {
        ("act", "signed_in"): ["signed in", "signed in"],
        ("q", "rosa"): ["took the second factors off an account", "signed in"],
        ("q", str(other.pk)): ["signed in"],
        ("q", ""): ["signed in", "took the second factors off an account", "signed in"],
        ("q", "nobody"): [],
    }
    assert {query: acts(**dict([query])) for query in table} == table


def test_every_act_has_its_words_and_every_word_its_act() -> None:
    folder = Path(settings.BASE_DIR, "assessment")
    files = [file for file in folder.rglob("*.py") if file.name != "record_wording.py"]
    source = "\n".join(file.read_text() for file in files)
    call = re.compile(r'\brecord(?:_act|_once_a_day)?\(\s*(?:[\w.]+,\s*)?"(\w+)"')

    assert {act for act in call.findall(source) if act not in ACTS} == set()
    assert {act for act in ACTS if f'"{act}"' not in source} == set()
