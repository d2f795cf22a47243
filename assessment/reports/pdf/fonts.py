"""The PDF's fonts: the three cuts that the report uses, made once from the variable fonts.

Fixed cuts of the signs we print are a tenth of the size, lay out faster, and are embedded with the
same bytes every time; HarfBuzz does not promise that for variable fonts.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg_noto_sans
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES = Path(fontpkg_noto_sans.ROOT) / "files"
CUTS = {
    "report:regular.ttf": ("NotoSans[wdth,wght].ttf", 400),
    "report:bold.ttf": ("NotoSans[wdth,wght].ttf", 600),
    "report:italic.ttf": ("NotoSans-Italic[wdth,wght].ttf", 400),
}
SIGNS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x2BB, 0x2DD),
    (0x1E00, 0x1EFF),
    (0x2010, 0x205E),
    (0x20A0, 0x20BF),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2260, 0x2265),
    (0xFFFD, 0xFFFD),
)
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl")


@lru_cache(maxsize=1)
def fonts() -> Mapping[str, bytes]:
    """Every cut by its address, kept in the process: they change only with the packages.

    Cutting one takes a second, so they also stand as files in the data folder where that can be
    written, by the versions of font and library, the signs and the features (`font_key`).
    """
    return {address: cached_subset(*cut) for address, cut in CUTS.items()}


def cached_subset(name: str, weight: int) -> bytes:
    file = settings.DATA_DIR / "fonts" / f"{font_key(name, weight)}.ttf"
    if file.exists():
        return bytes(file.read_bytes())
    content = cut_font(FILES / name, weight)
    with contextlib.suppress(OSError):
        write_whole_file(file, content)
    return content


def font_key(name: str, weight: int) -> str:
    versions = [version("fontpkg-noto-sans"), version("fonttools")]
    parts = repr([name, weight, SIGNS, FEATURES, *versions])
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def write_whole_file(file: Path, content: bytes) -> None:
    """The whole file or none, whoever else writes it at the same time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}-{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(file)


def cut_font(file: Path, weight: int) -> bytes:
    """One weight of a variable font, with only the signs that the report can print."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options(layout_features=list(FEATURES), hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[sign for low, high in SIGNS for sign in range(low, high + 1)])
    with TTFont(file, recalcTimestamp=False) as font:
        subsetter.subset(font)
        instancer.instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True)
        written = io.BytesIO()
        font.save(written)
    return written.getvalue()


@lru_cache(maxsize=1)
def characters() -> frozenset[int]:
    """The code points that every cut can draw, and the white space of a text; kept as `fonts`."""
    from fontTools.ttLib import TTFont

    supported: list[frozenset[int]] = []
    for content in fonts().values():
        with TTFont(io.BytesIO(content), lazy=True) as font:
            supported.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*supported) | {ord("\n"), ord("\t"), ord("\r")}
