"""What every page and save asks: the ORM writes the SQL once, and each request uses it again.

Writing the SQL of a query costs several times what the database needs to answer it; `process_cache`
has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import connection, models
from django.db.models import F

from assessment.models.editions import Edition
from assessment.models.process_cache import EDITIONS, SQL
from assessment.models.responses import Answer, AnswerRow, Response
from assessment.models.rounds import Round
from assessment.models.schemes import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

M = TypeVar("M", bound=models.Model)

EDITION_COLUMNS = ("state", "content_hash", "translations_hash", "corrections", "withdrawn_at")
"""What of a published edition can change, and what says which content it has."""
ROUND_COLUMNS = (
    "edition_id",
    "scheme_id",
    "alone",
    "demo",
    "state",
    "time_zone",
    "profile",
    "promise",
    "questionnaire",
    "closes_at",
    "tier_words",
)
JSON_OF_ROUND = ("profile", "promise", "tier_words")
SCHEME_COLUMNS = ("name",)
"""Of round and scheme what pages and saves read; the rest is fetched where it is asked for."""


@dataclass(frozen=True, slots=True)
class PreparedQuery(Generic[M]):
    """The rows whose `field` has a value; `sample` is any value of the type that will be asked."""

    name: str
    model: type[M]
    rows: Callable[[], models.QuerySet[M, Any]]
    field: str
    sample: object

    def sql(self) -> str:
        return SQL.get((self.name, connection.vendor), self.write)

    def write(self) -> str:
        sql, values = self.rows().filter(**{self.field: self.sample}).query.sql_with_params()
        if len(values) != 1:
            raise ValueError(f"The query by {self.field} takes {len(values)} values.")
        return str(sql)

    def __call__(self, value: object) -> Iterator[M]:
        return iter(self.model._default_manager.raw(self.sql(), [self.parameter(value)]))

    def columns(self, value: object) -> list[tuple[Any, ...]]:
        """As the database has them, for queries that name their columns."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql(), [self.parameter(value)])
            return list(cursor.fetchall())

    def parameter(self, value: object) -> Any:
        field = cast("models.Field[Any, Any]", self.model._meta.get_field(self.field))
        return field.get_db_prep_value(value, connection)


def _responses_with_round() -> models.QuerySet[Response]:
    beside = {f"round_{name}": F(f"round__{name}") for name in ROUND_COLUMNS}
    beside |= {f"scheme_{name}": F(f"round__scheme__{name}") for name in SCHEME_COLUMNS}
    beside |= {f"edition_{name}": F(f"round__edition__{name}") for name in EDITION_COLUMNS}
    return Response.objects.order_by().annotate(**beside)


_RESPONSE = PreparedQuery("response", Response, _responses_with_round, "uuid", UUID(int=0))
_LOCKED = PreparedQuery(
    "locked",
    Response,
    lambda: (
        Response.objects.order_by().values_list("submitted_at", "round__state").select_for_update()
    ),
    "id",
    0,
)
_ANSWERS = PreparedQuery(
    "answers",
    Answer,
    lambda: Answer.objects.order_by().values_list("code", "status", "value", "note", "revision"),
    "response",
    0,
)


_BESIDE = PreparedQuery(
    "beside",
    Response,
    lambda: Response.objects.order_by().values_list(
        "superseded_by__uuid", "round__scheme_name", "round__programmes"
    ),
    "id",
    0,
)


@dataclass(frozen=True, slots=True)
class RowsOfReport:
    """What a report says that people wrote, as the database has it: to tell whether it changed.

    `newer` is the address of the revision that takes its place.
    """

    newer: UUID | None
    written: list[list[Any]]


def rows_of_report(response: Response) -> RowsOfReport:
    ((newer, *names),) = _BESIDE.columns(response.pk)
    answers = (list(row) for row in sorted(_ANSWERS.columns(response.pk)))
    return RowsOfReport(UUID(str(newer)) if newer else None, [names, *answers])


def response_with(uuid: UUID) -> Response | None:
    """With its round, edition and scheme, in one query."""
    found = next(_RESPONSE(uuid), None)
    if found is None:
        return None
    stored = _popped(found, "round", ROUND_COLUMNS)
    stored |= {name: _from_json(Round, name, stored[name]) for name in JSON_OF_ROUND}
    stored["closes_at"] = _moment(stored["closes_at"])
    parent = _instance(found, Round, {"id": found.round_id} | stored)
    scheme = {"id": parent.scheme_id} | _popped(found, "scheme", SCHEME_COLUMNS)
    parent.scheme = _instance(found, Scheme, scheme)
    version = _popped(found, "edition", EDITION_COLUMNS)
    if version["state"] != Edition.State.DRAFT:
        parent.edition = _published_edition(parent.edition_id, version)
    found.round = parent
    return found


def _popped(found: Response, prefix: str, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: vars(found).pop(f"{prefix}_{name}") for name in names}


def _instance(beside: Response, model: type[M], stored: dict[str, Any]) -> M:
    """Of the database that `beside` was read from."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in stored]
    return model.from_db(beside._state.db, names, [stored[name] for name in names])


def _from_json(model: type[models.Model], name: str, stored: object) -> object:
    field = cast("Any", model._meta.get_field(name))
    return cast("object", field.from_db_value(stored, None, connection))


def _moment(stored: datetime | None) -> datetime | None:
    """SQLite has it in UTC and does not say so."""
    return stored.replace(tzinfo=UTC) if stored and stored.tzinfo is None else stored


def _published_edition(pk: int, version: dict[str, object]) -> Edition:
    """Of a published edition nothing changes but its version."""
    key = (str(pk), *(str(part) for part in version.values()))
    return EDITIONS.get(key, lambda: Edition.objects.get(pk=pk))


def locked_state(response: Response) -> tuple[bool, str]:
    """Whether it is submitted, and the state of its round; neither changes until the transaction
    ends. Raises Response.DoesNotExist: it was erased meanwhile.
    """
    row = next(iter(_LOCKED.columns(response.pk)), None)
    if row is None:
        raise Response.DoesNotExist
    submitted_at, state = row
    return submitted_at is not None, state


def answers_of(response: Response) -> dict[str, AnswerRow]:
    """Every stored answer by question code."""
    return {
        code: AnswerRow(code, status, _from_json(Answer, "value", value), note, revision)
        for code, status, value, note, revision in _ANSWERS.columns(response.pk)
    }
