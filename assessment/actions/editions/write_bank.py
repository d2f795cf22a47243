"""Write an instrument into the rows of a draft: only what differs is touched."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from auditlog.context import disable_auditlog
from django.utils.text import Truncator
from django.utils.translation import gettext

from assessment.instrument.canonical import canonical
from assessment.instrument.seeds import plain_scale
from assessment.models import (
    Case,
    CaseReading,
    Dimension,
    Edition,
    Finding,
    Option,
    Package,
    Pattern,
    Question,
    Region,
    Role,
    Rule,
    RuleVariant,
    Source,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assessment.instrument.model import Instrument

ROW_BATCH = 100
LONGEST_LIST = 400


@dataclass(frozen=True, slots=True)
class BankTable:
    """How one part of an instrument stands in the database.

    `many` maps a many-to-many field to the codes it holds, `children` a part's own rows.
    """

    part: str
    model: type[Any]
    foreign: Mapping[str, type[Any]]
    many: Mapping[str, type[Any]]
    children: tuple[str, type[Any], str] | None = None


BANK_TABLES = (
    BankTable("regions", Region, {}, {}),
    BankTable("sources", Source, {}, {}),
    BankTable("dimensions", Dimension, {}, {"findings": Finding}),
    BankTable("findings", Finding, {"source": Source}, {"dimensions": Dimension}),
    BankTable(
        "questions",
        Question,
        {"dimension": Dimension},
        {"findings": Finding},
        ("options", Option, "question"),
    ),
    BankTable("cases", Case, {"finding": Finding}, {}, ("readings", CaseReading, "case")),
    BankTable(
        "rules",
        Rule,
        {"dimension": Dimension},
        {"findings": Finding, "other_dimensions": Dimension},
        ("variants", RuleVariant, "rule"),
    ),
    BankTable("terms", Term, {}, {}),
    BankTable("roles", Role, {}, {}),
    BankTable("packages", Package, {}, {}),
    BankTable("patterns", Pattern, {}, {"findings": Finding}),
)


@dataclass(frozen=True, slots=True)
class WriteSummary:
    created: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    left: int

    @property
    def in_words(self) -> str:
        """One sentence for the history of the edition."""
        words = gettext(
            "Written from a file. Created: %(created)s. Changed: %(changed)s. Removed: %(removed)s."
        )
        return words % {
            "created": _listed(self.created),
            "changed": _listed(self.changed),
            "removed": _listed(self.removed),
        }


def _listed(codes: tuple[str, ...]) -> str:
    return Truncator(", ".join(codes) or "–").chars(LONGEST_LIST)


def write_bank(*, edition: Edition, instrument: Instrument) -> WriteSummary:
    """Make the draft's rows those of `instrument`; the caller holds the transaction.

    The rows' history does not tell it: the caller tells it once, of the edition.
    """
    current = edition.instrument()
    writers = [_Writer(edition, table, current, instrument) for table in BANK_TABLES]
    with disable_auditlog():
        _write(writers)
    edition.scale = plain_scale(instrument.scale)
    edition.language = instrument.language
    edition.save(update_fields=["scale", "language"])
    return WriteSummary(
        created=tuple(code for w in writers for code in w.created),
        changed=tuple(code for w in writers for code in w.changed),
        removed=tuple(code for w in writers for code in w.removed),
        left=sum(w.left for w in writers),
    )


def _write(writers: list[_Writer]) -> None:
    for writer in writers:
        writer.write_rows()
    for writer in writers:
        writer.write_relations()
    for writer in reversed(writers):
        writer.remove_rows()


def _ids(model: type[Any], edition: Edition) -> dict[str, int]:
    return dict(model.objects.filter(edition=edition).values_list("code", "pk"))


class _Writer:
    def __init__(
        self, edition: Edition, table: BankTable, current: Instrument, wanted: Instrument
    ) -> None:
        self.edition = edition
        self.table = table
        self.wanted = {part.code: part for part in getattr(wanted, table.part)}
        before = getattr(current, table.part)
        self.place = {code: place for place, code in enumerate(self.wanted)}
        existing = {part.code: (place, part) for place, part in enumerate(before)}
        self.created = [code for code in self.wanted if code not in existing]
        self.removed = [code for code in existing if code not in self.wanted]
        self.changed = [
            code
            for code, part in self.wanted.items()
            if code in existing and canonical(existing[code][1]) != canonical(part)
        ]
        self.moved = [
            code
            for code in self.wanted
            if code in existing
            and existing[code][0] != self.place[code]
            and code not in self.changed
        ]
        self.left = len(self.wanted) - len(self.created) - len(self.changed)

    @property
    def touched(self) -> list[str]:
        return [*self.created, *self.changed]

    def write_rows(self) -> None:
        model = self.table.model
        self.foreign = {name: _ids(to, self.edition) for name, to in self.table.foreign.items()}
        new_rows = [model(edition=self.edition, **self._columns(code)) for code in self.created]
        model.objects.bulk_create(new_rows)
        self._update(self.changed, self._columns)
        self._update(self.moved, lambda code: {"code": code, "position": self.place[code]})

    def _update(self, codes: list[str], columns: Any) -> None:
        rows = list(self.table.model.objects.filter(edition=self.edition, code__in=codes))
        for row in rows:
            for name, value in columns(row.code).items():
                setattr(row, name, value)
        if rows:
            names = [name.removesuffix("_id") for name in columns(rows[0].code) if name != "code"]
            self.table.model.objects.bulk_update(rows, names, batch_size=ROW_BATCH)

    def _columns(self, code: str) -> dict[str, Any]:
        part = self.wanted[code]
        own = {f.name: f for f in self.table.model._meta.concrete_fields}
        columns = {
            f.name: _column(getattr(part, f.name), own[f.name])
            for f in fields(part)
            if f.name in own and f.name not in self.table.foreign
        }
        for name, ids in self.foreign.items():
            columns[f"{name}_id"] = ids.get(_main(part, name))
        return columns | {"position": self.place[code]}

    def write_relations(self) -> None:
        ids = _ids(self.table.model, self.edition) if self.touched else {}
        for name, to in self.table.many.items():
            self._relate(name, to, ids)
        if self.table.children:
            self._write_children(*self.table.children, ids)

    def _relate(self, name: str, to: type[Any], ids: dict[str, int]) -> None:
        field = self.table.model._meta.get_field(name)
        through = field.remote_field.through
        near, far = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        targets = _ids(to, self.edition) if self.touched else {}
        through.objects.filter(**{f"{near}__in": [ids[code] for code in self.touched]}).delete()
        through.objects.bulk_create(
            [
                through(**{near: ids[code], far: targets[target]})
                for code in self.touched
                for target in _cited(self.wanted[code], name)
            ],
        )

    def _write_children(
        self, name: str, model: type[Any], parent: str, ids: dict[str, int]
    ) -> None:
        dimensions = _ids(Dimension, self.edition) if model is CaseReading else {}
        model.objects.filter(**{f"{parent}_id__in": [ids[c] for c in self.touched]}).delete()
        rows = []
        cited: list[tuple[Any, tuple[str, ...]]] = []
        for code in self.touched:
            for place, child in enumerate(getattr(self.wanted[code], name)):
                row = model(**{f"{parent}_id": ids[code]}, **_child(child, place, dimensions))
                rows.append(row)
                cited.append((row, getattr(child, "findings", ())))
        model.objects.bulk_create(rows)
        if model is CaseReading:
            _cite(cited, _ids(Finding, self.edition))

    def remove_rows(self) -> None:
        if self.removed:
            self.table.model.objects.filter(edition=self.edition, code__in=self.removed).delete()


def _column(value: Any, column: Any) -> Any:
    return "" if value is None and not column.null else canonical(value)


def _main(part: Any, name: str) -> str:
    """The code a foreign key points to: a rule's main dimension is the first of its list."""
    if hasattr(part, name):
        return str(getattr(part, name))
    return part.dimensions[0] if part.dimensions else ""


def _cited(part: Any, name: str) -> Iterable[str]:
    codes: Iterable[str] = (
        part.dimensions[1:] if name == "other_dimensions" else getattr(part, name)
    )
    return codes


def _child(child: Any, place: int, dimensions: dict[str, int]) -> dict[str, Any]:
    columns = {f.name: canonical(getattr(child, f.name)) for f in fields(child)}
    columns.pop("findings", None)
    if dimensions:
        columns["dimension_id"] = dimensions[columns.pop("dimension")]
        return columns
    return columns | {"position": place}


def _cite(cited: list[tuple[Any, tuple[str, ...]]], findings: dict[str, int]) -> None:
    through = CaseReading.findings.through
    through.objects.bulk_create(
        [
            through(casereading_id=row.pk, finding_id=findings[code])
            for row, codes in cited
            for code in codes
        ],
        batch_size=ROW_BATCH,
    )
