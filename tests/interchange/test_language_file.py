"""The file of one language: what goes out comes in again, and what is wrong in it is named."""

from __future__ import annotations

import io
from functools import partial

import pytest
from babel.messages.pofile import read_po

from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import DONE, MISSING, TO_REVIEW
from assessment.interchange.language_file import (
    COLUMNS,
    FileText,
    key_of,
    read_language_po,
    read_language_workbook,
    to_language_workbook,
    to_po,
)
from assessment.interchange.plan_workbook import PlanTable, to_plan_workbook
from assessment.interchange.refusal import Refused

ASKED = TextKey("questions", "TG2", "text")
HELP = TextKey("questions", "TG2", "help")
SHORT = TextKey("dimensions", "TG", "short")
SOURCES = {ASKED: "How far?", HELP: "One line.\nAnother {count}.", SHORT: "Targeting"}
TEXTS = [
    FileText(ASKED, "TG2: text", SOURCES[ASKED], "¿Hasta qué punto?", "", DONE),
    FileText(HELP, "TG2: help", SOURCES[HELP], "Una línea.\nOtra {count}.", "", TO_REVIEW),
    FileText(SHORT, "TG: short", SOURCES[SHORT], "", "at most 14 characters", MISSING),
]
HEADINGS = {name.title(): name for name in COLUMNS}
WORDS = {"falta": MISSING, "a revisar": TO_REVIEW, "hecho": DONE}


def workbook() -> bytes:
    return to_language_workbook(
        "es",
        TEXTS,
        headings=list(HEADINGS),
        states={state: word for word, state in WORDS.items()},
    )


def read(content: bytes) -> list[tuple[str, str, bool, bool]]:
    """Key, text, whether it is of today's source, whether it is done."""
    found = read_language_workbook(content, SOURCES, headings=HEADINGS, states=WORDS)
    return [
        (key_of(one.place), one.text, one.source_hash == hash_of_text(SOURCES[one.place]), one.done)
        for one in found
    ]


def refused(content: bytes, *, po: bool = False) -> list[tuple[str, str, int]]:
    reader = partial(read_language_po, sources=SOURCES) if po else read
    with pytest.raises(Refused) as raised:
        reader(content)
    return [(fault.code, fault.sheet, fault.row) for fault in raised.value.faults]


def of_rows(*rows: list[str], headings: list[str] | None = None) -> bytes:
    return to_plan_workbook(PlanTable("es", headings or ["Key", "Source", "Target", "State"], rows))


def test_workbook_comes_in_as_it_went_out_or_with_its_columns_in_any_order() -> None:
    """A word of no state says nothing."""
    assert read(workbook()) == [
        ("questions/TG2/text", "¿Hasta qué punto?", True, True),
        ("questions/TG2/help", "Una línea.\nOtra {count}.", False, False),
        ("dimensions/TG/short", "", True, False),
    ]
    assert workbook() == workbook()

    rows = [
        ["hecho", "¿Hasta dónde?", "", "questions/TG2/text", "x"],
        ["?", "Otra", "An older source", " questions/TG2/help ", ""],
        ["hecho", "no key", "", "", ""],
    ]

    content = of_rows(*rows, headings=["STATE", "target", "Source", "key", "Notes"])

    assert read(content) == [
        ("questions/TG2/text", "¿Hasta dónde?", True, True),
        ("questions/TG2/help", "Otra", False, False),
    ]


def test_catalogue_comes_in_as_it_went_out_and_other_programs_read_it() -> None:
    content = to_po("es", TEXTS)

    found = read_language_po(content, SOURCES)

    assert [(one.place, one.text, one.done) for one in found] == [
        (ASKED, "¿Hasta qué punto?", True),
        (HELP, "Una línea.\nOtra {count}.", False),
        (SHORT, "", True),
    ]
    assert [one.source_hash for one in found] == [
        hash_of_text(SOURCES[ASKED]),
        "",
        hash_of_text(SOURCES[SHORT]),
    ]
    catalogue = read_po(io.BytesIO(content))
    assert str(catalogue.locale) == "es"
    comments = {one.context: one.auto_comments for one in catalogue if one.id}
    assert comments["dimensions/TG/short"] == ["TG: short", "at most 14 characters"]


def test_what_is_wrong_in_a_file_is_named_by_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    ok = ["questions/TG2/text", "", "a", ""]
    unknown = ["questions/TG9/text", "", "a", ""]
    table: dict[bytes, list[tuple[str, str, int]]] = {
        of_rows(ok, unknown, ok): [
            ("text_not_in_bank", "es", 3),
            ("repeated_text_of_bank", "es", 4),
        ],
        of_rows(ok, headings=["Key", "?", "Target", ""]): [("no_head", "es", 0)],
        b"no workbook": [("no_archive", "", 0)],
    }

    assert {content: refused(content) for content in table} == table
    monkeypatch.setattr("assessment.interchange.language_file.MOST_ROWS", 2)
    assert refused(workbook()) == [("too_many_rows", "es", 0)]


def test_what_is_wrong_in_a_catalogue_is_named() -> None:
    bell = b'msgctxt "questions/TG2/text"\nmsgid "How far?"\nmsgstr "a\x07"\n'
    unknown = b'msgctxt "x"\nmsgid "How far?"\nmsgstr "a"\n\nmsgid "no context"\nmsgstr "b"\n'
    table = {
        b'msgid "a': ["po_unreadable"],
        b"\xff\xfe\x00": ["po_unreadable"],
        bell: ["control_character_in_text"],
        unknown: ["text_not_in_bank"] * 2,
    }

    assert {
        content: [code for code, _sheet, _row in refused(content, po=True)] for content in table
    } == table
