"""Hostile requests, drawn from a seed: the same seed sends the same requests."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from tools.hostile.payloads import FIELDS, HEADERS, METHODS, PATH_PARTS, QUERIES, TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from tools.hostile.addresses import Address

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Attack:
    """One request, its path already percent-encoded."""

    address: str
    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = FORM
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        start = self.body[:300].decode("latin-1")
        target = f"{self.method} {self.path[:200]}?{self.query[:200]}"
        headers = {name: value[:100] for name, value in self.headers.items()}
        return f"{target} {self.content_type} {headers or ''} {start!r}"


def draw_attack(random: Random, address: Address) -> Attack:
    """A request to the address that no page of ours sends."""
    method = random.choices(("POST", "GET", random.choice(METHODS)), (6, 3, 1))[0]
    path = address.path
    if random.random() < 0.08:
        path = _changed_path(random, path)
    body, content_type = b"", FORM
    if method not in {"GET", "HEAD"}:
        body, content_type = _body(random, address.fields)
    query = _query(random) if method == "GET" or random.random() < 0.2 else ""
    headers = random.choice(HEADERS) if random.random() < 0.1 else {}
    return Attack(address.name, method, path, query, body, content_type, headers)


def every_field_twice(address: Address) -> Attack:
    """What the form of the page sends, and of each of its fields two other texts behind it.

    Two, because a field that is still empty would have only one text otherwise.
    """
    sent = [(name, text) for name, value in address.fields.items() for text in _as_texts(value)]
    others = [(name, text + more) for name, text in sent for more in (" again", " once more")]
    return Attack(address.name, "POST", address.path, body=_urlencoded([*sent, *others]))


def _changed_path(random: Random, path: str) -> str:
    parts = path.split("/")
    parts[random.randrange(1, len(parts))] = random.choice(PATH_PARTS)
    return random.choice(("/".join(parts), f"//evil.example{path}", path.rstrip("/") or "//"))


def _query(random: Random) -> str:
    names = random.sample(QUERIES, random.randint(1, 3))
    return "&".join(f"{name}={quote(random.choice(TEXTS)[:3000])}" for name in names)


def _body(random: Random, fields: Mapping[str, Any]) -> tuple[bytes, str]:
    drawn = random.random()
    pairs = _changed_fields(random, fields)
    if drawn < 0.8:
        return _urlencoded(pairs), FORM
    if drawn < 0.9:
        return _multipart(random, pairs), "multipart/form-data; boundary=bound"
    return _malformed(random)


def _changed_fields(random: Random, fields: Mapping[str, Any]) -> list[tuple[str, str | bytes]]:
    """The form as a page would send it, with fields changed, added, doubled and left out."""
    pairs: list[tuple[str, str | bytes]] = [
        (name, one) for name, value in fields.items() for one in _as_texts(value)
    ]
    for _ in range(random.randint(1, 3)):
        names: Sequence[str] = list(fields) if fields and random.random() < 0.7 else FIELDS
        name, text = random.choice(names), random.choice(TEXTS)
        if random.random() < 0.8:
            pairs = [pair for pair in pairs if pair[0] != name]
        pairs.append((name, text))
    if pairs and random.random() < 0.2:
        pairs.pop(random.randrange(len(pairs)))
    return pairs


def _as_texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _urlencoded(pairs: Sequence[tuple[str, str | bytes]]) -> bytes:
    return urlencode(pairs).encode("ascii")


def _multipart(random: Random, pairs: Sequence[tuple[str, str | bytes]]) -> bytes:
    """Now and then a file stands where a text is expected, or the end is missing."""
    body = b""
    for name, value in pairs:
        raw = value if isinstance(value, bytes) else value.encode()
        file = b'; filename="../../x\x00.svg"' if random.random() < 0.1 else b""
        head = b'--bound\r\nContent-Disposition: form-data; name="' + name.encode() + b'"' + file
        body += head + b"\r\n\r\n" + raw + b"\r\n"
    return body + random.choice((b"--bound--\r\n", b"", b"--bou"))


def _malformed(random: Random) -> tuple[bytes, str]:
    return random.choice(
        (
            (b"[" * 100_000, "application/json"),
            (b'{"updatedItems": [[1e400, "\\ud800"]]}', "application/json"),
            (json.dumps({"updatedItems": [[10**30, 1], [1, None]]}).encode(), "application/json"),
            (b'{"updatedItems": ' + b"9" * 6000 + b"}", "application/json"),
            (b"TG2=\xff\xfe&TG2-note=%ED%A0%80", f"{FORM}; charset=utf-7"),
            (b"TG2=3", f"{FORM}; charset=bogus\x7f"),
            (b"TG2=3", "multipart/form-data"),
            (b"--\r\n", "multipart/form-data; boundary=" + "b" * 300),
            (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "text/xml"),
            (b"\x00" * 2000, ""),
            (b"&" * 3000, FORM),
            (b"=&%&%zz=%u0041&TG2[]=1&TG2[$ne]=1", FORM),
        )
    )
