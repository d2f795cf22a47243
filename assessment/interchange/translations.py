"""Translations as rows of a file: where each text stands, and which source it was made from."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import Translation
from assessment.interchange.refusal import FileFault
from assessment.interchange.texts import control_character_message
from assessment.interchange.toml_writer import table, tables
from assessment.interchange.workbook.sheets import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

COLUMNS = tuple(Column(name, str) for name in ("kind", "code", "field", "text", "source_hash"))
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


def rows_in(name: str, raw: bytes, faults: list[FileFault]) -> Iterator[tuple[FileFault, Row]]:
    """Each entry of a TOML file with its place, which stands for a fault without a message."""
    for row in _entries(name, raw, faults):
        where = FileFault("", name, code=f"{row.get('code', '')}")
        wrong = [key for key in row if key not in NAMES or not isinstance(row[key], str)]
        faults.extend(replace(where, column=key, message=_words(row, key)) for key in wrong)
        if not wrong:
            yield where, {key: row.get(key, "") for key in NAMES}


def _words(row: dict[str, Any], key: str) -> str:
    return f"{row.get('code', '')}: {key} is no text of a translation."


def _entries(name: str, raw: bytes, faults: list[FileFault]) -> list[dict[str, Any]]:
    try:
        read = tomllib.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        faults.append(FileFault(f"not readable as TOML: {error}", name))
        return []
    entries = read.pop("text", [])
    whole = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    if read or not whole:
        faults.append(FileFault("holds something else than [[text]] entries.", name))
        return []
    return list(entries)


def translations_from(
    rows: Iterable[tuple[FileFault, Row]], sources: Mapping[TextKey, str], faults: list[FileFault]
) -> dict[TextKey, Translation]:
    """The translations by place; without a hash of its source one is of what stands there now."""
    found: dict[TextKey, Translation] = {}
    for where, row in rows:
        place = TextKey(row["kind"], row["code"], row["field"])
        name = "/".join(place)
        if place not in sources:
            faults.append(replace(where, column="field", message=f"{name} is no text of the bank."))
        elif place in found:
            faults.append(replace(where, column="field", message=f"{name} stands here twice."))
        elif len(row["source_hash"]) > 64:
            message = f"{name}: the hash is longer than 64 characters."
            faults.append(replace(where, column="source_hash", message=message))
        elif message := control_character_message(row["text"] + row["source_hash"]):
            faults.append(replace(where, column="text", message=f"{name} {message}"))
        elif row["text"]:
            found[place] = Translation(
                row["text"], row["source_hash"] or hash_of_text(sources[place])
            )
    return found
