"""A ZIP from outside, looked at before anything of it is unpacked, and never by its own names."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from assessment.interchange.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 2**20
LARGEST_FILE = 16 * MEGABYTE
LARGEST_EXPANDED = 64 * MEGABYTE
MOST_ENTRIES = 500
ENCRYPTED = 0x1


@dataclass(frozen=True)
class Archive:
    """The entries by name; each is small enough, plain, and named once."""

    file: ZipFile
    entries: dict[str, ZipInfo]

    def read(self, name: str) -> bytes:
        """The whole entry; raises KeyError, or Refused where it is damaged."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        entry = self.entries[name]
        try:
            with self.file.open(entry) as stream:
                while chunk := stream.read(MEGABYTE):
                    yield chunk
        except (BadZipFile, zlib.error, EOFError, OSError) as error:
            raise refusal("entry_damaged", name=name) from error


def open_archive(data: bytes, *, expanded: int = LARGEST_EXPANDED) -> Archive:
    """The archive in `data`; raises Refused where it is none, or too large, or built to harm.

    `expanded` is how large it may be unpacked: each reader knows how much it needs.
    """
    if len(data) > LARGEST_FILE:
        raise refusal("file_too_large", megabytes=LARGEST_FILE // MEGABYTE)
    try:
        file = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refusal("no_archive") from error
    entries = file.infolist()
    if len(entries) > MOST_ENTRIES:
        raise refusal("too_many_entries", most=MOST_ENTRIES)
    if sum(entry.file_size for entry in entries) > expanded:
        raise refusal("unpacked_too_large", megabytes=expanded // MEGABYTE)
    return Archive(file, {entry.filename: entry for entry in _plain(entries)})


def _plain(entries: list[ZipInfo]) -> Iterator[ZipInfo]:
    names: set[str] = set()
    for entry in entries:
        # The name as it stands in the file: zipfile cuts it at a NUL.
        name = entry.orig_filename
        if _leads_away(name):
            raise refusal("bad_entry_name", name=name)
        if name in names:
            raise refusal("repeated_entry", name=name)
        if entry.flag_bits & ENCRYPTED:
            raise refusal("encrypted_entry", name=name)
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise refusal("packed_entry", name=name)
        names.add(name)
        yield entry


def _leads_away(name: str) -> bool:
    parts = name.removesuffix("/").split("/")
    strange = not name.isprintable() or "\\" in name or ":" in name
    return strange or any(part in ("", ".", "..") for part in parts)
