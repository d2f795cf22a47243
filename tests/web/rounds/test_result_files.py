"""The files of a closed round: what the page shows, for who may read it, and nothing else."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.test import Client
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from assessment.actions.rounds.agree import SessionOutcome, agree_answers
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.invite import Invitee, invite
from assessment.interchange.round_files.figures import FIGURES, PARTS, Figure
from assessment.models import RecordEntry, Response, Round
from assessment.reports.report_data import report_of_round
from assessment.reports.round_files import dictionary
from assessment.reports.round_files.tables import xlsx_of_round
from assessment.web.rounds.result_files import csv_links
from tests.actions.rounds.round_steps import AG, Person, opened_round, take_part
from tests.actions.rounds.test_close import EVERYBODY
from tests.factories import NOW
from tests.web.conftest import granted
from tests.web.rounds.conftest import member

if TYPE_CHECKING:
    from assessment.models import Edition, Organisation

FORMULA = "=1+1|cmd"
LONE = Person("local", AG, {"LC1": 4, "VC1": "dont_know"}, "Only she knows this")


@pytest.fixture
def round(edition: Edition, organisation: Organisation) -> Round:
    """Closed: four groups of five, and three people in a fifth, beside one who never came."""
    made = opened_round(edition, promise={"round_result": True})
    made.scheme.owner, made.scheme.name = organisation, FORMULA
    made.scheme.save()
    take_part(made, [*EVERYBODY, *[LONE] * 3])
    invite(round=made, people=[Invitee("Ana", "ana@x.example", "MIDIS", "local", AG)])
    close_round(round=made, now=NOW)
    made.refresh_from_db()
    return made


def files(client: Client, at: str) -> dict[str, bytes]:
    found = {end: client.get(f"{at}.{end}") for end in ("xlsx", "csv.zip", "json")}
    assert {answer.status_code for answer in found.values()} == {200}
    return {end: answer.content for end, answer in found.items()}


def table(content: bytes, name: str) -> list[list[str]]:
    with ZipFile(BytesIO(content)) as archive:
        text = archive.read(name).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def figures_of_csv(content: bytes) -> list[dict[str, str]]:
    head, *rows = table(content, "figures.csv")
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_three_files_say_the_same_and_why_a_group_is_hidden(
    facilitator: Client, round: Round
) -> None:
    made = files(facilitator, f"/rounds/{round.uuid}/result")

    flat = json.loads(made["json"])
    rows = figures_of_csv(made["csv.zip"])
    assert [{k: str(v) for k, v in one.items()} for one in flat["figures"]] == [
        {name: value for name, value in row.items() if value} for row in rows
    ]
    lone = {
        row["figure"]: row["value"]
        for row in rows
        if (row["part"], row["sector"], row["tier"]) == ("group", AG, "local")
    }
    assert lone == {"invited": "4", "submitted": "3", "shown": "no", "why": "few"}
    beside = [row for row in rows if (row["figure"], row["value"]) == ("why", "beside")]
    assert beside
    shares = [row for row in rows if row["figure"] == "dont_know_share"]
    assert {row["part"] for row in shares} == {"whole", "group"}
    assert not [row for row in shares if (row["sector"], row["tier"]) == (AG, "local")]
    book = openpyxl.load_workbook(BytesIO(made["xlsx"]))
    groups = {row[0]: row[1:4] for row in book["Groups"].iter_rows(values_only=True)}
    assert groups["Agriculture, Local"] == (4, 3, "hidden: fewer than the minimum")
    score = next(
        float(row["value"])
        for row in rows
        if (row["part"], row["subject"], row["figure"]) == ("whole", "HC", "score")
    )
    name = round.edition.instrument().dimension["HC"].name
    subjects = {row[0]: row[1] for row in book["Subjects"].iter_rows(values_only=True)}
    assert subjects[name] == score
    assert "figure as a file" not in made["json"].decode()


def test_table_comes_with_decimal_commas_too(facilitator: Client, round: Round) -> None:
    """In it what was agreed stands beside what was said apart."""
    agree_answers(round=round, answers=[SessionOutcome("HC1", 4)], now=NOW)
    at = f"/rounds/{round.uuid}/result.csv.zip"

    usual, other = (facilitator.get(f"{at}?separator={form}") for form in ("comma", "semicolon"))

    with ZipFile(BytesIO(other.content)) as archive:
        text = archive.read("figures.csv").decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text), delimiter=";"))
    pointed = [[cell.replace(",", ".") for cell in line] for line in lines]
    assert pointed == table(usual.content, "figures.csv")
    assert pointed != lines
    rows = figures_of_csv(usual.content)
    assert [row["question"] for row in rows if row["figure"] == "agreed"] == ["HC1"]
    assert {row["part"] for row in rows if row["subject"] == "HC"} >= {"whole", "apart"}
    with override("es"):
        assert [form for form, _words in csv_links()] == ["semicolon", "comma"]
    page = facilitator.get(f"/rounds/{round.uuid}/report/", follow=True).content.decode()
    assert re.findall(r"separator=(\w+)", page) == ["comma", "semicolon"]


def test_no_cell_is_a_formula_and_two_readers_read_the_workbook(
    facilitator: Client, round: Round
) -> None:
    """Its sheets have names that a workbook takes, in each language."""
    made = files(facilitator, f"/rounds/{round.uuid}/result")

    book = openpyxl.load_workbook(BytesIO(made["xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    other = CalamineWorkbook.from_filelike(BytesIO(made["xlsx"]))
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert book["Read me"]["B2"].value == FORMULA
    assert other.sheet_names == book.sheetnames
    assert other.get_sheet_by_name("Read me").to_python()[1][1] == FORMULA
    assert ["file", "Scheme", f"'{FORMULA}"] in table(made["csv.zip"], "dictionary.csv")
    languages = ("en", "es", "fr", "pt")
    assert {language: sheets_in(round, language) for language in languages} == dict.fromkeys(
        languages, len(book.sheetnames)
    )


def sheets_in(round: Round, language: str) -> int:
    with override(language):
        content = xlsx_of_round(report_of_round(round))
    return len(openpyxl.load_workbook(BytesIO(content)).sheetnames)


def test_files_are_the_same_whenever_they_are_made_and_hold_nobody(
    facilitator: Client, round: Round
) -> None:
    first, again = (files(facilitator, f"/rounds/{round.uuid}/result") for _ in range(2))
    everything = json.dumps(json.loads(first["json"]))
    with ZipFile(BytesIO(first["xlsx"])) as archive:
        everything += "".join(archive.read(name).decode() for name in archive.namelist())

    assert first == again
    for private in ("Ana", "ana@x.example", "MIDIS", LONE.note, str(Response.objects.first())):
        assert private not in everything
    assert round.result is not None
    assert round.result.read().seed not in everything
    made = RecordEntry.objects.filter(act="result_exported", target_key=str(round.uuid))
    assert (
        sorted(one.details["file"] for one in made) == ["csv", "csv", "json", "json"] + ["xlsx"] * 2
    )


def test_files_are_for_members_and_for_who_was_promised_the_result(
    facilitator: Client, round: Round, organisation: Organisation
) -> None:
    mine, other = round.responses.all()[:2]
    Response.objects.filter(pk=other.pk).update(promise={})
    viewer = member(organisation, "vera", "viewer")

    shared = files(granted(Client(), mine), f"/response/{mine.uuid}/round")
    before = RecordEntry.objects.count()
    files(granted(member(organisation, "ada", "viewer"), mine), f"/response/{mine.uuid}/round")
    assert RecordEntry.objects.count() == before

    assert files(viewer, f"/rounds/{round.uuid}/result") == shared
    for end in ("xlsx", "csv.zip", "json"):
        led = Client().get(f"/rounds/{round.uuid}/result.{end}")
        assert led["Location"].startswith("/account/sign-in/")
        denied = granted(Client(), other).get(f"/response/{other.uuid}/round.{end}")
        assert denied.status_code == 404
    page = facilitator.get(f"/rounds/{round.uuid}/report/").content.decode()
    assert f"/rounds/{round.uuid}/result.xlsx" in page
    hers = granted(Client(), mine).get(f"/response/{mine.uuid}/round/").content.decode()
    assert f"/response/{mine.uuid}/round.json" in hers


def test_round_of_too_few_tells_its_size_only_and_an_open_one_nothing(
    facilitator: Client, edition: Edition, organisation: Organisation
) -> None:
    made = opened_round(edition)
    made.scheme.owner = organisation
    made.scheme.save()
    take_part(made, [LONE])
    ends = ("xlsx", "csv.zip", "json")
    early = [facilitator.get(f"/rounds/{made.uuid}/result.{end}").status_code for end in ends]
    close_round(round=made, now=NOW)

    found = files(facilitator, f"/rounds/{made.uuid}/result")

    told = {row["figure"] for row in figures_of_csv(found["csv.zip"])}
    assert (early, told) == ([404] * 3, {"invited", "submitted", "shown", "why"})
    assert openpyxl.load_workbook(BytesIO(found["xlsx"])).sheetnames == ["Read me", "Groups"]


def test_every_column_part_and_figure_is_explained() -> None:
    explained: list[Any] = [dictionary.COLUMNS, dictionary.PARTS, dictionary.FIGURES]

    assert [tuple(words) for words in explained] == [Figure._fields, PARTS, FIGURES]
