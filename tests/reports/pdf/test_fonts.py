from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from assessment.reports.pdf import fonts
from tests.sheet_of_letters import PRINTED


@pytest.mark.parametrize("address", ["report:signs.ttf", "report:regular.ttf"])
def test_cut_gives_the_same_bytes_every_time(address: str) -> None:
    assert fonts.cut_font(fonts.CUTS[address]) == fonts.fonts()[address]


def test_letters_of_the_users_languages_can_be_printed() -> None:
    letters = set("".join(PRINTED.values()))

    assert {letter for letter in letters if ord(letter) not in fonts.characters()} == set()


def test_every_cut_has_what_it_is_said_to_draw() -> None:
    def drawn(address: str) -> set[int]:
        with TTFont(BytesIO(fonts.font(address)), lazy=True) as opened:
            return set(opened.getBestCmap())

    found = {address: drawn(address) for address in fonts.CUTS}

    assert found == {address: fonts.characters_of_cut(cut) for address, cut in fonts.CUTS.items()}
