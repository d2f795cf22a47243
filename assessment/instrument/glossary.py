"""Finds the glossary's terms in texts.

Two caches, both by content: the terms of an edition as one expression, and which terms occur in a
text. Both hold texts of the bank only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from assessment.instrument.model import Instrument, Term


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """The forms of all terms in one expression, longest first."""

    pattern: re.Pattern[str]
    terms: Mapping[str, Term]

    def first_occurrences(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        explained = set()
        for match in self.pattern.finditer(text):
            term = self.terms.get(match[0].casefold())
            if term and term.code not in explained:
                explained.add(term.code)
                yield match, term


_GLOSSARIES: dict[str, Glossary] = {}
"""By `texts_hash`: another edition, language or correction is another key, so none is stale."""
MOST_GLOSSARIES = 64
"""Then all go: four editions in every language and in the words of every country."""


def glossary_of(instrument: Instrument) -> Glossary:
    """Compiled once for each content: an expression of all forms, which every page needs."""
    key = instrument.texts_hash
    if key not in _GLOSSARIES:
        if len(_GLOSSARIES) >= MOST_GLOSSARIES:
            _GLOSSARIES.clear()
        _GLOSSARIES[key] = compile_terms(instrument.terms)
    return _GLOSSARIES[key]


def compile_terms(terms: tuple[Term, ...]) -> Glossary:
    forms = {form.casefold(): term for term in terms for form in (term.term, *term.forms)}
    words = "|".join(_forms_by_first_letter(forms)) or r"(?!)"
    return Glossary(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), forms)


def _forms_by_first_letter(forms: Iterable[str]) -> Iterator[str]:
    """Most places of a text are left after one letter, not after one of each form."""
    rests: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        rests.setdefault(form[:1], []).append(re.escape(form[1:]))
    return (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


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
