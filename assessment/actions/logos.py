"""Draw an uploaded logo anew: what is stored has nothing of the file but its look."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 500_000
MOST_PIXELS = 16_000_000
WIDEST, HIGHEST = 480, 160
"""Pixels of what is stored: twice what a page shows, enough for print."""
BEGINNINGS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff"}
WHITE = (255, 255, 255)


class BadLogo(ValueError):
    """A file that is no logo; `code` is one of `reports/issue_wording/logos.py: OF_LOGOS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class DrawnLogo:
    """A PNG on white, at most `WIDEST` by `HIGHEST` pixels."""

    content: bytes
    digest: str
    width: int
    height: int


def draw_logo(content: bytes) -> DrawnLogo:
    """The picture in a PNG or JPEG file, without anything else of the file; raises BadLogo."""
    if len(content) > LARGEST_FILE:
        raise BadLogo("logo_too_large")
    kind = next((name for name, sign in BEGINNINGS.items() if content.startswith(sign)), None)
    if kind is None:
        raise BadLogo("logo_no_picture")
    drawn = _on_white(_decoded(content, kind))
    file = BytesIO()
    drawn.save(file, "PNG", optimize=True)
    png = file.getvalue()
    return DrawnLogo(png, hashlib.sha256(png).hexdigest(), drawn.width, drawn.height)


def _decoded(content: bytes, kind: str) -> Image:
    """Opening reads the head alone: how many pixels there are is known before any is decoded."""
    from PIL import Image, ImageOps  # slow import, and only whoever changes a logo needs it

    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(content), formats=[kind]) as head:
            if head.width * head.height > MOST_PIXELS:
                raise BadLogo("logo_too_many_pixels")
            head.verify()
        with Image.open(BytesIO(content), formats=[kind]) as opened:
            return ImageOps.exif_transpose(opened).convert("RGBA")
    except bombs as error:
        raise BadLogo("logo_too_many_pixels") from error
    except (OSError, SyntaxError, ValueError, TypeError, struct.error) as error:
        if isinstance(error, BadLogo):
            raise
        raise BadLogo("logo_unreadable") from error


def _on_white(decoded: Image) -> Image:
    """A new picture: what is pasted brings no colour profile, text or place along."""
    from PIL import Image

    decoded.thumbnail((WIDEST, HIGHEST))
    drawn = Image.new("RGB", decoded.size, WHITE)
    drawn.paste(decoded, mask=decoded)
    return drawn
