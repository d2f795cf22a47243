"""A database of version 0.1.0 comes through every later migration with its values unchanged."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from assessment.actions.editions.translate import hash_of_translations
from assessment.actions.responses.submit import submit_response
from assessment.instrument.texts import texts_of
from assessment.method.stored_result import result_to_json
from assessment.models import (
    Correction,
    DimensionScore,
    Edition,
    Response,
    Result,
    Round,
    Scheme,
)
from assessment.models.results import hash_of_content
from tests.print_report import print_report
from tests.upgrade.bank import BANK
from tests.upgrade.conftest import SESSION
from tests.upgrade.own_database import ALIAS
from tests.upgrade.responses import RESPONSES
from tests.upgrade.rounds import ROUNDS
from tests.upgrade.stored_rows import stored_addresses
from tests.upgrade.tables import differences

if TYPE_CHECKING:
    from tests.upgrade.conftest import Before

READERS = {**BANK, **RESPONSES, **ROUNDS}
"""Of the tables of today: a model whose values a migration moved gets another reader here."""
CACHES = {"ReportFile"}
"""A stored PDF is a cache: it is printed again from the result, which is what stays."""
SEEDS_OF_VERSION = "fe803d5670fb52ff43a1c57499e9b2de092bfbe03a6385d89876f7a7304472b0"
ADDRESSES = stored_addresses()
LATER = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
PDF = "report.pdf"


def test_migrations_change_no_value(before: Before) -> None:
    assert {name: differences(before.tables[name], READERS[name](apps)) for name in READERS} == {
        name: [] for name in READERS
    }


def test_every_field_of_the_version_is_read(before: Before) -> None:
    models = before.models.get_app_config("assessment").get_models()
    fields = {
        (model.__name__, field.name)
        for model in models
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        if model.__name__ not in CACHES and not field.primary_key
    }

    read = {
        (name, path.partition("__")[0])
        for name, rows in before.tables.items()
        for path in next(iter(rows.values()))
    }
    # The key of a start holds for minutes only: the upgrade clears those of before.
    assert fields - read == {("Response", "key")}


def test_hash_of_each_result_follows_from_its_content(before: Before) -> None:
    stored = {uuid: row["content_hash"] for (uuid,), row in before.tables["Result"].items()}

    assert {r.uuid: hash_of_content(r.content) for r in Result.objects.all()} == stored


def test_each_result_is_read_without_loss(before: Before) -> None:
    stored = {uuid: row["content"] for (uuid,), row in before.tables["Result"].items()}

    read = {r.uuid: result_to_json(r.read()) for r in Result.objects.all()}
    assert {uuid: of_that_time(read[uuid], content) for uuid, content in stored.items()} == stored


def of_that_time(read: Any, stored: Any) -> Any:
    """What is read, less the entries that results did not have yet."""
    if isinstance(stored, dict):
        return {key: of_that_time(read[key], value) for key, value in stored.items()}
    if isinstance(stored, list) and len(stored) == len(read):
        return [of_that_time(*pair) for pair in zip(read, stored, strict=True)]
    return read


@pytest.mark.usefixtures("before")
def test_scores_of_before_are_settled_where_they_had_a_level() -> None:
    rows = DimensionScore.objects.values_list("level", "standing", "direction").distinct()

    words = {0: "low", 1: "low", 2: "mixed", 3: "high", 4: "high"}
    assert set(rows) == {
        (level, "", "") if level is None else (level, "settled", words[level]) for level, *_ in rows
    }


def test_hash_of_each_edition_follows_from_its_content(before: Before) -> None:
    stored = of_frozen_editions(before, "content_hash")

    editions = Edition.objects.exclude(state="draft")
    assert {e.name: e.instrument().content_hash for e in editions} == stored
    assert stored["First edition"] == SEEDS_OF_VERSION


def test_hash_of_translations_follows_from_them(before: Before) -> None:
    stored = of_frozen_editions(before, "translations_hash")

    editions = Edition.objects.exclude(state="draft")
    assert {e.name: hash_of_translations(edition=e) for e in editions} == stored


@pytest.mark.usefixtures("before")
def test_each_scheme_has_one_round_with_every_revision_of_its_response() -> None:
    found = {
        str(scheme.uuid): [
            (round.state, round.responses.count(), round.results.count())
            for round in scheme.rounds.all()
        ]
        for scheme in Scheme.objects.all()
    }

    assert len(found) == Round.objects.count() == 8
    assert Counter(chain.from_iterable(found.values())) == {
        ("closed", 1, 1): 4,
        ("closed", 2, 2): 1,
        ("open", 1, 0): 2,
        ("open", 2, 1): 1,
    }


@pytest.mark.usefixtures("before")
def test_round_counts_the_newest_result_and_copies_names_once_it_is_closed() -> None:
    for one in Round.objects.all():
        newest = one.responses.get(superseded_by=None)

        assert (one.result, one.closed_at) == (newest.result, newest.submitted_at)
        assert one.scheme_name == (one.scheme.name if one.is_closed else "")
        assert one.programmes == (one.scheme.programme_records() if one.is_closed else [])


def test_codes_of_each_result_are_its_true_rules(before: Before) -> None:
    stored = {
        uuid: {code for code, verdict in row["content"]["rules"].items() if verdict}
        for (uuid,), row in before.tables["Result"].items()
    }

    rows = {r.uuid: set(r.codes.values_list("code", flat=True)) for r in Result.objects.all()}
    assert rows == stored


@pytest.mark.usefixtures("migrated_database")
def test_going_back_is_refused_before_anything_is_lost() -> None:
    """Whatever the migration to go back to, the newest is the first to be undone."""
    *_older, before_newest, _newest = sorted(
        name for app, name in MigrationLoader(None).disk_migrations if app == "assessment"
    )
    with pytest.raises(IrreversibleError, match="restore the backup"):
        call_command("migrate", "assessment", before_newest, database=ALIAS, verbosity=0)

    assert Round.objects.count() == 8


@pytest.mark.usefixtures("before")
def test_each_result_is_read_with_the_texts_of_its_day() -> None:
    for language in ("en", "es"):
        spoken = "" if language == "en" else language
        correction = Correction.objects.get(language=spoken, code="WA1")
        texts = {
            r.created_at > correction.created_at: texts_of(
                r.edition.instrument(language, at=r.created_at)
            )[correction.place]
            for r in Result.objects.filter(edition=correction.edition)
        }

        assert texts == {False: correction.old, True: correction.new}


@pytest.mark.usefixtures("before")
def test_open_response_is_judged_on_its_own_edition() -> None:
    open_ones = {response.uuid: response for response in Response.objects.filter(result=None)}
    expected = {key: response.edition.content_hash for key, response in open_ones.items()}

    ended = {key: submit_response(response=r, now=LATER) for key, r in open_ones.items()}

    assert len(expected) == 3
    assert {key: r.result and r.result.edition_hash for key, r in ended.items()} == expected


@pytest.mark.usefixtures("before")
def test_every_address_of_a_response_answers_as_before() -> None:
    for stored in ADDRESSES:
        client = Client()
        # Printing takes seconds: what is printed has a test of its own, for one small edition.
        expected = {path: a for path, a in stored["answers"].items() if (path, a) != (PDF, "200")}

        assert answer_of(client, stored["link"]) == f"302 {stored['leads_to']}", stored["who"]
        assert {path: answer_of(client, stored["own"] + path) for path in expected} == expected


@pytest.mark.usefixtures("before")
def test_pdf_of_a_response_answers_as_before() -> None:
    """What was stored is gone: it is asked for, printed and then there again."""
    client = Client()
    stored = next(s for s in ADDRESSES if s["who"] == "on the withdrawn edition")
    client.get(stored["link"])

    asked_for = answer_of(client, stored["own"] + PDF)
    print_report(Response.objects.get(uuid=stored["own"].split("/")[2]))

    assert asked_for == f"302 {stored['own']}report/pdf/"
    assert answer_of(client, stored["own"] + PDF) == stored["answers"][PDF] == "200"


@pytest.mark.usefixtures("before")
def test_session_of_before_goes_on() -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = SESSION

    found = {stored["who"]: answer_of(client, stored["own"]) for stored in ADDRESSES}

    assert found == {stored["who"]: stored["answers"][""] for stored in ADDRESSES}


@pytest.mark.usefixtures("before")
def test_no_address_of_a_response_answers_without_its_link() -> None:
    client = Client()

    answers = {answer_of(client, stored["own"]) for stored in ADDRESSES}
    assert answers == {"404"}


def of_frozen_editions(before: Before, name: str) -> dict[str, str]:
    """One value of each edition that is not a draft, as the version had it."""
    rows = before.tables["Edition"].values()
    return {row["name"]: row[name] for row in rows if row["state"] != "draft"}


def answer_of(client: Client, path: str) -> str:
    """The status, and where it leads to."""
    answer = client.get(path)
    return f"{answer.status_code} {answer.get('Location', '')}".strip()
