"""What holds of a language: its programs, words and known false alarms, from `rules.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The rules of one language, as the file names them."""

    dictionary: str
    back: tuple[str, ...] = ()  # programs of Apertium, one after the other, that lead to English
    negations: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    longest_sentence: int = 30
    # False alarms, each with its reason: "term in kind/code/field", and "question.level".
    glossary: dict[str, str] = field(default_factory=dict)
    polarity: dict[str, str] = field(default_factory=dict)
    # Levels that Apertium turns into the same English: "question.level-level", with the reason.
    unseen: dict[str, str] = field(default_factory=dict)


def content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def no_terms() -> tuple[str, ...]:
    """Phrases of the source in which a word of the glossary means something else."""
    return tuple(content()["no_terms"])


@cache
def rules() -> dict[str, Rules]:
    """The rules of each language by its code; the words of all languages are in every one."""
    read = content()
    names = tuple(read["names"])
    made = {}
    for language, lines in read["languages"].items():
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in lines.items()
        }
        made[language] = Rules(**{**given, "words": names + given.get("words", ())})
    return made


def translated() -> list[str]:
    """The languages that are checked: those that lead back to English."""
    return [language for language, lines in rules().items() if lines.back]
