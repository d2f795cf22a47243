"""Parts that are missing, and the edition itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.model import Option
from tests.gate.changes.change import changed
from tests.gate.sound_banks import PROFILE

if TYPE_CHECKING:
    from random import Random

    from assessment.instrument.model import Instrument


PARTS = (
    *("regions", "sources", "findings", "dimensions", "questions", "cases", "rules", "terms"),
    *("roles", "packages", "patterns"),
)


def part_emptied(random: Random, bank: Instrument) -> Instrument:
    empty: dict[str, Any] = {random.choice(PARTS): ()}
    return replace(bank, **empty)


def one_taken(random: Random, bank: Instrument) -> Instrument:
    part = random.choice(PARTS)
    entries = getattr(bank, part)
    gone = random.choice(entries) if entries else None
    left: dict[str, Any] = {part: tuple(e for e in entries if e is not gone)}
    return replace(bank, **left)


def countries_changed(random: Random, bank: Instrument) -> Instrument:
    """In one region, or in every one."""
    countries = random.choice(((), ("Peru",), ("pe",), ("PE", "PE"), ("ET",)))
    meant = bank.regions if random.random() < 0.5 else bank.regions[:1]
    regions = tuple(replace(r, countries=countries) if r in meant else r for r in bank.regions)
    return replace(bank, regions=regions)


def no_country_left(random: Random, bank: Instrument) -> Instrument:
    """Somebody asks for the country and takes all countries away."""
    bare = tuple(replace(region, countries=()) for region in bank.regions)
    return with_facts(replace(bank, regions=random.choice(((), bare))), "country")


WITHOUT_SINGLE = ("coincident", "integrated_strategy")


def arrangement_changed(random: Random, bank: Instrument) -> Instrument:
    """Other relations between programmes, or other numbers of them."""
    bank = with_facts(bank, "programmes", "arrangement")
    number, relation = (
        next(q for q in bank.questions if q.profile == field)
        for field in ("programmes", "arrangement")
    )
    low, high = random.choice(((0, 50), (1, 1), (1, 50), (1, 50), (2, 50)))
    values = random.choice((("single",), ("coincident", "single"), WITHOUT_SINGLE, WITHOUT_SINGLE))
    options = tuple(Option(value, f"It is {value}") for value in values)
    bank = changed(bank, "questions", number, minimum=low, maximum=high)
    return changed(bank, "questions", relation, options=options) if random.random() < 0.8 else bank


def with_facts(bank: Instrument, *fields: str) -> Instrument:
    """The bank with a question for each of these facts of the scheme."""
    asked = {question.profile for question in bank.questions}
    added = tuple(q for q in PROFILE if q.profile in fields and q.profile not in asked)
    return replace(bank, questions=(*added, *bank.questions))


def edition_changed(random: Random, bank: Instrument) -> Instrument:
    if random.random() < 0.5:
        return replace(bank, name=random.choice(("", "A" * 300, "Bank \u202e x")))
    return replace(bank, language=random.choice(("", "xx", "klingon", "EN", "pt-br")))
