"""Translations as rows of a file: where each text stands, and which source it was made from."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from assessment.instrument.plain_text import normalised_table, unsupported_character
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import Translation
from assessment.interchange.refusal import FileFault
from assessment.interchange.toml_writer import table, tables
from assessment.interchange.workbook.sheets import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from assessment.interchange.bank_file import FilePosition

COLUMNS = tuple(Column(name, str) for name in ("kind", "code", "field", "text", "source_hash"))
LONGEST_HASH = 64
NAMES = tuple(column.name for column in COLUMNS)
LANGUAGE = r"[a-z]{2,3}(?:-[a-z0-9]{2,8})?"
SHEET = re.compile(rf"translations-({LANGUAGE})")
FILE = re.compile(rf"translations/({LANGUAGE})\.toml")

Row = dict[str, str]


def sheet_of(language: str) -> str:
    return f"translations-{language}"


def file_of(language: str) -> str:
    return f"translations/{language}.toml"


def rows_of(translations: Mapping[TextKey, Translation]) -> list[list[str]]:
    return [[*place, one.text, one.source_hash] for place, one in translations.items()]


def to_toml(translations: Mapping[TextKey, Translation]) -> str:
    entries = (dict(zip(NAMES, row, strict=True)) for row in rows_of(translations))
    return tables("text", map(table, entries))


def rows_in(name: str, raw: bytes, faults: list[FileFault]) -> Iterator[tuple[FilePosition, Row]]:
    """Each entry of a TOML file with its place in the file."""
    for row in _entries(name, raw, faults):
        code = f"{row.get('code', '')}"
        wrong = [key for key in row if key not in NAMES or not isinstance(row[key], str)]
        for key in wrong:
            params = {"code": code, "name": key}
            faults.append(FileFault("key_of_no_translation", name, column=key, params=params))
        if not wrong:
            yield (name, 0), {key: row.get(key, "") for key in NAMES}


def _entries(name: str, raw: bytes, faults: list[FileFault]) -> list[dict[str, Any]]:
    try:
        read = normalised_table(tomllib.loads(raw.decode()))
    except (ValueError, RecursionError) as error:
        faults.append(FileFault("toml_unreadable", name, params={"reason": str(error)}))
        return []
    entries = read.pop("text", [])
    whole = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    if read or not whole:
        faults.append(FileFault("no_text_entries", name))
        return []
    return list(entries)


def translations_from(
    rows: Iterable[tuple[FilePosition, Row]],
    sources: Mapping[TextKey, str],
    faults: list[FileFault],
) -> dict[TextKey, Translation]:
    """The translations by place; without a hash of its source one is of what stands there now."""
    found: dict[TextKey, Translation] = {}
    for (sheet, line), row in rows:
        place = TextKey(row["kind"], row["code"], row["field"])
        if wrong := _wrong_text(row, place in sources, place in found):
            code, column, params = wrong
            named = {"name": "/".join(place), **params}
            faults.append(FileFault(code, sheet, line, column, named))
        elif row["text"]:
            found[place] = Translation(
                row["text"], row["source_hash"] or hash_of_text(sources[place])
            )
    return found


def _wrong_text(
    row: Row, known: bool, repeated: bool
) -> tuple[str, str, Mapping[str, str | int]] | None:
    """The code of what is wrong, its column, and with what values; None where nothing is."""
    if not known:
        return "text_not_in_bank", "field", {}
    if repeated:
        return "repeated_text_of_bank", "field", {}
    if len(row["source_hash"]) > LONGEST_HASH:
        return "source_hash_too_long", "source_hash", {"longest": LONGEST_HASH}
    if odd := unsupported_character(row["text"] + row["source_hash"]):
        return "control_character_in_text", "text", {"character": odd.name, "near": odd.near}
    return None
