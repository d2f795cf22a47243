"""What editions gained later: it goes out and comes back, and files of before come in without."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from assessment.instrument.conditions.grammar import parse
from assessment.instrument.model import Package, Pattern, Role
from assessment.instrument.seeds import LATER_FILES, in_order
from assessment.interchange.toml_files import seed_files, to_zip
from assessment.interchange.workbook.sheets import LATER_SHEETS, SHEETS
from assessment.interchange.workbook.writer import to_xlsx
from assessment.interchange.workbook.xlsx import XlsxFile
from tests.first_edition_files import HASH, WORKBOOK, ZIP, first_edition
from tests.interchange.bank_files import from_xlsx, from_zip, refusals, wrong, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.instrument.model import Instrument

Tables = dict[str, list[list[str]]]
LATER_COLUMNS = {
    "findings": {"citation", "applies", "have", "seen", "partly"},
    "questions": {"short", "core", "step_low", "step_high"},
    "options": {"label", "step"},
    "rules": {"unless", "contains", "timing", "role", "with_roles", "guaranteed"},
}
WHEN = parse('direction.PC == "low"')


@cache
def grown() -> Instrument:
    """The first edition with every later part and field in use."""
    bank = first_edition()
    changes: dict[str, dict[str, dict[str, Any]]] = {
        "findings": {
            "RS-R1": {
                "citation": "Brief, “page” 3",
                "applies": WHEN,
                "have": parse("level.TG >= 3"),
            },
            "RS-T24": {"seen": parse("answer.BI1 >= 3"), "partly": WHEN},
        },
        "questions": {
            "PC1": {
                "short": "Backing",
                "core": True,
                "step_low": "Ask.",
                "step_high": "Write.",
                "options": labelled(bank, "PC1"),
            },
            "HC3": {"options": labelled(bank, "HC3", step="Name a person.")},
        },
        "rules": {
            "R01": {
                "unless": WHEN,
                "contains": ("R19", "R02"),
                "timing": "next_budget",
                "role": "planning",
                "with_roles": ("council", "planning"),
                "guaranteed": True,
            },
        },
    }
    parts: dict[str, Any] = {
        kind: tuple(replace(p, **by_code.get(p.code, {})) for p in getattr(bank, kind))
        for kind, by_code in changes.items()
    }
    return replace(
        bank,
        **parts,
        roles=(
            Role("planning", "Planning unit", "national", "agriculture"),
            Role("council", "All"),
        ),
        packages=(
            Package("decision", "Decide", "Who decides.", ("R05", "R01"), ("R05",), ("money",)),
            Package("money", "Money", "Who pays.", ("R19",)),
        ),
        patterns=(
            Pattern("nobody", "Nobody", WHEN, "It is so. It means so.", filler=True),
            Pattern(
                code="paper",
                title="Paper",
                when=WHEN,
                text="One. Two.",
                unless=parse("level.TG >= 3"),
                package="decision",
                group="shell",
                alone=True,
                case="CO-FEST",
                findings=("RS-T24", "RS-R1"),
            ),
        ),
    )


def labelled(bank: Instrument, code: str, **more: Any) -> Any:
    options = bank.question[code].options
    return tuple(replace(option, label=f"In short {option.value}", **more) for option in options)


def rows_of(data: bytes) -> Tables:
    book = XlsxFile(data)
    return {
        name: [
            [cells[n].text if n in cells else "" for n in range(1 + max(cells, default=0))]
            for _number, cells in book.rows(name)
        ]
        for name in book.parts
    }


def workbook_of(tables: Tables) -> bytes:
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in tables.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return out.getvalue()


def changed(change: Callable[[Tables], object]) -> bytes:
    tables = rows_of(to_xlsx(grown()))
    change(tables)
    return workbook_of(tables)


def test_every_later_part_and_field_goes_out_and_comes_back() -> None:
    """An edition without has no file of them; labels of levels stand beside the levels."""
    used, files = in_order(grown()), seed_files(grown())

    assert from_zip(to_zip(used)) == from_xlsx(to_xlsx(used)) == used
    assert LATER_FILES & seed_files(first_edition()).keys() == set()
    assert files.keys() >= LATER_FILES
    (first, *_others) = tomllib.loads(files["questions/pc.toml"])["question"]
    assert first["labels"] == [f"In short {level}" for level in range(5)]
    assert (len(first["levels"]), "option" in first) == (5, False)


def test_later_columns_are_those_of_this_table() -> None:
    found = {s.name: set(s.later_columns) for s in SHEETS if s.name not in LATER_SHEETS}

    assert {name: columns for name, columns in found.items() if columns} == LATER_COLUMNS


def test_files_without_later_parts_come_in_with_their_hash() -> None:
    def take_out(tables: Tables) -> None:
        for sheet in LATER_SHEETS:
            del tables[sheet]
        for sheet, columns in LATER_COLUMNS.items():
            places = [n for n, name in enumerate(tables[sheet][0]) if name in columns]
            for row in tables[sheet]:
                for place in reversed(places):
                    del row[place : place + 1]

    read = {
        "first archive": from_zip(ZIP.read_bytes()),
        "first workbook": from_xlsx(WORKBOOK.read_bytes()),
        "taken out": from_xlsx(changed(take_out)),
    }

    assert {name: made.content_hash for name, made in read.items()} == dict.fromkeys(read, HASH)


def test_broken_later_file_and_later_name_that_is_gone_alone_are_named() -> None:
    def rename_sheet(tables: Tables) -> None:
        tables["Roles 2"] = tables.pop("roles")

    def rename_column(tables: Tables) -> None:
        head = tables["questions"][0]
        head[head.index("step_low")] = "step low"

    def broken(file: str) -> list[str]:
        found = refusals(from_zip, zipped(seed_files(grown()) | {file: "x = ["}))
        return [fault.code for fault in found]

    assert {file: broken(file) for file in LATER_FILES} == {
        file: ["toml_unreadable"] for file in LATER_FILES
    }
    assert [refusals(from_xlsx, changed(change)) for change in (rename_sheet, rename_column)] == [
        [wrong("sheet_missing", "roles")],
        [wrong("unknown_column", "questions", 1, name="step low", like="step_low")],
    ]
