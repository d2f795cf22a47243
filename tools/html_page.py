"""Pages of HTML read as a browser reads them: their structure, the fields of their form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"input", "meta", "link", "br", "img", "hr", "source", "wbr"})


class HtmlPage(HTMLParser):
    """Every element as (tag, attributes, indices of its parents), and texts by index."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[int]]] = []
        self._open: list[int] = []
        self._said: list[str] = []
        self._from: dict[int, int] = {}
        self._until: dict[int, int] = {}
        self.feed(html)

    @cached_property
    def texts(self) -> dict[int, str]:
        """What stands in an element and in those within it; nothing of one where nothing stands."""
        reaches = {index: (first, self._until.get(index)) for index, first in self._from.items()}
        said = {index: self._said[first:last] for index, (first, last) in reaches.items()}
        return {index: "".join(parts) for index, parts in said.items() if parts}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        index = len(self.elements)
        self.elements.append((tag, {k: v or "" for k, v in attrs}, list(self._open)))
        if tag not in VOID:
            self._open.append(index)
            self._from[index] = len(self._said)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            closed = self._open.pop()
            self._until[closed] = len(self._said)
            if self.elements[closed][0] == tag:
                break

    def handle_data(self, data: str) -> None:
        self._said.append(data)

    def find(self, *tags: str) -> Iterator[tuple[int, str, dict[str, str]]]:
        for index, (tag, attrs, _) in enumerate(self.elements):
            if not tags or tag in tags:
                yield index, tag, attrs

    def inside(self, outer: int, tag: str) -> list[int]:
        return [
            index
            for index, (name, _, parents) in enumerate(self.elements)
            if name == tag and outer in parents
        ]


def page_of(reply: Any) -> HtmlPage:
    return HtmlPage(reply.content.decode())


def form_data(reply: Any) -> dict[str, Any]:
    """What a browser sends from the page's main form as it stands."""
    page = page_of(reply)
    forms = [index for index, _, attrs in page.find("form") if _is_main(attrs)]
    fields: dict[str, Any] = {}
    for index, _, _ in page.find("input", "textarea", "select", "option"):
        if forms[-1] in page.elements[index][2]:
            _take(page, index, fields)
    return fields


def _is_main(attrs: dict[str, str]) -> bool:
    return attrs.get("class") not in {"leave", "language", "actions passkey"}


def _take(page: HtmlPage, index: int, fields: dict[str, Any]) -> None:
    tag, attrs, parents = page.elements[index]
    if tag == "textarea":
        fields[attrs["name"]] = page.texts.get(index, "").removeprefix("\n")
    elif tag == "option" and "selected" in attrs:
        parent = page.elements[parents[-1]]
        fields[parent[1]["name"]] = attrs["value"]
    elif tag == "input" and _is_sent(attrs):
        _add(fields, attrs["name"], attrs.get("value", ""))


def _is_sent(attrs: dict[str, str]) -> bool:
    if attrs.get("type") in {"radio", "checkbox"}:
        return "checked" in attrs
    return "name" in attrs


def _add(fields: dict[str, Any], name: str, value: str) -> None:
    if name in fields:
        before = fields[name]
        fields[name] = [*before, value] if isinstance(before, list) else [before, value]
    else:
        fields[name] = value
