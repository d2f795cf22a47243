"""The PDF's fonts, by script: cuts made once from the variable fonts of packages.

Fixed cuts of the signs we print are a fraction of the size, lay out faster, and are embedded with
the same bytes every time; HarfBuzz does not promise that for variable fonts. What a cut can draw is
read from its own map of characters.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fontpkg_fira_code
import fontpkg_noto_sans
import justmytype_intl_africa
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTO = Path(fontpkg_noto_sans.ROOT) / "files"
ETHIOPIC = Path(justmytype_intl_africa.__file__).parent / "fonts" / "ofl" / "notosansethiopic"
SIGNS = Path(fontpkg_fira_code.ROOT) / "files"
PACKAGES = ("fontpkg-noto-sans", "justmytype-intl-africa", "fontpkg-fira-code", "fonttools")
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl")
VARIATIONS = ("fvar", "gvar", "avar", "HVAR", "VVAR", "MVAR", "STAT")
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
    """One cut, kept in the process: it changes only with the packages.

    Cutting takes seconds, so each also stands as a file in the data folder where that can be
    written, by the versions of fonts and library and the features (`font_key`).
    """
    return cached_subset(CUTS[address])


def cached_subset(cut: Cut) -> bytes:
    file = settings.DATA_DIR / "fonts" / f"{font_key(cut)}.ttf"
    if file.exists():
        return bytes(file.read_bytes())
    content = cut_font(cut)
    with contextlib.suppress(OSError):
        write_whole_file(file, content)
    return content


def font_key(cut: Cut) -> str:
    kept = [LEFT_OUT, sorted(SPACES), VARIATIONS, FEATURES]
    parts = [cut.file.name, cut.weight, kept, *map(version, PACKAGES)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def write_whole_file(file: Path, content: bytes) -> None:
    """The whole file or none, whoever else writes it at the same time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}-{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(file)


def cut_font(cut: Cut) -> bytes:
    """One weight of a variable font, with only what no family before it has, and spaces."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options(layout_features=list(FEATURES), hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters_of_cut(cut))
    with TTFont(cut.file, recalcTimestamp=False) as font:
        usual = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        place = usual | {"wght": cut.weight}
        if place == usual:
            drop_variations(font)
        subsetter.subset(font)
        if place != usual:
            instancer.instantiateVariableFont(font, place, inplace=True)
        written = io.BytesIO()
        font.save(written)
    return written.getvalue()


def drop_variations(font: Any) -> None:
    """What is drawn without them is the usual weight: nothing of it has to be worked out."""
    for name in VARIATIONS:
        if name in font:
            del font[name]


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
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


@lru_cache(maxsize=1)
def characters() -> frozenset[int]:
    """What every cut of some family can draw, and the ends of lines; kept as `font`.

    Read from the fonts as they were before they are cut: a page asks for it, and cutting is not
    done while somebody waits.
    """
    families: dict[str, frozenset[int]] = {}
    for cut in CUTS.values():
        known = characters_of_cut(cut)
        families[cut.family] = families.get(cut.family, known) & known
    return LINE_ENDS.union(*families.values())
