"""Hostile requests, drawn from a seed: the same seed sends the same requests."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from tools.hostile.addresses import Place

FORM = "application/x-www-form-urlencoded"
TEXTS: tuple[str | bytes, ...] = (
    "\0",
    "a\x07b",
    "a\ufffeb",
    "a\uffffb",
    b"\xed\xa0\x80",
    b"\xff\xfe\xfa",
    b"\xc0\xaf",
    "e\u0301" * 300,
    "\u202e\u2066\u0000\u200b",
    "9" * 5000,
    "-9223372036854775809",
    "9223372036854775808",
    "1e309",
    "NaN",
    "-1",
    "²",
    "１２",
    "0x1f",
    "2.5",
    "true",
    "null",
    "",
    " ",
    "\n" * 20_000,
    "x" * 1_000_000,
    "[" * 5_000,
    '{"a":' * 5_000,
    '{"bands": [NaN, 1e999]}',
    '{"bands": "\\ud800"}',
    "[1, 2, 3]",
    "<script>articula()</script>",
    "\"><img src=x onerror='articula()'>",
    "' onfocus='articula()' autofocus='",
    "</textarea></title><svg onload=articula()>",
    "javascript:articula()",
    "{{ 7|add:7 }}{% debug %}",
    "%s%n%(x)s{0.__class__}{question}",
    "'; DROP TABLE assessment_answer; --",
    "../../../etc/passwd",
    "=HYPERLINK(1)",
    "a\r\nX-Evil: 1\r\n\r\n<script>articula()</script>",
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example/",
    "dont_know",
    "not_applicable",
    "answer.TG1 >= " * 500,
    "((((" * 400,
    "not " * 2_000 + "true",
)
FIELDS = (
    "_selected_action",
    "action",
    "index",
    "_popup",
    "_to_field",
    "_save",
    "_saveasnew",
    "_continue",
    "post",
    "select_across",
    "next",
    "key",
    "link",
    "sent",
    "gaps",
    "language",
    "completed",
    "TG2",
    "TG2-note",
    "TG2-revision",
    "PC1-revision",
    "XX9-revision",
    "options-TOTAL_FORMS",
    "options-INITIAL_FORMS",
    "options-0-id",
    "form-TOTAL_FORMS",
    "form-INITIAL_FORMS",
    "form-0-id",
    "form-0-position",
    "csrfmiddlewaretoken",
)
QUERIES = (
    *("o", "p", "q", "e", "all", "next", "check", "changed", "left", "_popup", "_to_field"),
    *("_changelist_filters", "edition", "dimension", "term", "page", "app_label", "model_name"),
    *("field_name", "id__exact", "created_at__year", "created_at__day", "demo__exact", "kind"),
)
MANGLED = (
    *("%00", "%ED%A0%80", "%0d%0aX-Evil:%201", "..%2f..%2fetc%2fpasswd", "%2f", "//", "x" * 3000),
    *("%C0%AF", "9" * 400, "_5F", "%F0%9F%92%A9", ";a=b", "%3Cscript%3Earticula()%3C/script%3E"),
)
HEADERS: tuple[Mapping[str, str], ...] = (
    {"Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
    {"X-Forwarded-For": "<script>articula()</script>"},
    {"Accept-Language": "x" * 4000},
    {"Accept-Language": "en;q=NaN,../../x"},
    {"Referer": "https://evil.example/<script>articula()</script>"},
    {"Origin": "null"},
    {"Range": "bytes=0-1,-1,99999999999-"},
    {"If-Modified-Since": "Thu, 99 Foo 99999 99:99:99"},
    {"If-None-Match": '"' * 300},
    {"X-HTTP-Method-Override": "DELETE"},
)
METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "SCRIPT")


@dataclass(frozen=True, slots=True)
class Attack:
    """One request, its path already percent-encoded."""

    place: str
    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = FORM
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        start = self.body[:300].decode("latin-1")
        return f"{self.method} {self.path[:200]}?{self.query[:200]} {self.content_type} {start!r}"


def attack(random: Random, place: Place) -> Attack:
    """A request to the place that no page of ours sends."""
    method = random.choices(("POST", "GET", random.choice(METHODS)), (6, 3, 1))[0]
    path = place.path
    if random.random() < 0.08:
        path = _mangled(random, path)
    body, content_type = b"", FORM
    if method not in {"GET", "HEAD"}:
        body, content_type = _body(random, place.fields)
    query = _query(random) if method == "GET" or random.random() < 0.2 else ""
    headers = random.choice(HEADERS) if random.random() < 0.1 else {}
    return Attack(place.name, method, path, query, body, content_type, headers)


def _mangled(random: Random, path: str) -> str:
    parts = path.split("/")
    parts[random.randrange(1, len(parts))] = random.choice(MANGLED)
    return random.choice(("/".join(parts), f"//evil.example{path}", path.rstrip("/") or "//"))


def _query(random: Random) -> str:
    names = random.sample(QUERIES, random.randint(1, 3))
    return "&".join(f"{name}={quote(random.choice(TEXTS)[:3000])}" for name in names)


def _body(random: Random, fields: Mapping[str, Any]) -> tuple[bytes, str]:
    kind = random.random()
    pairs = _changed(random, fields)
    if kind < 0.8:
        return _encoded(pairs), FORM
    if kind < 0.9:
        return _multipart(random, pairs), "multipart/form-data; boundary=bound"
    return _odd(random)


def _changed(random: Random, fields: Mapping[str, Any]) -> list[tuple[str, str | bytes]]:
    """The form as a page would send it, with fields changed, added, doubled and left out."""
    pairs: list[tuple[str, str | bytes]] = [
        (name, one) for name, value in fields.items() for one in _listed(value)
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


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _encoded(pairs: Sequence[tuple[str, str | bytes]]) -> bytes:
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


def _odd(random: Random) -> tuple[bytes, str]:
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
