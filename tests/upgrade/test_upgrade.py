"""A database of version 0.1.0 comes through every later migration with its values unchanged."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
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
MADE_AT_ONCE = "assessment.migrations.0001_squashed_0042_facilitator_pack"


def test_migrations_change_no_value_of_any_field(before: Before) -> None:
    assert {name: differences(before.tables[name], READERS[name](apps)) for name in READERS} == {
        name: [] for name in READERS
    }
    read = {
        (name, path.partition("__")[0])
        for name, rows in before.tables.items()
        for path in next(iter(rows.values()))
    }
    # The key of a start holds for minutes only: the upgrade clears those of before.
    assert fields_of_version(before) - read == {("Response", "key")}


def fields_of_version(before: Before) -> set[tuple[str, str]]:
    models = before.models.get_app_config("assessment").get_models()
    return {
        (model.__name__, field.name)
        for model in models
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        if model.__name__ not in CACHES and not field.primary_key
    }


def test_each_result_is_read_without_loss_and_its_hash_codes_and_levels_follow(
    before: Before,
) -> None:
    results = list(Result.objects.all())
    rows = {uuid: row for (uuid,), row in before.tables["Result"].items()}
    content = {uuid: row["content"] for uuid, row in rows.items()}

    read = {r.uuid: result_to_json(r.read()) for r in results}
    assert {uuid: of_that_time(read[uuid], stored) for uuid, stored in content.items()} == content
    hashes = {uuid: row["content_hash"] for uuid, row in rows.items()}
    assert {r.uuid: hash_of_content(r.content) for r in results} == hashes
    true = {
        uuid: {code for code, verdict in stored["rules"].items() if verdict}
        for uuid, stored in content.items()
    }
    assert {r.uuid: set(r.codes.values_list("code", flat=True)) for r in results} == true
    levels = set(DimensionScore.objects.values_list("level", "standing", "direction"))
    assert levels == {(level, *standing_of(level)) for level, *_ in levels}


def standing_of(level: int | None) -> tuple[str, str]:
    """Settled where the score of before had a level."""
    words = ("low", "low", "mixed", "high", "high")
    return ("", "") if level is None else ("settled", words[level])


def of_that_time(read: Any, stored: Any) -> Any:
    """What is read, less the entries that results did not have yet."""
    if isinstance(stored, dict):
        return {key: of_that_time(read[key], value) for key, value in stored.items()}
    if isinstance(stored, list) and len(stored) == len(read):
        return [of_that_time(*pair) for pair in zip(read, stored, strict=True)]
    return read


def test_hashes_of_each_edition_and_of_its_translations_follow_from_them(before: Before) -> None:
    editions = Edition.objects.exclude(state="draft")
    content, translations = (
        of_frozen_editions(before, name) for name in ("content_hash", "translations_hash")
    )

    assert {e.name: e.instrument().content_hash for e in editions} == content
    assert content["First edition"] == SEEDS_OF_VERSION
    assert {e.name: hash_of_translations(edition=e) for e in editions} == translations


@pytest.mark.usefixtures("before")
def test_each_scheme_has_one_round_that_counts_its_newest_result() -> None:
    """With every revision of its response; the names are copied once it is closed."""
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
    assert {one.pk: counted(one) for one in Round.objects.all()} == {
        one.pk: newest_of(one) for one in Round.objects.all()
    }


def counted(one: Round) -> tuple[object, ...]:
    return one.result, one.closed_at, one.scheme_name, one.programmes


def newest_of(one: Round) -> tuple[object, ...]:
    """What it has to count; the names are copied once it is closed."""
    newest = one.responses.get(superseded_by=None)
    names = (one.scheme.name, one.scheme.programme_records()) if one.is_closed else ("", [])
    return newest.result, newest.submitted_at, *names


@pytest.mark.usefixtures("before")
def test_groups_have_the_rights_that_a_new_database_gives() -> None:
    given = {
        (group, model, action if "_" in action else f"{action}_{model}")
        for group, rights in import_module(MADE_AT_ONCE).GROUPS.items()
        for model, actions in rights.items()
        for action in actions
    }
    rights = Permission.objects.exclude(group=None)

    assert set(rights.values_list("group__name", "content_type__model", "codename")) == given


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
def test_every_address_of_a_response_answers_as_before_by_its_link_and_session() -> None:
    """And without either to nobody."""
    stranger, known = Client(), Client()
    known.cookies[settings.SESSION_COOKIE_NAME] = SESSION

    found = {stored["who"]: answers_to(stored, known, stranger) for stored in ADDRESSES}

    assert found == {
        stored["who"]: {
            "link": f"302 {stored['leads_to']}",
            "pages": without_paper(stored),
            "session of before": stored["answers"][""],
            "stranger": "404",
        }
        for stored in ADDRESSES
    }


def answers_to(stored: dict[str, Any], known: Client, stranger: Client) -> dict[str, object]:
    client, own = Client(), stored["own"]
    return {
        "link": answer_of(client, stored["link"]),
        "pages": {path: answer_of(client, own + path) for path in without_paper(stored)},
        "session of before": answer_of(known, own),
        "stranger": answer_of(stranger, own),
    }


def without_paper(stored: dict[str, Any]) -> dict[str, str]:
    """Printing takes seconds: what is printed has a test of its own, for one small edition."""
    return {path: a for path, a in stored["answers"].items() if (path, a) != (PDF, "200")}


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


def of_frozen_editions(before: Before, name: str) -> dict[str, str]:
    """One value of each edition that is not a draft, as the version had it."""
    rows = before.tables["Edition"].values()
    return {row["name"]: row[name] for row in rows if row["state"] != "draft"}


def answer_of(client: Client, path: str) -> str:
    """The status, and where it leads to."""
    answer = client.get(path)
    return f"{answer.status_code} {answer.get('Location', '')}".strip()
