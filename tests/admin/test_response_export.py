"""What may leave the site of the answers, in which form, and what never does."""

from __future__ import annotations

import csv
import tracemalloc
from io import BytesIO, StringIO
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessment.actions.responses import export as action
from assessment.actions.responses.export import ExportOptions, export_responses
from assessment.interchange.responses_csv import CONFIDENTIAL, RESPONSE_COLUMNS
from assessment.models import Answer, Edition, Option, Question, Response
from tests.admin.edition_pages import person
from tests.admin.small_bank import NOW, make_question
from tests.admin.test_groups import member
from tests.factories import ResponseFactory, ResultFactory, RoundFactory, SeveralFactory

ADDRESS = "/admin/assessment/response/export/"
WORDS = "Only the respondent may read this."


def respond(edition: Edition, key: str, **more: Any) -> Response:
    """A submitted response with words of the respondent wherever words can stand."""
    facts = {"country": "PE", "programmes": 2}
    demo = more.pop("demo", False)
    own = RoundFactory(edition=edition, scheme__name=WORDS, profile=facts, demo=demo)
    given = {"result": ResultFactory(round=own), "submitted_at": NOW, "tier": "local"} | more
    made: Response = ResponseFactory(round=own, key=f"key-{key}", reopened_because=WORDS, **given)
    values = {"TG1": 3, "M1": ["a", "b"], "N1": -5, "T1": WORDS, "C1": "a"}
    for code, value in values.items():
        Answer.objects.create(
            response=made, code=code, status="answered", value=value, note=WORDS, updated_at=NOW
        )
    Answer.objects.create(response=made, code="TG2", status="dont_know", updated_at=NOW)
    Answer.objects.create(response=made, code="TG3", status="", note=WORDS, updated_at=NOW)
    return made


@pytest.fixture
def asked(published: Edition) -> Edition:
    """An edition with questions of each kind."""
    for code, kind in (("M1", "multi"), ("N1", "number"), ("T1", "text"), ("C1", "choice")):
        made = make_question(published, code, 10, None)
        Question.objects.filter(pk=made.pk).update(kind=kind)
        made.options.all().delete()
        if kind in {"multi", "choice"}:
            Option.objects.create(question=made, value="a", text="=1+1", position=0)
            Option.objects.create(question=made, value="b", text="Ñandú, «b»", position=1)
    profile = make_question(published, "P1", 20, None)
    Question.objects.filter(pk=profile.pk).update(profile="country", kind="country")
    return published


def export(client: Client, edition: Edition, **more: str) -> Any:
    return client.post(ADDRESS, {"edition": edition.pk, "values": "codes", "shape": "wide"} | more)


def tables(response: Any) -> dict[str, list[list[str]]]:
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        return {
            name: list(csv.reader(StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
        }


def rows(response: Any) -> list[dict[str, str]]:
    head, *lines = tables(response)["responses.csv"]
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_rows_hold_codes_wide_or_long(maria: Client, asked: Edition) -> None:
    """Beside responses without any answers, before and behind."""
    for key, tier in (("1", "national"), ("2", "local"), ("3", "regional")):
        respond(asked, key, tier=tier)
    Answer.objects.exclude(response__tier="local").delete()

    wide, long = (rows(export(maria, asked, shape=shape)) for shape in ("wide", "long"))

    number = {row["tier"]: row.pop("response") for row in wide}
    told = {"language": "en", "submitted": "2026-11-22", "country": "PE", "programmes": "2"}
    codes = {"TG1": "3", "TG2": "dont_know", "TG3": "", "M1": "a; b", "N1": "-5", "C1": "a"}
    empty = dict.fromkeys({*RESPONSE_COLUMNS, *codes} - {"response"}, "") | told
    assert {row["tier"]: row for row in wide} == {
        "national": empty | {"tier": "national"},
        "local": empty | {"tier": "local"} | codes,
        "regional": empty | {"tier": "regional"},
    }
    assert sorted(number.values()) == ["1", "2", "3"]
    assert [(row["response"], row["question"], row["status"], row["value"]) for row in long] == [
        (number["local"], *told)
        for told in (
            ("TG1", "answered", "3"),
            ("TG2", "dont_know", ""),
            ("M1", "answered", "a; b"),
            ("N1", "answered", "-5"),
            ("C1", "answered", "a"),
        )
    ]


def test_labels_are_no_formula_and_columns_are_parted_as_was_chosen(
    maria: Client, asked: Edition
) -> None:
    respond(asked, "1")
    page = maria.get(ADDRESS, headers={"accept-language": "es"})

    found = rows(export(maria, asked, values="labels"))[0]
    answer = export(maria, asked, form="semicolon")

    assert (found["TG1"], found["C1"], found["M1"]) == ("Most.", "'=1+1", "'=1+1; Ñandú, «b»")
    assert page.context["form"]["form"].value() == "semicolon"
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        text = archive.read("responses.csv").decode("utf-8-sig")
    assert text.startswith("response;tier;sector;")


def test_dictionary_explains_every_column(maria: Client, asked: Edition) -> None:
    table: list[str] = ["wide", "long"]

    def outcome(shape: str) -> object:
        found = tables(export(maria, asked, shape=shape))
        columns = {line[0] for line in found["dictionary.csv"]}
        return (
            set(found["responses.csv"][0]) <= columns,
            found["dictionary.csv"][1][1],
            ["C1", "", "", "a", "'=1+1"] in found["dictionary.csv"],
        )

    assert {shape: outcome(shape) for shape in table} == dict.fromkeys(
        table, (True, CONFIDENTIAL, True)
    )


def test_nothing_of_a_person_leaves(maria: Client, asked: Edition) -> None:
    made = respond(asked, "1")
    Answer.objects.filter(response=made, code__in=["TG1", "N1"]).update(value=WORDS)

    for shape in ("wide", "long"):
        found = str(tables(export(maria, asked, shape=shape)))
        hidden = (WORDS, "secret-1", "key-1", str(made.uuid), "T1")
        assert [text for text in hidden if text in found] == []
        assert "unreadable" in found


def test_only_what_counts_is_exported(maria: Client, asked: Edition) -> None:
    """And nobody among several, whatever is chosen."""
    old = respond(asked, "1", tier="national")
    respond(asked, "2", supersedes=old, tier="regional")
    respond(asked, "3", demo=True, tier="local")
    respond(asked, "4", result=None, submitted_at=None, tier="")
    several = SeveralFactory(edition=asked)
    ResponseFactory(round=several, submitted_at=NOW, result=ResultFactory(round=several))
    table: list[tuple[dict[str, str], list[str]]] = [
        ({}, ["regional"]),
        ({"with_demo": "on"}, ["local", "regional"]),
        ({"with_open": "on"}, ["", "regional"]),
        ({"with_open": "on", "with_demo": "on"}, ["", "local", "regional"]),
    ]

    def tiers(more: dict[str, str]) -> list[str]:
        return sorted(row["tier"] for row in rows(export(maria, asked, **more)))

    assert [(more, tiers(more)) for more, _ in table] == table


def test_export_is_noted_once_its_file_is_written(
    maria: Client, asked: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    respond(asked, "1")
    maria.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(action, "COLUMNS", action.COLUMNS[:-1])
        assert export(maria, asked).status_code == 500
    assert not LogEntry.objects.exists()

    tables(export(maria, asked))

    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.user.username) == (str(asked.pk), "maria")
    assert entry.change_message == "Exported 1 responses: codes, wide."


def many(edition: Edition, number: int) -> None:
    start = Response.objects.count()
    of_one = RoundFactory(edition=edition)
    made = Response.objects.bulk_create(
        Response(round=of_one, secret_hash=f"s{n}", key=f"k{n}", created_at=NOW)
        for n in range(start, start + number)
    )
    Answer.objects.bulk_create(
        Answer(response=row, code=code, status="answered", value=1, updated_at=NOW)
        for row in made
        for code in ("TG1", "TG2", "TG3")
    )


def cost(edition: Edition) -> tuple[int, int]:
    """Queries, and bytes at most held beside the file."""
    options = ExportOptions(edition, "codes", "wide", with_open=True)
    tracemalloc.start()
    with CaptureQueriesContext(connection) as queries, TemporaryFile() as out:
        export_responses(options=options, out=out)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return len(queries), held


@pytest.mark.no_cover
def test_export_costs_the_same_for_any_number(asked: Edition) -> None:
    many(asked, 2000)
    cost(asked)
    few = cost(asked)
    many(asked, 2000)

    more = cost(asked)

    assert (few[0], more[0]) == (4, 4)
    assert more[1] < few[1] + 250_000


def test_auditor_exports_and_others_do_not(asked: Edition) -> None:
    for group in ("Content editor", "Translator", "Publisher"):
        assert export(member(group), asked).status_code == 403
    auditor = member("Auditor")

    assert "Export responses" in auditor.get("/admin/assessment/response/").content.decode()
    assert "confidential" in auditor.get(ADDRESS).content.decode()
    assert rows(export(auditor, asked)) == []
    assert person("ivo", "view_question").get(ADDRESS).status_code == 403


def test_tampered_request_is_refused(maria: Client, asked: Edition) -> None:
    table: list[dict[str, str]] = [{"values": "x"}, {"edition": "9" * 30}, {"edition": "\0"}]

    def outcome(more: dict[str, str]) -> object:
        sent = {"edition": str(asked.pk), "values": "codes", "shape": "wide"} | more
        return (
            maria.post(ADDRESS, sent).status_code in {200, 400},
            not LogEntry.objects.exists(),
            maria.put(ADDRESS).status_code,
        )

    assert [outcome(more) for more in table] == [(True, True, 405)] * len(table)
