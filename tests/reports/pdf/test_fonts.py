from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pytest_django import Settings

from assessment.reports.pdf import fonts


def test_cut_gives_the_same_bytes_every_time() -> None:
    """One that has the usual weight of its font, and one that is worked out from it."""
    addresses = ("report:ethiopic.ttf", "report:signs.ttf")

    again = {address: fonts.cut_font(fonts.CUTS[address]) for address in addresses}

    assert again == {address: fonts.font(address) for address in addresses}


def test_cut_is_made_once_and_kept_where_its_folder_can_be_written(
    settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    kept, other = fonts.CUTS["report:regular.ttf"], fonts.CUTS["report:signs.ttf"]
    fonts.write_whole_file(tmp_path / "fonts" / f"{fonts.font_key(kept)}.ttf", b"a font")
    (tmp_path / "file").write_text("not a folder")

    found = fonts.cached_subset(kept)
    settings.DATA_DIR = tmp_path / "file"

    assert found == b"a font"
    assert fonts.cached_subset(other) == fonts.font("report:signs.ttf")


@pytest.mark.usefixtures("cut_fonts")
def test_every_cut_has_what_it_is_said_to_draw() -> None:
    def drawn(address: str) -> set[int]:
        with TTFont(BytesIO(fonts.font(address)), lazy=True) as opened:
            return set(opened.getBestCmap())

    found = {address: drawn(address) for address in fonts.CUTS}

    assert found == {address: fonts.characters_of_cut(cut) for address, cut in fonts.CUTS.items()}
