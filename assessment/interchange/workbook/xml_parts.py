"""The parts of a workbook from outside, parsed without expanding or following anything.

The standard library's parser reads them piece by piece. A library that builds objects of a
workbook would build them of everything that a hostile file holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from assessment.interchange.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assessment.interchange.archive import Archive

DEEPEST = 50
LONGEST = 32_767


class Part:
    """Handlers for one part; names come without their namespace."""

    depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of text stands in the innermost element."""

    def parse(self, archive: Archive, name: str) -> Iterator[None]:
        """Feeds the part piece by piece; after each piece the caller may take what is ready."""
        parser = self._parser()
        try:
            for chunk in archive.chunks(name):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
            yield
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise refusal("entry_damaged", name=name) from error

    def _parser(self) -> Any:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_entities
        parser.StartElementHandler = self._down
        parser.EndElementHandler = self._up
        parser.CharacterDataHandler = self.text
        return parser

    def _down(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise refusal("workbook_too_deep")
        self.start(tag.rpartition(" ")[2], attributes)

    def _up(self, tag: str) -> None:
        self.depth -= 1
        self.end(tag.rpartition(" ")[2])


def _no_entities(*_declaration: Any) -> None:
    raise refusal("workbook_entities")


class Elements(Part):
    """The attributes of every element of one name."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self.wanted:
            self.found.append({name.rpartition(" ")[2]: text for name, text in attributes.items()})

    def read(self, archive: Archive, name: str) -> list[dict[str, str]]:
        if name not in archive.entries:
            raise refusal("no_workbook")
        for _ in self.parse(archive, name):
            continue
        return self.found


class Text(Part):
    """Collects what stands in <t> and <v>, but for the readings above Asian letters."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.taking = False
        self.aside = False
        self.length = 0

    def begin_text(self) -> None:
        self.pieces = []
        self.length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "rPh":
            self.aside = True
        self.taking = tag in ("t", "v") and not self.aside

    def end(self, tag: str) -> None:
        self.taking = False
        if tag == "rPh":
            self.aside = False

    def text(self, text: str) -> None:
        if self.taking:
            self.length += len(text)
            if self.length > LONGEST:
                raise refusal("workbook_text_too_long", longest=LONGEST)
            self.pieces.append(text)


class Strings(Text):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag == "si":
            self.begin_text()

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "si":
            self.found.append("".join(self.pieces))

    def read(self, archive: Archive, name: str) -> list[str]:
        for _ in self.parse(archive, name):
            continue
        return self.found
