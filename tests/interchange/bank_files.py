"""The bank of the project, and files that are a little or very wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from assessment.interchange import toml_files
from assessment.interchange.refusal import FileFault, Refused
from assessment.interchange.workbook import reader as workbook_reader
from assessment.interchange.workbook.writer import to_xlsx
from tests.seeds_once import seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assessment.instrument.model import Instrument


@cache
def bank() -> Instrument:
    return seeds()


@cache
def workbook() -> bytes:
    return to_xlsx(bank())


def with_part(kind: str, which: str, **changes: Any) -> Instrument:
    parts = tuple(
        replace(part, **changes) if part.code == which else part for part in getattr(bank(), kind)
    )
    changed: dict[str, Any] = {kind: parts}
    return replace(bank(), **changed)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The archive with one of its files rewritten."""
    files = unzipped(data)
    return zipped(files | {name: change(files[name].decode())})


def refusals(read: Callable[[bytes], Any], data: bytes) -> list[FileFault]:
    with pytest.raises(Refused) as caught:
        read(data)
    return list(caught.value.faults)


def wrong(
    code: str, sheet: str = "", row: int = 0, column: str = "", /, **params: str | int
) -> FileFault:
    return FileFault(code, sheet, row, column, params)


def from_zip(data: bytes) -> Instrument:
    return toml_files.from_zip(data).instrument


def from_xlsx(data: bytes) -> Instrument:
    return workbook_reader.from_xlsx(data).instrument
