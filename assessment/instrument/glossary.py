"""Finds the glossary's terms in texts.

Two caches, both by content: the terms of an edition as expressions, and which terms occur in a
text. Both hold texts of the bank only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from assessment.instrument.model import Instrument, Term


FIRST = re.compile(r"\w+|\S")
"""What a form begins with: a word, or a sign."""


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """By the word that they begin with the forms of terms in one expression, longest first.

    Most words of a text begin none: to try all forms at each word would take four times as long.
    """

    beginning: Mapping[str, re.Pattern[str]]
    terms: Mapping[str, Term]

    def first_occurrences(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        explained = set()
        for match in self._occurrences(text):
            term = self.terms.get(match[0].casefold())
            if term and term.code not in explained:
                explained.add(term.code)
                yield match, term

    def _occurrences(self, text: str) -> Iterator[re.Match[str]]:
        """None of them within another."""
        end = 0
        for word in FIRST.finditer(text):
            forms = self.beginning.get(word[0].casefold())
            if forms and word.start() >= end and (match := forms.match(text, word.start())):
                end = match.end()
                yield match


_GLOSSARIES: dict[str, Glossary] = {}
"""By `texts_hash`: another edition, language or correction is another key, so none is stale."""
MOST_GLOSSARIES = 64
"""Then all go: four editions in every language and in the words of every country."""


def glossary_of(instrument: Instrument) -> Glossary:
    """Compiled once for each content: every page needs it."""
    key = instrument.texts_hash
    if key not in _GLOSSARIES:
        if len(_GLOSSARIES) >= MOST_GLOSSARIES:
            _GLOSSARIES.clear()
        _GLOSSARIES[key] = compile_terms(instrument.terms)
    return _GLOSSARIES[key]


def compile_terms(terms: tuple[Term, ...]) -> Glossary:
    forms = {form.casefold(): term for term in terms for form in (term.term, *term.forms)}
    return Glossary(
        {
            first: one_of(found)
            for first, found in groupby(sorted(forms, key=first_word), key=first_word)
        },
        forms,
    )


def first_word(form: str) -> str:
    found = FIRST.match(form)
    return found[0] if found else ""


def one_of(forms: Iterable[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def terms_in(instrument: Instrument, *texts: str) -> tuple[Term, ...]:
    """The terms that occur in these texts, each once, in the order of their first place."""
    return _terms_in(glossary_of(instrument), "\n".join(texts))


@lru_cache(maxsize=4096)
def _terms_in(glossary: Glossary, text: str) -> tuple[Term, ...]:
    """Kept by the very glossary and the text of a question: several editions of some hundred texts.

    A glossary is compared by identity, so one that was made anew finds nothing of an older one. No
    respondent's words come here. Worth it: the search takes 0.1 ms a
    question, and a whole page of questions is drawn in 0.2 ms.
    """
    return tuple(term for _, term in glossary.first_occurrences(text))
