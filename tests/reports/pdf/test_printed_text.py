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


def test_every_letter_of_the_sheet_is_on_paper(sheet: bytes, words: str) -> None:
    """And in the title of the file."""
    wanted = parts_of("".join([LETTERS, *PASTED.values(), *DRAWN_AS.values()]))

    assert wanted - parts_of(words) == set()
    with pikepdf.open(io.BytesIO(sheet)) as document:
        assert str(document.docinfo.Title) == f"Working together: {TITLE}"


def test_what_is_not_printed_is_said_in_its_place_and_on_the_cover(
    words: str, report: ReportData
) -> None:
    """A report without such signs says nothing of them."""
    flat = " ".join(words.split())

    assert flat.count("[not printed]") >= len(NOT_PRINTED) + 2
    assert "Some letters or signs of this report cannot be printed." in flat
    assert "\N{REPLACEMENT CHARACTER}" not in words
    assert "cannot be printed" not in print_html(report)


def test_only_what_nothing_is_like_is_unprintable() -> None:
    """What has its like is drawn as that."""
    assert {sign: printable(sign) for sign in DRAWN_AS} == DRAWN_AS
    assert unprintable(LETTERS + "".join(DRAWN_AS) + "中") == {"中"}


RUN = "x" * LONGEST_RUN
SET_FOR_PAPER = {
    # A run of signs becomes one mark.
    "<p>fútbol 🏟️ الحماية الاجتماعية – end</p>": "<p>fútbol [not printed] – end</p>",
    # A line may end in what has no space, but in no sign and no tag.
    f'<a title="{"t" * 99}">{RUN}ọ\u0300yy&amp;</a>': (
        f'<a title="{"t" * 99}">{RUN}\u200bọ\u0300yy&amp;</a>'
    ),
    # Nor between a letter and its mark.
    f"<p>{RUN[1:]}ọ\u0300yy</p>": f"<p>{RUN[1:]}ọ\u0300\u200byy</p>",
    # A mark at the beginning of a text joins no tag.
    "<p>\u0338a</p>": "<p>\u0338a</p>",
    # No sign of French stands alone at the begin or end of a line.
    '<body><p title="a : b">Note : « Oui » ; non ? si !</p></body>': (
        '<body><p title="a : b">Note\xa0: «\xa0Oui\xa0»\xa0; non\xa0? si\xa0!</p></body>'
    ),
    # A line may end once more before a quiet word: else a text that fills its line but for this
    # space ends it after the first word.
    '<body><td>National strategy\n <span class="code">PC3</span></td></body>': (
        '<body><td>National strategy \u200b<span class="code">PC3</span></td></body>'
    ),
}


def test_line_ends_where_it_may_and_what_has_no_sign_is_marked() -> None:
    assert {text: printable(text) for text in SET_FOR_PAPER} == SET_FOR_PAPER


def test_texts_of_before_are_printed_in_today_s_form(report: ReportData) -> None:
    old = prepare_texts(replace(report, scheme="a\u2028b", notes={"PC1": "c\x0bd\u202e"}))

    assert (old.scheme, old.notes) == ("a b", {"PC1": "c\nd"})


def test_long_note_is_cut_with_a_word_on_it() -> None:
    """By its letters, or by its lines; a short one is kept."""
    long, many, short = (shorten(text) for text in ("word " * 2_000, "line\n" * 500, "one\ntwo"))

    assert (len(long) < 5_100, long.endswith("on the screen.]")) == (True, True)
    assert len(many.split("\n")) == 101
    assert short == "one\ntwo"
