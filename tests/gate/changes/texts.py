"""Braces, odd characters, empty texts and addresses that lead nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assessment.instrument.model import RuleVariant
from assessment.instrument.placeholders import PLACEHOLDERS
from tests.gate.changes.change import changed

if TYPE_CHECKING:
    from random import Random

    from assessment.instrument.model import Instrument

BRACES = ("{place}", "{country}", "{Country}", "{programmes}", "{0}", "{}", "%(place)s", "{scheme}")
SIGNS = ("\u202e", "\u2066", "\u200f", "\x0b", "\x00", "\ufffe")
TEXTS = {
    "regions": ("name",),
    "sources": ("title", "note", "author"),
    "findings": ("text", "section"),
    "dimensions": ("name", "summary", "advice"),
    "questions": ("text", "help", "why", "unit", "options"),
    "cases": ("text", "name"),
    "rules": ("title", "actor", "text", "first_step", "needs", "variants"),
    "terms": ("text", "term"),
}
CITED = {("sources", "title"), ("sources", "author"), ("findings", "section")}
"""Stands as it is cited, with braces where it has some."""


def text_changed(random: Random, bank: Instrument) -> Instrument:
    """Braces or a sign that nobody sees, in one text of any part."""
    part = random.choice(sorted(TEXTS))
    entries = getattr(bank, part)
    if not entries:
        return bank
    old, name = random.choice(entries), random.choice(TEXTS[part])
    added = random.choice(SIGNS if (part, name) in CITED else (*BRACES, *SIGNS))
    if name == "options":
        options = tuple(replace(o, text=f"{o.text} {added}") for o in old.options)
        return changed(bank, part, old, options=options)
    if name == "variants":
        variant = RuleVariant(old.when, f"Otherwise {added}.")
        return changed(bank, part, old, variants=(variant,))
    if name == "advice":
        return changed(bank, part, old, advice=tuple(f"{t} {added}" for t in old.advice))
    return changed(bank, part, old, **{name: f"{getattr(old, name)} {added}"})


def placeholder_misspelt(random: Random, bank: Instrument) -> Instrument:
    """In a rule, where placeholders are filled."""
    if not bank.rules:
        return bank
    rule, name = random.choice(bank.rules), random.choice(("title", "actor", "text", "first_step"))
    return changed(bank, "rules", rule, **{name: f"{getattr(rule, name)} {random.choice(BRACES)}"})


UNFILLED = {
    "dimensions": ("name", "summary"),
    "questions": ("text", "help"),
    "cases": ("name", "text"),
    "terms": ("term", "text"),
}


def placeholder_moved(random: Random, bank: Instrument) -> Instrument:
    """From a rule, where the report fills it, into a text that a page shows as it stands."""
    part = random.choice([name for name in sorted(UNFILLED) if getattr(bank, name)])
    old, name = random.choice(getattr(bank, part)), random.choice(UNFILLED[part])
    added = random.choice([f"{{{known}}}" for known in PLACEHOLDERS])
    return changed(bank, part, old, **{name: f"{getattr(old, name)} {added}"})


def text_emptied(random: Random, bank: Instrument) -> Instrument:
    part = random.choice(sorted(TEXTS))
    entries, name = getattr(bank, part), random.choice(TEXTS[part])
    if not entries or name in {"options", "variants", "advice"}:
        return bank
    return changed(bank, part, random.choice(entries), **{name: ""})


def advice_shortened(random: Random, bank: Instrument) -> Instrument:
    """A dimension has no advice for one level, or for several."""
    dimension = random.choice(bank.dimensions)
    first, *others = dimension.advice
    advice = random.choice(((first,), tuple(others), ("", *others)))
    return changed(bank, "dimensions", dimension, advice=advice)


def address_changed(random: Random, bank: Instrument) -> Instrument:
    if not bank.sources:
        return bank
    addresses = ("javascript:alert(1)", "data:text/html,x", "ftp://a.org", "www.a.org", "http://")
    return changed(bank, "sources", bank.sources[0], url=random.choice(addresses))
