from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from assessment.models.results import ReportFile
from assessment.reports.pdf import files
from assessment.reports.pdf.worker import PdfBusy, Press
from tests.reports.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from assessment.reports.report_data import Reading


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    own = Press()
    monkeypatch.setattr(files, "press", own)
    yield own
    own.stop()


def test_long_note_is_cut_with_a_word_on_it() -> None:
    short = files.capped("word " * 2_000)

    assert (len(short) < 5_100, short.endswith("on the screen.]")) == (True, True)


def test_note_of_many_lines_is_cut() -> None:
    assert len(files.capped("line\n" * 500).splitlines()) == 101


def test_short_note_is_kept() -> None:
    assert files.capped("one\ntwo") == "one\ntwo"


def test_characters_without_a_glyph_become_one_visible_sign() -> None:
    assert files.printable("fútbol 🏟 ሰላም") == "fútbol � ���"


def test_text_that_the_font_has_is_untouched() -> None:
    assert files.printable("Haku Wiñay – “x”") == "Haku Wiñay – “x”"


def test_second_download_prints_nothing_and_gives_the_same_bytes(
    reading: Reading,
    pdf: bytes,
    db: None,
    press: Press,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = files.kept_pdf(reading, NOW)
    press.stop()

    with django_assert_num_queries(1):
        second = files.kept_pdf(reading, NOW)

    assert (first, second, ReportFile.objects.count()) == (pdf, pdf, 1)
    assert press.process is None


def test_what_another_thread_printed_meanwhile_is_not_printed_again(
    reading: Reading, db: None, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Turn:
        """While this thread waits for its turn, another one finishes the same report."""

        def __enter__(self) -> None:
            ReportFile.objects.create(
                key=files.key_of(reading), content=b"%PDF-theirs", created_at=NOW
            )

        def __exit__(self, *error: object) -> None:
            return None

    monkeypatch.setattr(press, "one", Turn())

    assert files.kept_pdf(reading, NOW) == b"%PDF-theirs"


def test_more_than_may_wait_are_asked_to_come_again(
    reading: Reading, db: None, press: Press
) -> None:
    for _place in range(3):
        press.places.acquire()

    with pytest.raises(PdfBusy):
        files.kept_pdf(reading, NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"notes": {"PC1": "Other."}},
        {"texts": {"X1": "Other."}},
        {"scheme": "Other"},
        {"language": "es"},
        {"result_hash": "0" * 64},
        {"demo": False},
        {"superseded": True},
        {"programmes": ()},
        {"reference": "other"},
    ],
)
def test_key_changes_with_everything_that_is_drawn(
    reading: Reading, change: dict[str, Any]
) -> None:
    assert files.key_of(replace(reading, **change)) != files.key_of(reading)
