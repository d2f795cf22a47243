"""Draw the icon and the picture for link previews: the two rings, in the colours of tokens.css.

`python -m tools.draw_icons` writes them to static/img/; they are drawn four times as large and made
smaller, which smooths their edges. No font: a picture without words serves every language.
"""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
DEFINED = re.compile(r"(--[\w-]+):\s*([^;]+);")
TIMES = 4
ICON, WIDE = 180, (1200, 630)
SEAM = ((0, 0.46, "accent"), (0.46, 0.54, "joint"), (0.54, 1, "second"))

Canvas = tuple[Image.Image, ImageDraw.ImageDraw]


def colours() -> dict[str, str]:
    written = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    return {name.removeprefix("--"): value for name, value in DEFINED.findall(written)}


def canvas(width: int, height: int, ground: str) -> Canvas:
    image = Image.new("RGB", (width * TIMES, height * TIMES), ground)
    return image, ImageDraw.Draw(image)


def rings(drawn: Canvas, centre: tuple[int, int], radius: int, apart: float, **look: str) -> None:
    """`apart` in diameters; `look` names the colours of left, right and lens."""
    image, draw = drawn
    x, y, r = centre[0] * TIMES, centre[1] * TIMES, radius * TIMES
    shift = int(apart * r)
    boxes = [(at - r, y - r, at + r, y + r) for at in (x - shift, x + shift)]
    masks = [Image.new("L", image.size, 0) for _ in boxes]
    for mask, box in zip(masks, boxes, strict=True):
        ImageDraw.Draw(mask).ellipse(box, fill=255)
    lens = Image.composite(masks[0], Image.new("L", image.size, 0), masks[1])
    image.paste(look["lens"], mask=lens)
    for box, colour in zip(boxes, (look["left"], look["right"]), strict=True):
        draw.ellipse(box, outline=colour, width=int(r * 0.27))


def saved(drawn: Canvas, name: str) -> None:
    """As a palette: a quarter of the bytes, and the few colours of these pictures lose nothing."""
    image = drawn[0]
    small = image.resize((image.width // TIMES, image.height // TIMES), Image.Resampling.LANCZOS)
    small.quantize(64, dither=Image.Dither.NONE).save(ROOT / "static" / "img" / name, optimize=True)


def icon(colour: dict[str, str]) -> Canvas:
    drawn = canvas(ICON, ICON, colour["accent-deep"])
    white = colour["on-accent"]
    rings(drawn, (90, 90), 48, 0.526, left=white, right=white, lens=colour["joint"])
    return drawn


def preview(colour: dict[str, str]) -> Canvas:
    """The seam and the mark, in the middle: some programs cut the picture to a square."""
    drawn = canvas(*WIDE, colour["sheet"])
    width = WIDE[0] * TIMES
    for start, end, name in SEAM:
        drawn[1].rectangle((start * width, 0, end * width, 28 * TIMES), fill=colour[name])
    look = {"left": colour["accent"], "right": colour["second"]}
    rings(drawn, (600, 329), 176, 0.526, **look, lens=colour["joint"])
    return drawn


if __name__ == "__main__":
    saved(icon(colours()), "icon.png")
    saved(preview(colours()), "preview.png")
