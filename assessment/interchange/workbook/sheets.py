"""The sheets of the workbook: one for each kind of object, its columns those of the method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from assessment.instrument import model as method
from assessment.instrument.canonical import KEYS
from assessment.instrument.conditions.grammar import Condition
from assessment.instrument.kinds.registry import KINDS
from assessment.instrument.type_check import field_types
from assessment.instrument.validation.conditions import ARRANGEMENTS
from assessment.instrument.validation.references import finding_regions

README = "read me"
EDITION = "edition"
# One entry a line in these lists, commas between codes in all others.
LINES = ("sub_dimensions", "advice", "forms", "labels", "meanings")
# A longer list cannot stand in a cell's validation.
LONGEST_LIST = 250
NESTED = ("options", "readings", "variants")
WIDE = (
    *("text", "help", "why", "summary", "note", "advice", "meanings", "first_step", "needs"),
    *("citation", "step", "step_low", "step_high"),
)
LATER_SHEETS = ("roles", "packages", "patterns")
"""A workbook of before has none of them, a later one has all: then one that is gone was renamed."""


@dataclass(frozen=True, slots=True)
class Column:
    """`choices` are the values it takes, `of` the sheet whose codes it takes."""

    name: str
    hint: Any
    choices: tuple[str, ...] = ()
    of: str = ""

    @property
    def lines(self) -> bool:
        return self.name in LINES

    @property
    def one(self) -> bool:
        """Whether a cell holds one value and not a list."""
        return self.hint in (str, int, bool, int | None, Fraction)

    @property
    def is_text(self) -> bool:
        return self.hint in (str, tuple[str, ...], Condition, Condition | None)

    @property
    def wide(self) -> bool:
        return self.name in WIDE or self.hint in (Condition, Condition | None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` is also that of the field; `within` names the part whose rows hold a nested kind."""

    name: str
    kind: type[Any]
    columns: tuple[Column, ...]
    within: str = ""

    @property
    def later_columns(self) -> frozenset[str]:
        """Those that a workbook of before has not: it has none of them, a later one has all."""
        first = {*KEYS[self.kind.__name__], self.within.removesuffix("s")}
        return frozenset(column.name for column in self.columns) - first


CHOICES: dict[str, tuple[str, ...]] = {
    "findings.kind": method.FINDING_CATEGORIES,
    "questions.kind": tuple(KINDS),
    "questions.profile": (*method.PROFILE_FIELDS, "tier", "sector"),
    "questions.aspect": method.ASPECTS,
    "questions.indicator_type": method.INDICATOR_TYPES,
    "questions.protocol_cells": method.PROTOCOL_CELLS,
    "questions.tiers": method.TIERS,
    "questions.sectors": method.SECTORS,
    "cases.arrangement": ARRANGEMENTS,
    "cases.intention": method.INTENTIONS,
    "readings.low": ("0", "1", "2", "3", "4"),
    "readings.high": ("0", "1", "2", "3", "4"),
    "readings.certainty": method.CERTAINTIES,
    "rules.priority": ("1", "2", "3"),
    "rules.horizon": method.HORIZONS,
    "rules.timing": method.TIMINGS,
    "roles.tier": method.TIERS,
    "roles.sector": method.SECTORS,
}
CODES_OF = {
    "source": "sources",
    "finding": "findings",
    "findings": "findings",
    "dimension": "dimensions",
    "dimensions": "dimensions",
    "suppressed_by": "rules",
    "question": "questions",
    "case": "cases",
    "rule": "rules",
    "rules": "rules",
    "contains": "rules",
    "prerequisite_if": "rules",
    "prerequisite_of": "packages",
    "package": "packages",
    "role": "roles",
    "with_roles": "roles",
}


def _column(sheet: str, name: str, hint: Any) -> Column:
    choices = ("yes", "no") if hint is bool else CHOICES.get(f"{sheet}.{name}", ())
    return Column(name, hint, choices, CODES_OF.get(name, ""))


def _sheet(name: str, kind: Any, within: str = "") -> Sheet:
    hints = {field: hint for field, hint in field_types(kind).items() if field not in NESTED}
    parent = {within.removesuffix("s"): str} if within else {}
    columns = tuple(_column(name, field, hint) for field, hint in (parent | hints).items())
    return Sheet(name, kind, columns, within)


def columns_for(sheet: Sheet, instrument: method.Instrument) -> tuple[Column, ...]:
    """The columns with the choices that are content: the regions of this edition."""
    offered = finding_regions(instrument)[1 if sheet.name == "cases" else 0 :]
    if len(",".join(offered)) > LONGEST_LIST:
        return sheet.columns
    return tuple(replace(c, choices=offered) if c.name == "region" else c for c in sheet.columns)


SHEETS = (
    _sheet("regions", method.Region),
    _sheet("sources", method.Source),
    _sheet("findings", method.Finding),
    _sheet("dimensions", method.Dimension),
    _sheet("questions", method.Question),
    _sheet("options", method.Option, "questions"),
    _sheet("cases", method.Case),
    _sheet("readings", method.CaseReading, "cases"),
    _sheet("rules", method.Rule),
    _sheet("variants", method.RuleVariant, "rules"),
    _sheet("terms", method.Term),
    _sheet("roles", method.Role),
    _sheet("packages", method.Package),
    _sheet("patterns", method.Pattern),
)
SETTINGS = (
    Column("name", str),
    Column("language", str),
    *(Column(name, hint) for name, hint in field_types(method.Scale).items()),
)
SETTING_COLUMNS = (Column("setting", str), Column("value", str))
