"""What becomes of people's texts on paper."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from assessment.reports.pdf.files import print_html, report_pdf
from assessment.reports.pdf.printed_text import (
    LONGEST_RUN,
    prepare_texts,
    printable,
    shorten,
    unprintable,
)
from assessment.reports.report_data import NamedProgramme
from tests.sheet_of_letters import DRAWN_AS, NOT_PRINTED, PASTED, PRINTED

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData

LETTERS = "\n".join(PRINTED.values())
OTHERS = "\n".join([*PASTED, *DRAWN_AS, *NOT_PRINTED.values()])
TITLE = "ማኅበራዊ ጥበቃ · Ɓauchi · Ọ̀yọ́ · Κοινωνική · 社会保障"


def parts_of(text: str) -> set[str]:
    """The letters and marks of a text, however they were joined."""
    return set(unicodedata.normalize("NFD", text)) - set(" \n\r\u200b")


@pytest.fixture(scope="module")
def sheet(empty: ReportData) -> bytes:
    """One document with everything, as rows of before may hold it."""
    programme = NamedProgramme(TITLE, LETTERS[:200])
    return report_pdf(
        replace(empty, scheme=TITLE, programmes=(programme,), notes={"PC1": LETTERS + OTHERS})
    )


@pytest.fixture(scope="module")
def words(sheet: bytes) -> str:
    document = pypdfium2.PdfDocument(sheet)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_every_letter_of_the_sheet_is_on_paper(words: str) -> None:
    assert parts_of("".join([LETTERS, *PASTED.values(), *DRAWN_AS.values()])) - parts_of(words) == (
        set()
    )


def test_what_is_not_printed_is_said_in_its_place_and_on_the_cover(words: str) -> None:
    flat = " ".join(words.split())

    assert flat.count("[not printed]") >= len(NOT_PRINTED) + 2
    assert "Some letters or signs of this report cannot be printed." in flat
    assert "\N{REPLACEMENT CHARACTER}" not in words


def test_title_of_the_file_has_every_letter(sheet: bytes) -> None:
    with pikepdf.open(io.BytesIO(sheet)) as document:
        assert str(document.docinfo.Title) == f"Working together: {TITLE}"


def test_report_without_such_signs_says_nothing_of_them(report: ReportData) -> None:
    assert "cannot be printed" not in print_html(report)


def test_run_of_signs_becomes_one_mark() -> None:
    text = "<p>fútbol 🏟️ الحماية الاجتماعية – end</p>"

    assert printable(text) == "<p>fútbol [not printed] – end</p>"


def test_sign_is_drawn_as_its_like() -> None:
    assert {sign: printable(sign) for sign in DRAWN_AS} == DRAWN_AS


def test_only_what_nothing_is_like_is_unprintable() -> None:
    assert unprintable(LETTERS + "".join(DRAWN_AS) + "中") == {"中"}


def test_line_may_end_in_what_has_no_space() -> None:
    text = f'<a title="{"t" * 99}">{"x" * LONGEST_RUN}ọ\u0300yy&amp;</a>'

    pieces = printable(text).split("\u200b")

    assert pieces == [f'<a title="{"t" * 99}">{"x" * LONGEST_RUN}', "ọ\u0300yy&amp;</a>"]


def test_mark_at_the_beginning_of_a_text_joins_no_tag() -> None:
    assert printable("<p>\u0338a</p>") == "<p>\u0338a</p>"


def test_texts_of_before_are_printed_in_today_s_form(report: ReportData) -> None:
    old = prepare_texts(replace(report, scheme="a\u2028b", notes={"PC1": "c\x0bd\u202e"}))

    assert (old.scheme, old.notes) == ("a b", {"PC1": "c\nd"})


def test_long_note_is_cut_with_a_word_on_it() -> None:
    short = shorten("word " * 2_000)

    assert (len(short) < 5_100, short.endswith("on the screen.]")) == (True, True)


def test_note_of_many_lines_is_cut() -> None:
    assert len(shorten("line\n" * 500).split("\n")) == 101


def test_short_note_is_kept() -> None:
    assert shorten("one\ntwo") == "one\ntwo"


def test_no_sign_of_french_stands_alone_at_the_begin_or_end_of_a_line() -> None:
    page = printable('<body><p title="a : b">Note : « Oui » ; non ? si !</p></body>')

    assert page == (
        '<body><p title="a : b">Note\xa0: «\xa0Oui\xa0»\xa0; non\xa0? si\xa0!</p></body>'
    )


def test_a_line_may_end_once_more_before_a_quiet_word() -> None:
    """Else a text that fills its line but for this space ends it after the first word."""
    page = printable('<body><td>National strategy\n <span class="code">PC3</span></td></body>')

    assert page == '<body><td>National strategy \u200b<span class="code">PC3</span></td></body>'
