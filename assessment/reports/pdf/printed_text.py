"""What becomes of texts on paper: the letters the fonts have, and lines that can be laid out.

Signs that no font has are drawn as their like where there is one. What is left is marked where it
stands, and the first page says so (`templates/report/_brief_head.html`).
Nothing is left out without a word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assessment.instrument.answers import NOTE_LIMIT
from assessment.instrument.plain_text import normalise_text, put_right
from assessment.reports.pdf.fonts import characters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.reports.report_data import ReportData

MOST_LINES = 100
LONGEST_RUN = 30
"""Letters without a space: of longer ones the layout tries every place for a line to end."""
LIKE = {
    sign: like
    for like, signs in {
        "→": "➔➜➝➙➞➤",
        "✓": "✔",
        "✗": "✘✕✖",
        "‣": "➢➣",
        "◆": "❖",
        "□": "❑❒❏❐",
        "·": "⋅",
        "…": "⋯",
        "~": "∼",
        "*": "∗✱",
        "⟸": "⇐",
        "⟹": "⇒",
        "⟺": "⇔",
    }.items()
    for sign in signs
}
TAG = re.compile("(<[^>]*>)")
RUN = re.compile(rf"(?:&[#\w]+;|[^\s&/\u200b-]){{{LONGEST_RUN + 1},}}")
WITHOUT_WIDTH = "\u200b"
LETTER = re.compile(r"&[#\w]+;|.")
NARROW_SPACE = "\u202f"
"""Not in every font, and a space is drawn in the font of the letter before it."""
BEFORE_SIGN = re.compile(" (?=[:;?!»])|(?<=«) ")
"""Spaces of French: none of these signs begins a line, and no line ends with «."""
BEFORE_SPAN = re.compile(r"(?<=[^\s>])\s+(<span class=\"(?:code|quiet)\">)")
"""Where the text before fills a line to the end but for this space, WeasyPrint ends the line after
its first word; a place without width after the space keeps it from that."""
UNSEEN = re.compile("[\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]")


def prepare_texts(report: ReportData) -> ReportData:
    """Names and texts as they are stored today, whenever they were stored, and no longer ones."""
    programmes = tuple(
        replace(one, name=_on_one_line(one.name), institution=_on_one_line(one.institution))
        for one in report.programmes
    )
    return replace(
        report,
        scheme=_on_one_line(report.scheme),
        programmes=programmes,
        notes=_shortened(report.notes),
        texts=_shortened(report.texts),
    )


def _on_one_line(name: str) -> str:
    return " ".join(normalise_text(name).split())


def _shortened(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: shorten(normalise_text(text)) for code, text in texts.items()}


def shorten(text: str) -> str:
    """The beginning of a long text; the whole stands on the page."""
    lines = text.split("\n")
    short = "\n".join(lines[:MOST_LINES])[:NOTE_LIMIT]
    if len(lines) <= MOST_LINES and len(text) <= NOTE_LIMIT:
        return text
    return short + "\n" + _("[Cut here. The whole text stands in the report on the screen.]")


def mark() -> str:
    """What stands where signs are left out."""
    return _("[not printed]")


def unprintable(html: str) -> set[str]:
    """The signs that no font has, nor anything like them."""
    return {sign for sign in _missing(html) if _drawn_as(sign) is None}


def printable(html: str) -> str:
    """The page with nothing that the fonts lack; its head, which nobody draws, stays."""
    head, body, rest = html.rpartition("<body")
    text = UNSEEN.sub("", put_right(body + rest)).replace(NARROW_SPACE, "\xa0")
    like = {ord(sign): _drawn_as(sign) for sign in _missing(text)}
    if drawn := {sign: drawn for sign, drawn in like.items() if drawn is not None}:
        text = text.translate(drawn)
    text = BEFORE_SPAN.sub(f" {WITHOUT_WIDTH}\\1", text)
    parts = _marked(TAG.split(text))
    parts[::2] = map(_with_ends_of_lines, parts[::2])  # between them stand the tags
    return head + "".join(parts)


def _missing(text: str) -> set[str]:
    return {sign for sign in set(text) if ord(sign) not in characters()}


@lru_cache(maxsize=1024)
def _drawn_as(sign: str) -> str | None:
    """Another way to write the sign; kept, because only code points go in."""
    plain = LIKE.get(sign) or unicodedata.normalize("NFKC", sign)
    if plain == sign or _missing(plain):
        return None
    circled = unicodedata.decomposition(sign).startswith("<circle>")
    return f"({plain})" if circled else plain


def _marked(parts: list[str]) -> list[str]:
    missing = "".join(map(re.escape, sorted(_missing("".join(parts)))))
    if not missing:
        return parts
    run = re.compile(f"[{missing}](?:[{missing} \u200b-\u200f]*[{missing}])?")
    return [run.sub(mark(), part) if _is_drawn(part) else part for part in parts]


def _is_drawn(part: str) -> bool:
    """Attributes are not, but for those of the body, from which the edges of pages are made."""
    return not part.startswith("<") or "data-identity" in part


def _with_ends_of_lines(text: str) -> str:
    """Places without width at which a line may end, in what has no space for too long; none at
    the spaces of French before a sign.
    """
    words = text.split()
    if not words:
        return text
    text = BEFORE_SIGN.sub("\xa0", text)
    if max(map(len, words)) <= LONGEST_RUN:
        return text
    return RUN.sub(lambda run: _divided(LETTER.findall(run[0])), text)


def _divided(letters: list[str]) -> str:
    divided, since = [], 0
    for letter in letters:
        if since >= LONGEST_RUN and not unicodedata.category(letter[-1]).startswith("M"):
            divided.append(WITHOUT_WIDTH)
            since = 0
        divided.append(letter)
        since += 1
    return "".join(divided)
