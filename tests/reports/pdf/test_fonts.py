from __future__ import annotations

from io import BytesIO

from fontTools.ttLib import TTFont

from assessment.reports.pdf import fonts


def test_cut_gives_the_same_bytes_every_time() -> None:
    again = {address: fonts.cut_font(cut) for address, cut in fonts.CUTS.items()}

    assert again == fonts.fonts()


def test_every_cut_has_what_it_is_said_to_draw() -> None:
    def drawn(address: str) -> set[int]:
        with TTFont(BytesIO(fonts.font(address)), lazy=True) as opened:
            return set(opened.getBestCmap())

    found = {address: drawn(address) for address in fonts.CUTS}

    assert found == {address: fonts.characters_of_cut(cut) for address, cut in fonts.CUTS.items()}
