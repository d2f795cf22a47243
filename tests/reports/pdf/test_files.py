from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from assessment.reports.pdf import files

if TYPE_CHECKING:
    from assessment.reports.report_data import ReportData


def test_long_note_is_cut_with_a_word_on_it() -> None:
    short = files.shorten("word " * 2_000)

    assert (len(short) < 5_100, short.endswith("on the screen.]")) == (True, True)


def test_note_of_many_lines_is_cut() -> None:
    assert len(files.shorten("line\n" * 500).splitlines()) == 101


def test_short_note_is_kept() -> None:
    assert files.shorten("one\ntwo") == "one\ntwo"


def test_characters_without_a_glyph_become_one_visible_sign() -> None:
    assert files.printable("fútbol 🏟 ሰላም") == "fútbol � ���"


def test_text_that_the_font_has_is_untouched() -> None:
    assert files.printable("Haku Wiñay – “x”") == "Haku Wiñay – “x”"


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
    report: ReportData, change: dict[str, Any]
) -> None:
    assert files.pdf_key(replace(report, **change)) != files.pdf_key(report)


def test_key_changes_with_every_file_that_draws() -> None:
    reports = settings.BASE_DIR / "assessment" / "reports"
    named = {file for file in files.rendering_files() if file.suffix == ".py"}

    assert named == set(reports.rglob("*.py"))
    assert {"wording.py", "front.py", "render.py"} <= {file.name for file in named}
