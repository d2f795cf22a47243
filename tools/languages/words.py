"""Words of a translation: spelling, the wrong language, the glossary, and words not allowed."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from assessment.instrument.translation import is_of_country
from tools.languages.bank import Fault, name
from tools.languages.programs import unknown_words
from tools.languages.rules import no_terms, rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tools.languages.bank import Texts

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
LONG_ENOUGH = 40


def own_words(text: str) -> list[str]:
    return WORD.findall(text)


def known_to(language: str, texts: Iterable[str]) -> frozenset[str]:
    """The words of the texts that the language does not know, the project's own words apart."""
    words = frozenset(word for text in texts for word in own_words(text))
    listed = {word.casefold() for word in rules()[language].words}
    unknown = unknown_words(words, rules()[language].dictionary)
    return frozenset(word for word in unknown if word.casefold() not in listed)


def spelling_faults(language: str, target: Texts) -> Iterator[Fault]:
    """Each word that neither the dictionary nor the project's list has, with its text."""
    wrong = known_to(language, target.values())
    for place, text in target.items():
        for word in dict.fromkeys(own_words(text)):
            # The program cuts some words in two, such as Non-intentional.
            if {word, *re.split("[-'’]", word)} & wrong:
                yield Fault(name(place), "spelling", word)


def language_faults(language: str, target: Texts) -> Iterator[Fault]:
    """Each long text of which another language knows more words than its own does."""
    texts = {place: text for place, text in target.items() if len(text) >= LONG_ENOUGH}
    others = (one for one in rules() if not is_of_country(one))
    compared = {language, *(one for one in others if one != language.partition("-")[0])}
    unknown = {other: known_to(other, texts.values()) for other in sorted(compared)}
    for place, text in texts.items():
        words = own_words(text)
        count = {other: sum(word in wrong for word in words) for other, wrong in unknown.items()}
        nearest = min(count, key=lambda other: (count[other], other != language))
        if nearest != language:
            yield Fault(name(place), "language", f"reads as {nearest}: {text}")


def forbidden_faults(language: str, target: Texts) -> Iterator[Fault]:
    """Each text with a word that the language's rules do not allow."""
    pattern = re.compile("|".join(rules()[language].forbidden), re.IGNORECASE)
    for place, text in target.items():
        if found := pattern.search(text):
            yield Fault(name(place), "forbidden", f"{found[0]}: {text}")


def forms_of(code: str, texts: Texts) -> list[str]:
    """The term and its further forms."""
    lines = (
        text.split("\n")
        for place, text in texts.items()
        if place.kind == "terms" and place.code == code and place.field in {"term", "forms"}
    )
    return [form for some in lines for form in some if form]


def stems(form: str) -> list[str]:
    """The beginnings of its longer words, by which any ending is taken."""
    words = [word for word in re.findall(r"\w+", form) if len(word) > 3 or len(form) < 5]
    return [word[: max(4, min(len(word) - 2, 7))].lower() for word in words]


def glossary_faults(language: str, source: Texts, target: Texts) -> Iterator[Fault]:
    """Each text whose source has a term of the glossary, and which has no form of it."""
    known = rules()[language].glossary
    terms: dict[str, list[list[str]]] = defaultdict(list)
    patterns = {}
    for code in {place.code for place in source if place.kind == "terms"}:
        forms = "|".join(re.escape(form) for form in forms_of(code, source))
        patterns[code] = re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
        terms[code] = [stems(form) for form in forms_of(code, target)]
    apart = re.compile("|".join(no_terms()), re.IGNORECASE)
    for place, said in source.items():
        if place.kind == "terms" and place.field == "forms":
            continue
        text, made = apart.sub("", said), target[place].lower()
        for code, pattern in patterns.items():
            if not pattern.search(text):
                continue
            there = any(some and all(stem in made for stem in some) for some in terms[code])
            if not there and f"{code} in {name(place)}" not in known:
                yield Fault(name(place), "glossary", f"no form of {code}: {target[place]}")
