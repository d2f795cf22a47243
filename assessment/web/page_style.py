"""Of a style sheet the rules that a page needs to be painted the first time.

The whole sheet is named at the page's end; until it is there the page looks the same. What is kept
for paper, and for what a script puts on the page later, comes with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

BLOCK = re.compile(r"(@media[^{]*)\{((?:[^{}]+\{[^{}]*\})*)\}|([^{}]+)\{[^{}]*\}")
INNER = re.compile(r"([^{}]+)\{[^{}]*\}")
NOT_ON_SCREEN = ("@media print", "@page")
# What may match more or less than it names: in brackets, and the states of an element.
ASIDE = re.compile(r"::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?|\[[^\]]*\]")
NAME = re.compile(r"[.#]?[A-Za-z][\w-]*")
TAG = re.compile(r"<([a-z][\w-]*)")
ATTRIBUTE = re.compile(r'\b(class|id)="([^"]*)"')
SIGNS = {"class": ".", "id": "#"}


@dataclass(frozen=True, slots=True)
class StyleBlock:
    """`needs` are the names of each of its selectors: one whole selector must be on the page."""

    media: str
    needs: tuple[frozenset[str], ...]
    text: str


def style_of_page(style: str, page: str) -> str:
    """The rules of the sheet, in their order, that may match something on this page of HTML."""
    names = names_on(page)
    found: list[str] = []
    media = ""
    for block in blocks_of(style):
        if not any(selector <= names for selector in block.needs):
            continue
        if block.media != media:
            found += ["}" if media else "", f"{block.media}{{" if block.media else ""]
            media = block.media
        found.append(block.text)
    return "".join([*found, "}" if media else ""])


def names_on(page: str) -> frozenset[str]:
    """Its elements, and their classes and ids as a selector writes them."""
    named = ATTRIBUTE.findall(page)
    marks = (SIGNS[kind] + name for kind, value in named for name in value.split())
    return frozenset([*TAG.findall(page), *marks])


@lru_cache(maxsize=4)
def blocks_of(style: str) -> tuple[StyleBlock, ...]:
    found: list[StyleBlock] = []
    for block in BLOCK.finditer(style):
        if block[0].startswith(NOT_ON_SCREEN):
            continue
        inside = INNER.finditer(block[2]) if block[1] else [block]
        for one in inside:
            selectors = one[1] if block[1] else one[3]
            found.append(StyleBlock(block[1] or "", needs_of(selectors), one[0]))
    return tuple(found)


def needs_of(selectors: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(NAME.findall(one)) for one in ASIDE.sub("", selectors).split(","))
