from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile

from assessment.interchange import archive
from assessment.interchange.archive import open_archive
from tests.interchange.bank_files import refusals, wrong, zipped

if TYPE_CHECKING:
    from assessment.interchange.refusal import FileFault


def packed(content: bytes, method: int) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", method) as file:
        file.writestr("a", content)
    return out.getvalue()


def under_a_password() -> bytes:
    data = bytearray(zipped({"a": "1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def test_archive_built_to_harm_or_damaged_is_refused() -> None:
    """One that explodes before it is unpacked, a damaged entry when it is read."""
    many = {str(number): "" for number in range(archive.MOST_ENTRIES + 1)}
    bomb = zipped({"a": bytes(archive.LARGEST_EXPANDED), "b": b"x"})
    twice = zipped({"aaaa": "1", "bbbb": "2"}).replace(b"bbbb", b"aaaa")
    damaged = packed(b"good content", ZIP_STORED).replace(b"good", b"evil")
    none = wrong("no_archive")
    table: list[tuple[bytes, FileFault]] = [
        *((data, none) for data in (b"", b"PK", b"no archive at all", b"\x00" * 1000)),
        (zipped({"a": "x" * 1000})[:-30], none),
        (b"x" * (archive.LARGEST_FILE + 1), wrong("file_too_large", megabytes=16)),
        (zipped(many), wrong("too_many_entries", most=500)),
        (bomb, wrong("unpacked_too_large", megabytes=64)),
        (twice, wrong("repeated_entry", name="aaaa")),
        (under_a_password(), wrong("encrypted_entry", name="a")),
        (packed(b"1", ZIP_BZIP2), wrong("packed_entry", name="a")),
    ]

    assert [refusals(open_archive, data) for data, _ in table] == [[fault] for _, fault in table]
    assert len(bomb) < 100_000
    assert refusals(lambda raw: open_archive(raw).read("a"), damaged) == [
        wrong("entry_damaged", name="a")
    ]


def test_archive_with_a_name_that_leads_away_is_refused() -> None:
    table: list[str] = ["../a", "/a", "a/../b", "a//b", "./a", "C:a", "a\\b", "a\nb", "/", "a\x00b"]

    def outcome(name: str) -> object:
        data = zipped({"0" * len(name): ""}).replace(b"0" * len(name), name.encode())
        return refusals(open_archive, data)

    assert [outcome(name) for name in table] == [
        [wrong("bad_entry_name", name=name)] for name in table
    ]
