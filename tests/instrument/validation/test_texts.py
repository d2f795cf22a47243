"""Texts that no page, file or print can show as they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.issues import Issue, Where
from assessment.instrument.model import Option
from assessment.instrument.validation.texts import is_web_address, text_issue
from assessment.instrument.validation.validate import issues_in
from tests.instrument.changed_bank import changed, not_named

if TYPE_CHECKING:
    from assessment.instrument.model import Instrument

PC, PC1, DS1, R01 = (
    Where(part, code)
    for part, code in (
        ("dimensions", "PC"),
        ("questions", "PC1"),
        ("questions", "DS1"),
        ("rules", "R01"),
    )
)
RS, ACTOR = Where("sources", "RS"), Where("terms", "actor")
TURNED = "One \u202eway."
OPTIONS = (Option("a", "A.", 1), Option("none", TURNED, exclusive=True))
TABLE: list[tuple[Issue, dict[str, Any]]] = [
    (PC1.issue("help", "odd_character_in_field", character="U+202E"), {"help": TURNED}),
    (PC1.issue("help", "odd_character_in_field", character="U+0007"), {"help": "One\a."}),
    (DS1.issue("options", "odd_character_in_field", character="U+202E"), {"options": OPTIONS}),
    (PC.issue("advice", "odd_character_in_field", character="U+202E"), {"advice": (TURNED,) * 5}),
    (PC1.issue("text", "unknown_placeholder", names=("{name}",)), {"text": "Why {name}?"}),
    (
        PC1.issue("text", "placeholder_not_here", names=("{country}", "{region}")),
        {"text": "Why {region} in {country}?"},
    ),
    (R01.issue("text", "unknown_placeholder", names=("%(name)s",)), {"text": "%(name)s"}),
    (RS.issue("url", "no_web_address"), {"url": "www.example.org"}),
    (RS.issue("title", "empty_field"), {"title": " "}),
    (PC.issue("short", "empty_field"), {"short": ""}),
    (ACTOR.issue("term", "empty_field"), {"term": ""}),
]


def test_text_that_cannot_be_shown_is_named(bank: Instrument) -> None:
    """Also an odd character in the name or the scale of the edition."""
    words = replace(bank.scale, labels=("Absent", "Initial", "Emerging", "Established", TURNED))
    editions = [replace(bank, name=TURNED), replace(bank, scale=words)]
    wrong = Where("scale", "scale").issue("labels", "odd_character_in_scale", character="U+202E")

    assert not_named(bank, TABLE) == []
    assert [issues_in(edition) for edition in editions] == [[wrong], [wrong]]


def test_text_that_can_be_shown_is_not_named(bank: Instrument) -> None:
    """A text may hold what its place fills."""
    typed: list[tuple[str, bool, Issue | None]] = [
        ("Ask {country}.", True, None),
        ("Ask {country}.", False, Issue("placeholder_not_here", params={"names": ("{country}",)})),
        ("Ask {name}.", True, Issue("unknown_placeholder", params={"names": ("{name}",)})),
        ("Ask them.", False, None),
    ]
    sound = bank
    for part, code, fields in (
        ("rules", "R01", {"text": "Ask {country}, {region} and its {programmes}."}),
        ("questions", "PC1", {"help": "Näher – “so”:\n\ttwo lines."}),
        ("sources", bank.sources[0].code, {"url": ""}),
        ("sources", bank.sources[1].code, {"url": "https://example.org/a?b#c"}),
    ):
        sound = changed(sound, part, code, **fields)

    assert issues_in(sound) == []
    assert [(text, rule, text_issue(text, rule=rule)) for text, rule, _ in typed] == typed


def test_web_address_has_a_host_and_no_space() -> None:
    table: list[tuple[str, bool]] = [
        ("http://example.org", True),
        ("https://example.org:8000/a", True),
        ("ftp://example.org", False),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("https://", False),
        ("https://:80/", False),
        ("https://example.org/a b", False),
        ("https://[example", False),
    ]

    assert [(text, is_web_address(text)) for text, _ in table] == table
