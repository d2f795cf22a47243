"""The elements of a picture, and the places on the scale of 0 to 100."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assessment.reports import formats


@dataclass(frozen=True, slots=True)
class Mark:
    """One element of a picture; `inside` is drawn in its coordinates, `text` are its letters."""

    element: str
    attributes: tuple[tuple[str, str], ...]
    inside: tuple[Mark, ...] = ()
    text: str = ""


def mark(element: str, *inside: Mark, **attributes: object) -> Mark:
    """`stroke_width=2` is written stroke-width="2"."""
    written = ((name.replace("_", "-"), str(value)) for name, value in attributes.items())
    return Mark(element, tuple(written), inside)


def letters(text: str, **attributes: object) -> Mark:
    return replace(mark("text", **attributes), text=text)


def place(value: float) -> str:
    """A score as a percentage of the width, in digits that every SVG reader knows."""
    return f"{formats.rounded(min(max(value, 0), 100), 2)}%"
