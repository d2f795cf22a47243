"""What people call things: other codes, other values of options."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assessment.instrument.conditions.grammar import parse
from tests.gate.changes.change import changed
from tests.gate.changes.questions import NUMBERS
from tests.gate.sound_banks import kind_of_question

if TYPE_CHECKING:
    from random import Random

    from assessment.instrument.model import Instrument

KINDS_OF_CODES = (
    ("Educación", "niñas", "é"),
    ("educação", "Ñuqanchik", "Ⅳ"),
    ("KT-1", "K.1", "K/1", "padres/madres", "a-b"),
    ("A B", "school board"),
    ("1A", "_A", "2nd"),
    ("check", "Report", "closing", "profile", "answer", "link", "any", "None", "if"),
    ("list", "name", "region", "sector", "value", "PC_known", "section_PC", "dont_know", "none"),
    ("pc", "PC", "tg", "pc1", "Pc2", "PC1", "r0", "la", "Money2", "A" * 41),
)
"""What people call things, by what may be odd about it; of the last some are called so already."""


def a_code(random: Random) -> str:
    return random.choice(random.choice(KINDS_OF_CODES))


def dimension_renamed(random: Random, bank: Instrument) -> Instrument:
    return _dimension_renamed(bank, random.choice(bank.dimensions).code, a_code(random))


def _dimension_renamed(bank: Instrument, old: str, new: str) -> Instrument:
    """With everything that names it, as a careful person would."""

    def named(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if code == old else code for code in codes)

    rules = [r for r in bank.rules if old not in r.dimensions]
    moved = [r for r in bank.rules if old in r.dimensions]
    patterns = [p for p in bank.patterns if p.findings != (f"F-{old}",)]
    told = [p for p in bank.patterns if p.findings == (f"F-{old}",)]
    with suppress(ValueError):
        patterns += [
            replace(p, when=parse(p.when.source_text.replace(f".{old} ", f".{new} "))) for p in told
        ]
    with suppress(ValueError):
        rules += [
            replace(r, when=parse(f"level.{new} <= 1"), dimensions=named(r.dimensions))
            for r in moved
        ]
    return replace(
        bank,
        scale=replace(bank.scale, guaranteed=named(bank.scale.guaranteed)),
        dimensions=tuple(replace(d, code=new) if d.code == old else d for d in bank.dimensions),
        findings=tuple(replace(f, dimensions=named(f.dimensions)) for f in bank.findings),
        questions=tuple(
            replace(q, dimension=new) if q.dimension == old else q for q in bank.questions
        ),
        cases=tuple(
            replace(
                c,
                readings=tuple(
                    replace(r, dimension=new) if r.dimension == old else r for r in c.readings
                ),
            )
            for c in bank.cases
        ),
        rules=tuple(sorted(rules, key=lambda r: r.code)),
        patterns=tuple(patterns),
        packages=tuple(p for p in bank.packages if {*p.rules} <= {r.code for r in rules}),
    )


def dimension_called_alike(random: Random, bank: Instrument) -> Instrument:
    """Like another of the bank but for capital letters; a bank of one dimension stays as it is."""
    if len(bank.dimensions) < 2:
        return bank
    one, other = random.sample(bank.dimensions, 2)
    return _dimension_renamed(bank, one.code, other.code.swapcase())


def code_left_out(random: Random, bank: Instrument) -> Instrument:
    """Of a dimension or of a question, as in a row that somebody began and did not end."""
    if random.random() < 0.5:
        return _dimension_renamed(bank, random.choice(bank.dimensions).code, "")
    return changed(bank, "questions", random.choice(bank.questions), code="")


def question_renamed(random: Random, bank: Instrument) -> Instrument:
    return changed(bank, "questions", random.choice(bank.questions), code=a_code(random))


def another_part_renamed(random: Random, bank: Instrument) -> Instrument:
    part = random.choice(("rules", "sources", "findings", "cases", "terms", "regions"))
    entries = getattr(bank, part)
    if not entries:
        return bank
    return changed(bank, part, random.choice(entries), code=a_code(random))


def option_renamed(random: Random, bank: Instrument) -> Instrument:
    asked = random.choice(bank.questions)
    if not asked.options:
        return bank
    old = random.choice(asked.options)
    new = replace(old, value=a_code(random))
    return changed(
        bank, "questions", asked, options=tuple(new if o is old else o for o in asked.options)
    )


def several_options_renamed(random: Random, bank: Instrument) -> Instrument:
    """Options of a question of several, called as people speak."""
    asked = [question for question in bank.questions if question.dimension]
    if not asked:
        return bank
    old = random.choice(tuple(asked))
    whole = kind_of_question("multi", old.code)
    value = random.choice(("school board", "the parents", "padres/madres", "niñas", "A"))
    options = (replace(whole.options[0], value=value), *whole.options[1:])
    numbers: dict[str, Any] = dict.fromkeys(NUMBERS)
    return changed(bank, "questions", old, kind="multi", options=options, **numbers)
