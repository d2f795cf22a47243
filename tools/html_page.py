"""Pages read as a browser reads them: the fields of a form, the structure of a page."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"input", "meta", "link", "br", "img", "hr", "source", "wbr"})


class Page(HTMLParser):
    """Every element with its attributes, its parents and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[int]]] = []
        self.texts: dict[int, str] = {}
        self.open: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        place = len(self.elements)
        self.elements.append((tag, {k: v or "" for k, v in attrs}, list(self.open)))
        if tag not in VOID:
            self.open.append(place)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.elements[self.open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for place in self.open:
            self.texts[place] = self.texts.get(place, "") + data

    def found(self, *tags: str) -> Iterator[tuple[int, str, dict[str, str]]]:
        for place, (tag, attrs, _) in enumerate(self.elements):
            if not tags or tag in tags:
                yield place, tag, attrs

    def inside(self, outer: int, tag: str) -> list[int]:
        return [
            place
            for place, (name, _, parents) in enumerate(self.elements)
            if name == tag and outer in parents
        ]


def page_of(response: Any) -> Page:
    return Page(response.content.decode())


def filled(response: Any) -> dict[str, Any]:
    """What a browser sends from the page's main form as it stands."""
    page = page_of(response)
    forms = [place for place, _, attrs in page.found("form") if _main(attrs)]
    fields: dict[str, Any] = {}
    for place, tag, attrs in page.found("input", "textarea", "select", "option"):
        if forms[-1] in page.elements[place][2]:
            _take(page, place, tag, attrs, fields)
    return fields


def _main(attrs: dict[str, str]) -> bool:
    return attrs.get("class") not in {"leave", "language"}


def _take(page: Page, place: int, tag: str, attrs: dict[str, str], fields: dict[str, Any]) -> None:
    if tag == "textarea":
        fields[attrs["name"]] = page.texts.get(place, "").removeprefix("\n")
    elif tag == "option" and "selected" in attrs:
        parent = page.elements[page.elements[place][2][-1]]
        fields[parent[1]["name"]] = attrs["value"]
    elif tag == "input" and _sent(attrs):
        _add(fields, attrs["name"], attrs.get("value", ""))


def _sent(attrs: dict[str, str]) -> bool:
    if attrs.get("type") in {"radio", "checkbox"}:
        return "checked" in attrs
    return "name" in attrs


def _add(fields: dict[str, Any], name: str, value: str) -> None:
    if name in fields:
        held = fields[name]
        fields[name] = [*held, value] if isinstance(held, list) else [held, value]
    else:
        fields[name] = value
