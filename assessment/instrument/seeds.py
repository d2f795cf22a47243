"""The seeds read and checked: TOML to Instrument, every error named by file and code; no Django."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, dataclass, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assessment.instrument import model as method
from assessment.instrument.canonical import canonical
from assessment.instrument.conditions.grammar import Condition, ConditionError, parse
from assessment.instrument.issues import Issue, Where
from assessment.instrument.plain_text import normalised_table
from assessment.instrument.type_check import field_types, has_type
from assessment.instrument.validation.validate import blocking_issues, issues_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
CONDITION_KEYS = (
    *("shown_if", "when", "when_case", "suppressed_when", "unless"),
    *("applies", "have", "seen", "partly"),
)
LATER_FILES = frozenset({"roles.toml", "packages.toml", "patterns.toml"})
"""A bank of before has none of them."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SeedFault:
    """One thing wrong in a file; the issue says of which object."""

    file: str
    issue: Issue


class SeedErrors(Exception):
    """The seeds cannot be used; carries every fault found."""

    def __init__(self, faults: list[SeedFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(*self.faults)


class BadScale(ValueError):
    """A threshold is not there, or has another form: `code` is key_missing or wrong_form."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(code, name)
        self.code = code
        self.name = name


def read_seeds(folder: Path = SEEDS) -> method.Instrument:
    """The whole bank in `folder`, checked; raises SeedErrors naming every fault's file and code."""
    stray = sorted(path.name for path in (folder / "questions").glob("*.toml"))
    reader = _Reader(lambda file: (folder / file).read_bytes(), stray)
    return _checked(reader, issues_in)


def number_of_seeds(folder: Path = SEEDS) -> int:
    """Under which number seeds that were read are to be published."""
    return int(_edition_table(folder).get("number", 1))


def name_of_seeds(folder: Path = SEEDS) -> str:
    return str(_edition_table(folder).get("name", ""))


def _edition_table(folder: Path) -> dict[str, Any]:
    return normalised_table(tomllib.loads((folder / "edition.toml").read_text(encoding="utf-8")))


def read_files(files: Mapping[str, bytes]) -> method.Instrument:
    """A bank from files by their names in seeds/; an unfinished one, if a draft can hold it."""
    names = sorted(name for name in files if name.startswith("questions/"))
    reader = _Reader(files.__getitem__, [name.partition("/")[2] for name in names])
    return _checked(reader, blocking_issues)


def _checked(
    reader: _Reader, check: Callable[[method.Instrument], list[Issue]]
) -> method.Instrument:
    instrument = reader.instrument()
    if reader.faults or instrument is None:
        raise SeedErrors(reader.faults)
    found = [
        SeedFault(reader.file_of.get((wrong.where.kind, wrong.where.code), "scale.toml"), wrong)
        for wrong in check(instrument)
    ]
    if found:
        raise SeedErrors(found)
    return instrument


def read_scale(raw: Mapping[str, Any]) -> method.Scale:
    """The scale from its plain form; raises BadScale naming a threshold that is not there.

    One that came later than an edition was stored has its default, by which it was judged before.
    """
    later = {field.name for field in fields(method.Scale) if field.default is not MISSING}
    values: dict[str, Any] = {}
    for name, hint in field_types(method.Scale).items():
        if name not in raw and name in later:
            continue
        if name not in raw:
            raise BadScale("key_missing", name)
        values[name] = _scale_value(raw[name], hint)
        if not has_type(values[name], hint):
            raise BadScale("wrong_form", name)
    return method.Scale(**values)


def plain_scale(scale: method.Scale) -> dict[str, Any]:
    """The scale as JSON can keep it: what read_scale() reads."""
    return {f.name: canonical(getattr(scale, f.name)) for f in fields(method.Scale)}


def _scale_value(value: Any, hint: Any) -> Any:
    if hint is not Fraction or not isinstance(value, str):
        return _frozen(value)
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        return None


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class _Reader:
    """Reads file by file and collects the faults instead of stopping at the first."""

    def __init__(self, read: Callable[[str], bytes], question_files: list[str]) -> None:
        self.read = read
        self.question_files = question_files
        self.faults: list[SeedFault] = []
        self.file_of: dict[tuple[str, str], str] = {}
        """By part and code."""

    def instrument(self) -> method.Instrument | None:
        edition = self._edition()
        order = edition.pop("questions", None)
        # A number is given by publishing: that of the seeds is a wish (`number_of_seeds`).
        edition.pop("number", None)
        scale = self._scale()
        dimensions = self._entries("dimensions.toml", "dimension", method.Dimension)
        parts: dict[str, Any] = {
            "regions": self._entries("regions.toml", "region", method.Region),
            "sources": self._entries("sources.toml", "source", method.Source),
            "findings": self._entries("findings.toml", "finding", method.Finding),
            "dimensions": dimensions,
            "questions": self._in_given_order(
                self._questions([dimension.code for dimension in dimensions]), order
            ),
            "cases": self._entries("cases.toml", "case", method.Case),
            "rules": self._entries("rules.toml", "rule", method.Rule),
            "terms": self._entries("glossary.toml", "term", method.Term),
            "roles": self._entries("roles.toml", "role", method.Role),
            "packages": self._entries("packages.toml", "package", method.Package),
            "patterns": self._entries("patterns.toml", "pattern", method.Pattern),
        }
        if self.faults or scale is None:
            return None
        return in_order(method.Instrument(scale=scale, **edition, **parts))

    def _table(self, file: str) -> dict[str, Any] | None:
        """The file's content, or None where it could not be read: then the faults say why."""
        try:
            return normalised_table(tomllib.loads(self.read(file).decode()))
        except (KeyError, FileNotFoundError):
            if file in LATER_FILES:
                return {}
            self._fault(file, Issue("file_missing"))
        except OSError as error:
            self._fault(file, Issue("file_unreadable", params={"reason": str(error.strerror)}))
        except UnicodeDecodeError:
            self._fault(file, Issue("not_utf8"))
        except RecursionError:
            self._fault(file, Issue("toml_too_deep"))
        except ValueError as error:
            self._fault(file, Issue("toml_unreadable", params={"reason": str(error)}))
        return None

    def _fault(self, file: str, issue: Issue) -> None:
        self.faults.append(SeedFault(file, issue))

    def _edition(self) -> dict[str, Any]:
        table = self._table("edition.toml")
        if table is None:
            return {}
        self._stray("edition.toml", table, ("number", "name", "language", "questions"))
        number = table.get("number", 1)
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            self._fault("edition.toml", Issue("wrong_form", params={"name": "number"}))
        for name in ("name", "language"):
            if not isinstance(table.get(name), str):
                self._fault("edition.toml", Issue("key_missing", params={"name": name}))
        return table

    def _scale(self) -> method.Scale | None:
        table = self._table("scale.toml")
        if table is None:
            return None
        self._stray("scale.toml", table, field_types(method.Scale))
        try:
            return read_scale(table)
        except BadScale as error:
            self._fault("scale.toml", Issue(error.code, params={"name": error.name}))
        return None

    def _stray(self, file: str, table: Mapping[str, Any], expected: Iterable[str]) -> None:
        for stray in sorted(table.keys() - set(expected)):
            self._fault(file, Issue("unknown_key", params={"name": stray}))

    def _questions(self, dimensions: list[str]) -> tuple[method.Question, ...]:
        names = ["profile", *(code.lower() for code in dimensions), "closing"]
        files = [f"questions/{name}.toml" for name in names]
        for name in self.question_files:
            if f"questions/{name}" not in files:
                self._fault(f"questions/{name}", Issue("file_of_no_dimension"))
        return tuple(q for file in files for q in self._entries(file, "question", method.Question))

    def _in_given_order(
        self, questions: tuple[method.Question, ...], order: Any
    ) -> tuple[method.Question, ...]:
        """Questions stand file by file unless the edition names their codes in another order."""
        if order is None:
            return questions
        by_code = {question.code: question for question in questions}
        if not isinstance(order, list) or sorted(map(str, order)) != sorted(by_code):
            self._fault("edition.toml", Issue("questions_not_once"))
            return questions
        return tuple(by_code[code] for code in order)

    def _entries(self, file: str, key: str, kind: type[T]) -> tuple[T, ...]:
        table = self._table(file)
        if table is None:
            return ()
        self._stray(file, table, [key])
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(raw, dict) for raw in entries):
            self._fault(file, Issue("no_entries", params={"name": key}))
            return ()
        read = [self._entry(file, f"{key}s", raw, kind) for raw in entries]
        return tuple(entry for entry in read if entry is not None)

    def _entry(self, file: str, part: str, raw: dict[str, Any], kind: type[T]) -> T | None:
        at = Where(part, str(raw.get("code", "")))
        key = (part, at.code)
        if key in self.file_of:
            self._fault(file, at.issue("", "code_in_file", file=self.file_of[key]))
        self.file_of[key] = file
        entry: T | None = self._build(file, at, _unfolded(raw), kind)
        return entry

    def _build(self, file: str, at: Where, raw: dict[str, Any], kind: Any) -> Any:
        """The part, or None where it has faults: of its keys, its values, then of their form."""
        hints = field_types(kind)
        wrong = [(name, "unknown_key") for name in raw if name not in hints]
        wrong += [(name, "key_missing") for name in _needed(kind) if name not in raw]
        faults_before = len(self.faults)
        values = {name: self._value(file, at, name, value) for name, value in raw.items()}
        if not wrong and len(self.faults) == faults_before:
            ill = [name for name, value in values.items() if not has_type(value, hints[name])]
            wrong = [(name, "wrong_form") for name in ill]
        for name, code in wrong:
            self._fault(file, at.issue(name, code, name=name))
        return None if len(self.faults) > faults_before else kind(**values)

    def _value(self, file: str, at: Where, name: str, value: Any) -> Any:
        nested = NESTED.get(name)
        if nested and isinstance(value, list) and all(isinstance(part, dict) for part in value):
            return tuple(self._build(file, at, part, nested) for part in value)
        if name in CONDITION_KEYS and isinstance(value, str):
            return self._condition(file, replace(at, field=name), value)
        return _frozen(value)

    def _condition(self, file: str, where: Where, text: str) -> Condition | None:
        try:
            return parse(text)
        except ConditionError as error:
            self._fault(file, replace(error.issue, where=where))
            return None


def _needed(kind: Any) -> list[str]:
    return [f.name for f in fields(kind) if f.default is MISSING]


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
        patterns=tuple(
            replace(p, findings=_sorted(p.findings, findings)) for p in instrument.patterns
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


def _level_options(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Five texts as options, and five labels beside them where there are any."""
    texts = entry.pop("levels")
    options: list[dict[str, Any]] = [
        {"value": str(level), "text": text, "points": level} for level, text in enumerate(texts)
    ]
    labels = entry.get("labels")
    if isinstance(labels, list) and len(labels) == len(texts):
        entry.pop("labels")
        for option, label in zip(options, labels, strict=True):
            option["label"] = label
    return options


def _unfolded(raw: dict[str, Any]) -> dict[str, Any]:
    """An entry with the short forms of the files spelt out as the dataclasses have them."""
    entry = dict(raw)
    for short, name in (("option", "options"), ("reading", "readings"), ("variant", "variants")):
        if short in entry:
            entry[name] = entry.pop(short)
    if "options" not in entry and isinstance(entry.get("levels"), list):
        entry["options"] = _level_options(entry)
    if entry.get("essential"):
        entry.setdefault("weight", 2)
    return entry
