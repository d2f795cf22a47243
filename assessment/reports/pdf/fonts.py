"""The PDF's fonts, by script: cuts of the variable fonts of packages, made by HarfBuzz.

Fixed cuts of the signs we print are a fraction of the size, lay out faster, and are embedded with
the same bytes every time; HarfBuzz does not promise that for variable fonts. What a cut can draw is
read from its own map of characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fontpkg_fira_code
import fontpkg_noto_sans
import justmytype_intl_africa

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTO = Path(fontpkg_noto_sans.ROOT) / "files"
ETHIOPIC = Path(justmytype_intl_africa.__file__).parent / "fonts" / "ofl" / "notosansethiopic"
SIGNS = Path(fontpkg_fira_code.ROOT) / "files"
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl")
# Devanagari, whose letters join by features that we leave out, and places of each font's own.
LEFT_OUT = (
    range(0x900, 0x980),
    range(0x1CD0, 0x1D00),
    range(0xA8E0, 0xA900),
    range(0xE000, 0xF900),
)
LINE_ENDS = frozenset(map(ord, "\n\t\r"))
# A space is drawn in the font of the letter before it.
SPACES = frozenset(map(ord, " \xa0"))


@dataclass(frozen=True, slots=True)
class Cut:
    """One weight of a family of the style sheet, from a variable font."""

    family: str
    file: Path
    weight: int


CUTS = {
    "report:regular.ttf": Cut("Report", NOTO / "NotoSans[wdth,wght].ttf", 400),
    "report:bold.ttf": Cut("Report", NOTO / "NotoSans[wdth,wght].ttf", 600),
    "report:italic.ttf": Cut("Report", NOTO / "NotoSans-Italic[wdth,wght].ttf", 400),
    "report:ethiopic.ttf": Cut(
        "Report Ethiopic", ETHIOPIC / "NotoSansEthiopic[wdth,wght].ttf", 400
    ),
    "report:signs.ttf": Cut("Report Signs", SIGNS / "FiraCode[wght].ttf", 400),
}


def fonts() -> Mapping[str, bytes]:
    """Every cut by its address."""
    return {address: font(address) for address in CUTS}


@lru_cache(maxsize=len(CUTS))
def font(address: str) -> bytes:
    """One cut, kept in the process: it changes only with the packages."""
    return cut_font(CUTS[address])


def cut_font(cut: Cut) -> bytes:
    """One weight of a variable font, with only what no family before it has, and spaces."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(characters_of_cut(cut))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode()) for tag in FEATURES)
    face = face_of(cut.file)
    wanted.pin_all_axes_to_default(face)
    wanted.pin_axis_location(face, "wght", cut.weight)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def face_of(font: Path) -> Any:
    # The site starts without the library: only paper needs it.
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))


def characters_of_cut(cut: Cut) -> frozenset[int]:
    known = characters_of_font(cut.file).difference(*LEFT_OUT)
    if cut.family == "Report":
        return known
    return (known - characters_of_font(CUTS["report:regular.ttf"].file)) | (known & SPACES)


@lru_cache(maxsize=len(CUTS))
def characters_of_font(font: Path) -> frozenset[int]:
    """The code points that a font has a glyph for.

    Kept, because each cut asks for those of the first font; files of packages do not change.
    """
    return frozenset(face_of(font).unicodes)


@lru_cache(maxsize=1)
def characters() -> frozenset[int]:
    """What every cut of some family can draw, and the ends of lines; kept as `font`."""
    families: dict[str, frozenset[int]] = {}
    for cut in CUTS.values():
        known = characters_of_cut(cut)
        families[cut.family] = families.get(cut.family, known) & known
    return LINE_ENDS.union(*families.values())
