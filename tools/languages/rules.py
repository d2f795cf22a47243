"""What holds of a language: its programs, words and known false alarms, from `rules.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from assessment.instrument.translation import is_of_country

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
    """The rules of each language by its code; the words of all languages are in every one.

    A country adds its own to those of its language.
    """
    read = content()
    names = tuple(read["names"])
    made = {}
    for language, lines in read["languages"].items():
        countries = lines.pop("countries", {})
        given = _frozen(lines)
        made[language] = Rules(**{**given, "words": names + given.get("words", ())})
        for country, own in countries.items():
            made[f"{language}-{country}"] = _of_country(made[language], _frozen(own))
    return made


def _frozen(lines: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in lines.items()}


def _of_country(language: Rules, own: dict[str, Any]) -> Rules:
    return replace(
        language,
        words=language.words + own.get("words", ()),
        forbidden=language.forbidden + own.get("forbidden", ()),
    )


def translated() -> list[str]:
    """The languages that are checked: those that lead back to English."""
    return [one for one, lines in rules().items() if lines.back and one not in of_countries()]


def of_countries() -> list[str]:
    """Those in the words of a country, which lie over a language."""
    return [one for one in rules() if is_of_country(one)]
