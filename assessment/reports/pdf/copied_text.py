"""What is copied from the PDF, found in it or read aloud: the letter that each glyph draws.

WeasyPrint notes what a glyph first stood for. A letter that first came with a mark of its own would
then be read as both, or as nothing, wherever it stands.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")


def name_letters(document: Any, pdf: Any) -> None:
    """Puts the letter of the font's own map where another was noted for its glyph."""
    numbered = {part.number: part for part in pdf.objects}
    contents = {font.name: font.file_content for font in document.fonts.values()}
    for part in pdf.objects:
        if isinstance(part, dict) and "ToUnicode" in part and part["BaseFont"] in contents:
            number = int(part["ToUnicode"].split()[0])
            letters = letters_of_glyphs(contents[part["BaseFont"]])
            stream = numbered[number].stream
            stream[:] = [_named(line, letters) for line in stream]


@lru_cache(maxsize=8)
def letters_of_glyphs(font: bytes) -> Mapping[int, frozenset[int]]:
    """The code points that each glyph draws by itself; kept by the font, from which it follows."""
    from fontTools.ttLib import TTFont

    letters: dict[int, set[int]] = {}
    with TTFont(io.BytesIO(font), lazy=True) as opened:
        # A font that is embedded without its map says nothing; what was noted stays.
        for code, glyph in (opened.getBestCmap() or {}).items():
            letters.setdefault(opened.getGlyphID(glyph), set()).add(code)
    return {glyph: frozenset(codes) for glyph, codes in letters.items()}


def _named(line: bytes, letters: Mapping[int, frozenset[int]]) -> bytes:
    found = LINE.fullmatch(line)
    if found is None:
        return line
    own = letters.get(int(found[1], 16), frozenset())
    noted = bytes.fromhex(found[2].decode()).decode("utf-16-be")
    if not own or (len(noted) == 1 and ord(noted) in own):
        return line
    return b"<%s> <%s>" % (found[1], chr(min(own)).encode("utf-16-be").hex().encode())
