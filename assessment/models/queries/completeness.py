"""Which languages a part of an edition is wholly translated into, as the database itself counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat

from assessment.instrument.texts import CHILD_TEXT_FIELDS, LIST_TEXT_FIELDS, TEXT_FIELDS
from assessment.models import (
    CaseReading,
    EditionLanguage,
    Option,
    RuleVariant,
    Translation,
)
from assessment.models.queries.expressions import (
    EntriesAsLines,
    JoinedValues,
    NonEmptyEntries,
    Sha256,
)


class ChildTable(NamedTuple):
    model: type[Any]
    parent: str
    key: str


EMPTY_TEXT = Value("", output_field=TextField())
ENTRY_LIMIT = 20
"""A list with more entries than these never counts as translated; those of the seeds have 5."""

CHILD_TABLES = {
    "options": ChildTable(Option, "question", "value"),
    "readings": ChildTable(CaseReading, "case", "dimension__code"),
    "variants": ChildTable(RuleVariant, "rule", ""),
}


def with_complete_languages(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with `complete_in`: its edition's languages in which no text of it is open."""
    whole = _offered(rows.model).filter(done__gte=OuterRef("texts_here")).values("edition")
    named = whole.annotate(names=JoinedValues(Cast("language", TextField()))).values("names")
    found: QuerySet[Any] = _counted(rows).annotate(
        complete_in=Coalesce(Subquery(named), EMPTY_TEXT)
    )
    return found


def missing_translation(rows: QuerySet[Any], language: str = "") -> QuerySet[Any]:
    """The rows with a text that `language`, or some language of their edition, lacks."""
    offered = _offered(rows.model).filter(done__lt=OuterRef("texts_here"))
    if language:
        offered = offered.filter(language=language)
    found: QuerySet[Any] = _counted(rows).filter(Exists(offered))
    return found


def with_part_key(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with a `key` of its edition and code: what translated() finds it by."""
    found: QuerySet[Any] = rows.alias(key=_key_of())
    return found


def keys_with_translation(model: type[Any], words: str) -> QuerySet[Any]:
    """The keys of the rows of which a translation, in any language, holds the words; read once."""
    rows: Any = Translation.objects.filter(
        kind=_plural_name(model), text__icontains=words
    ).order_by()
    found: QuerySet[Any] = rows.annotate(key=_key_of()).values("key")
    return found


def _key_of() -> Concat:
    text: Any = TextField()
    return Concat(Cast("edition_id", text), Value("/"), Cast("code", text), output_field=text)


def offered_languages() -> Coalesce:
    """For editions: the languages they offer."""
    offered = EditionLanguage.objects.filter(edition=OuterRef("pk")).order_by()
    named = (
        offered.values("edition")
        .annotate(names=JoinedValues(Cast("language", TextField())))
        .values("names")
    )
    return Coalesce(Subquery(named), EMPTY_TEXT)


def _plural_name(model: type[Any]) -> str:
    return f"{model._meta.model_name}s"


def _counted(rows: QuerySet[Any]) -> Any:
    """Each row with `texts_here`: how many texts of it can be translated."""
    return rows.annotate(texts_here=reduce(add, _counts(rows.model)))


def _counts(model: type[Any]) -> Iterator[Any]:
    for name in TEXT_FIELDS[_plural_name(model)]:
        yield _one_if_filled(name)
    for name in LIST_TEXT_FIELDS if _plural_name(model) == "dimensions" else ():
        yield NonEmptyEntries(name)
    if _plural_name(model) == "terms":
        yield Case(When(forms=[], then=0), default=1)
    for rows, _key_name, name in _children(model):
        own = rows.model.objects.filter(**{rows.parent: OuterRef("pk")}).exclude(**{name: ""})
        number = own.order_by().values(rows.parent).annotate(number=Count("pk")).values("number")
        yield Coalesce(Subquery(number), 0)


def _one_if_filled(name: str) -> Case:
    return Case(When(**{name: ""}, then=0), default=1)


def _children(model: type[Any]) -> Iterator[tuple[ChildTable, str, str]]:
    if _plural_name(model) in CHILD_TEXT_FIELDS:
        key, names = CHILD_TEXT_FIELDS[_plural_name(model)]
        yield from ((CHILD_TABLES[key], key, name) for name in names)


def _offered(model: type[Any]) -> Any:
    """Below a row: the languages of its edition, each with the number of texts `done`."""
    offered = EditionLanguage.objects.filter(edition=OuterRef("edition")).order_by()
    code = OuterRef(OuterRef("code"))
    rows = Translation.objects.filter(edition=OuterRef("edition"), language=OuterRef("language"))
    rows = rows.filter(kind=_plural_name(model), code=code).exclude(text="").order_by()
    done = rows.filter(source_hash=Sha256(Case(*_sources(model), output_field=TextField())))
    number = done.values("edition").annotate(number=Count("pk")).values("number")
    return offered.annotate(done=Coalesce(Subquery(number), 0))


def _sources(model: type[Any]) -> Iterator[When]:
    """By field of a translation, two levels below the row: the text it is made from."""
    for name in TEXT_FIELDS[_plural_name(model)]:
        yield When(field=name, then=Cast(_of_row(name), TextField()))
    for name, first in LIST_TEXT_FIELDS.items() if _plural_name(model) == "dimensions" else ():
        for number in range(ENTRY_LIMIT):
            entry = KeyTextTransform(number, _of_row(name))
            yield When(field=f"{name}.{number + first}", then=Cast(entry, TextField()))
    if _plural_name(model) == "terms":
        yield When(field="forms", then=EntriesAsLines(_of_row("forms")))
    for rows, key, name in _children(model):
        place = Concat(
            Value(f"{key}."),
            Cast(_key(rows), TextField()),
            Value(f".{name}"),
            output_field=TextField(),
        )
        own = rows.model.objects.filter(**{rows.parent: OuterRef(_of_row("pk"))}).order_by()
        named = own.annotate(place=place).filter(place=OuterRef("field"))
        yield When(
            field__startswith=f"{key}.",
            field__endswith=f".{name}",
            then=Subquery(named.values(name)[:1]),
        )


def _of_row(name: str) -> Any:
    return OuterRef(OuterRef(name))


def _key(rows: ChildTable) -> Any:
    """What a child's texts go by; a variant by its number from 1."""
    if rows.key:
        return F(rows.key)
    before = Q(position__lt=OuterRef("position")) | Q(
        position=OuterRef("position"), pk__lte=OuterRef("pk")
    )
    same = rows.model.objects.filter(before, **{rows.parent: OuterRef(rows.parent)}).order_by()
    return Subquery(same.values(rows.parent).annotate(number=Count("pk")).values("number"))
