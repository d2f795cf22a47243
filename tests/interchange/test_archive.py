from __future__ import annotations

import zipfile
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

from assessment.interchange import archive
from assessment.interchange.archive import open_archive
from tests.interchange.bank_files import refusals, wrong, zipped


def test_archive_gives_its_entries() -> None:
    opened = open_archive(zipped({"a.toml": "x = 1"}))

    assert list(opened.entries) == ["a.toml"]
    assert opened.read("a.toml") == b"x = 1"


def test_archive_that_is_none_is_refused() -> None:
    table: list[bytes] = [b"", b"PK", b"no archive at all", b"\x00" * 1000]

    assert [refusals(open_archive, data) for data in table] == [[wrong("no_archive")]] * len(table)


def test_archive_cut_short_is_refused() -> None:
    assert refusals(open_archive, zipped({"a": "x" * 1000})[:-30]) == [wrong("no_archive")]


def test_archive_too_large_is_refused() -> None:
    assert refusals(open_archive, b"x" * (archive.LARGEST_FILE + 1)) == [
        wrong("file_too_large", megabytes=16)
    ]


def test_archive_with_very_many_entries_is_refused() -> None:
    many = {str(number): "" for number in range(archive.MOST_ENTRIES + 1)}

    assert refusals(open_archive, zipped(many)) == [wrong("too_many_entries", most=500)]


def test_archive_that_explodes_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"a": bytes(archive.LARGEST_EXPANDED), "b": b"x"})

    assert len(bomb) < 100_000
    assert refusals(open_archive, bomb) == [wrong("unpacked_too_large", megabytes=64)]


def test_archive_with_a_name_that_leads_away_is_refused() -> None:
    table: list[str] = ["../a", "/a", "a/../b", "a//b", "./a", "C:a", "a\\b", "a\nb", "/", "a\x00b"]

    def outcome(name: str) -> object:
        data = zipped({"0" * len(name): ""}).replace(b"0" * len(name), name.encode())
        return refusals(open_archive, data)

    assert [outcome(name) for name in table] == [
        [wrong("bad_entry_name", name=name)] for name in table
    ]


def test_archive_with_a_name_twice_is_refused() -> None:
    data = zipped({"aaaa": "1", "bbbb": "2"}).replace(b"bbbb", b"aaaa")

    assert refusals(open_archive, data) == [wrong("repeated_entry", name="aaaa")]


def test_archive_under_a_password_is_refused() -> None:
    data = bytearray(zipped({"a": "1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert refusals(open_archive, bytes(data)) == [wrong("encrypted_entry", name="a")]


def test_archive_packed_in_another_way_is_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_BZIP2) as file:
        file.writestr("a", "1")

    assert refusals(open_archive, out.getvalue()) == [wrong("packed_entry", name="a")]


def test_archive_with_a_damaged_entry_is_refused_when_it_is_read() -> None:
    out = BytesIO()
    with ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        file.writestr("a", "good content")
    data = out.getvalue().replace(b"good content", b"evil content")

    assert refusals(lambda raw: open_archive(raw).read("a"), data) == [
        wrong("entry_damaged", name="a")
    ]
