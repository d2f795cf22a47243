"""The seeds read and checked: TOML to Instrument, every error named by file and code; no Django."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, dataclass, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assessment.method import instrument as method
from assessment.method.conditions import Condition, ConditionError, parse
from assessment.method.integrity import faults_in

if TYPE_CHECKING:
    from collections.abc import Mapping

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
CONDITIONS = ("shown_if", "when", "when_case", "suppressed_when")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong; `file` and `code` name the place."""

    file: str
    code: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.code, self.message) if part)


class SeedErrors(Exception):
    """The seeds cannot be used; carries every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read_seeds(folder: Path = SEEDS) -> method.Instrument:
    """The whole bank in `folder`, checked; raises SeedErrors naming every fault's file and code."""
    reader = _Reader(folder)
    instrument = reader.instrument()
    if reader.faults or instrument is None:
        raise SeedErrors(reader.faults)
    found = [
        Fault(reader.file_of.get(fault.code, ""), fault.code, fault.message)
        for fault in faults_in(instrument)
    ]
    if found:
        raise SeedErrors(found)
    return instrument


def read_scale(raw: Mapping[str, Any]) -> method.Scale:
    """The scale from its plain form; raises KeyError or ValueError where it is not whole."""
    return method.Scale(**{f.name: _scale_value(raw[f.name]) for f in fields(method.Scale)})


def plain_scale(scale: method.Scale) -> dict[str, Any]:
    """The scale as JSON can keep it: what read_scale() reads."""
    return {f.name: method.canonical(getattr(scale, f.name)) for f in fields(method.Scale)}


def _scale_value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return Fraction(value) if isinstance(value, str) else value


class _Reader:
    """Reads file by file and collects the faults instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.file_of: dict[str, str] = {}

    def instrument(self) -> method.Instrument | None:
        edition = self._table("edition.toml")
        scale = self._scale()
        dimensions = self._entries("dimensions.toml", "dimension", method.Dimension)
        parts: dict[str, Any] = {
            "regions": self._entries("regions.toml", "region", method.Region),
            "sources": self._entries("sources.toml", "source", method.Source),
            "findings": self._entries("findings.toml", "finding", method.Finding),
            "dimensions": dimensions,
            "questions": self._questions([dimension.code for dimension in dimensions]),
            "cases": self._entries("cases.toml", "case", method.Case),
            "rules": self._entries("rules.toml", "rule", method.Rule),
            "terms": self._entries("glossary.toml", "term", method.Term),
        }
        if self.faults or scale is None:
            return None
        return in_order(
            method.Instrument(
                name=edition["name"], language=edition["language"], scale=scale, **parts
            )
        )

    def _table(self, file: str) -> dict[str, Any]:
        try:
            return tomllib.loads((self.folder / file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._fault(file, "", "the file is missing")
        except UnicodeDecodeError:
            self._fault(file, "", "the file is not in UTF-8")
        except tomllib.TOMLDecodeError as error:
            self._fault(file, "", f"not readable as TOML: {error}")
        return {}

    def _fault(self, file: str, code: str, message: str) -> None:
        self.faults.append(Fault(file, code, message))

    def _scale(self) -> method.Scale | None:
        table = self._table("scale.toml")
        try:
            return read_scale(table)
        except KeyError as missing:
            self._fault("scale.toml", "", f"{missing.args[0]} is missing")
        except ValueError as error:
            self._fault("scale.toml", "", str(error))
        return None

    def _questions(self, dimensions: list[str]) -> tuple[method.Question, ...]:
        names = ["profile", *(code.lower() for code in dimensions), "closing"]
        files = [f"questions/{name}.toml" for name in names]
        for path in sorted((self.folder / "questions").glob("*.toml")):
            if f"questions/{path.name}" not in files:
                self._fault(f"questions/{path.name}", "", "no dimension has this name")
        return tuple(q for file in files for q in self._entries(file, "question", method.Question))

    def _entries(self, file: str, key: str, kind: type[T]) -> tuple[T, ...]:
        table = self._table(file)
        for stray in table.keys() - {key}:
            self._fault(file, "", f"unknown key {stray}")
        read = [self._entry(file, raw, kind) for raw in table.get(key, [])]
        return tuple(entry for entry in read if entry is not None)

    def _entry(self, file: str, raw: dict[str, Any], kind: type[T]) -> T | None:
        code = str(raw.get("code", ""))
        if code in self.file_of:
            self._fault(file, code, f"the code stands already in {self.file_of[code]}")
        self.file_of[code] = file
        return self._build(file, code, _unfolded(raw), kind)

    def _build(self, file: str, code: str, raw: dict[str, Any], kind: type[T]) -> T | None:
        known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
        wrong = [f"unknown key {name}" for name in raw if name not in known]
        wrong += [
            f"{name} is missing"
            for name, f in known.items()
            if f.default is MISSING and f.default_factory is MISSING and name not in raw
        ]
        for message in wrong:
            self._fault(file, code, message)
        values = {name: self._value(file, code, name, value) for name, value in raw.items()}
        return None if wrong else kind(**values)

    def _value(self, file: str, code: str, name: str, value: Any) -> Any:
        nested = NESTED.get(name)
        if nested and isinstance(value, list):
            return tuple(self._build(file, code, entry, nested) for entry in value)
        if name in CONDITIONS:
            return self._condition(file, code, name, value)
        return tuple(value) if isinstance(value, list) else value

    def _condition(self, file: str, code: str, name: str, text: str) -> Condition | None:
        try:
            return parse(text)
        except ConditionError as error:
            self._fault(file, code, f"{name}: {error}")
            return None


NESTED: dict[str, type[Any]] = {
    "options": method.Option,
    "readings": method.CaseReading,
    "variants": method.RuleVariant,
}


def in_order(instrument: method.Instrument) -> method.Instrument:
    """The same bank with every list of codes in the order of what it names: one form, one hash."""
    findings = _by_place(instrument.findings)
    dimensions = _by_place(instrument.dimensions)
    return replace(
        instrument,
        findings=tuple(
            replace(f, dimensions=_sorted(f.dimensions, dimensions)) for f in instrument.findings
        ),
        dimensions=tuple(
            replace(d, findings=_sorted(d.findings, findings)) for d in instrument.dimensions
        ),
        questions=tuple(
            replace(q, findings=_sorted(q.findings, findings)) for q in instrument.questions
        ),
        cases=tuple(_case_in_order(c, findings, dimensions) for c in instrument.cases),
        rules=tuple(
            replace(
                r,
                findings=_sorted(r.findings, findings),
                dimensions=r.dimensions[:1] + _sorted(r.dimensions[1:], dimensions),
            )
            for r in instrument.rules
        ),
    )


def _case_in_order(
    case: method.Case, findings: Mapping[str, int], dimensions: Mapping[str, int]
) -> method.Case:
    readings = sorted(case.readings, key=lambda r: dimensions.get(r.dimension, len(dimensions)))
    return replace(
        case,
        readings=tuple(replace(r, findings=_sorted(r.findings, findings)) for r in readings),
    )


def _by_place(parts: tuple[Any, ...]) -> dict[str, int]:
    return {part.code: place for place, part in enumerate(parts)}


def _sorted(codes: tuple[str, ...], places: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: places.get(code, len(places))))


def _unfolded(raw: dict[str, Any]) -> dict[str, Any]:
    """An entry with the short forms of the files spelt out as the dataclasses have them."""
    entry = dict(raw)
    for short, name in (("option", "options"), ("reading", "readings"), ("variant", "variants")):
        if short in entry:
            entry[name] = entry.pop(short)
    if "levels" in entry:
        entry["options"] = [
            {"value": str(level), "text": text, "points": level}
            for level, text in enumerate(entry.pop("levels"))
        ]
    if entry.get("essential"):
        entry.setdefault("weight", 2)
    return entry
