"""The queries of every save: the ORM writes their SQL once, and each request asks it again.

Writing the SQL of a query costs several times what the database needs to answer it: without this
module an autosave costs 9 instead of 5 empty views (docs/architecture.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import connection, models

from assessment.models.process_cache import SQL
from assessment.models.responses import Answer, AnswerRow, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

M = TypeVar("M", bound=models.Model)


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


_ANSWERS = PreparedQuery(
    "answers",
    Answer,
    lambda: Answer.objects.order_by().values_list("code", "status", "value", "note", "revision"),
    "response",
    0,
)


def response_with(uuid: UUID) -> Response | None:
    """With its round, edition and scheme, in one query."""
    rows = Response.objects.select_related("round__edition", "round__scheme")
    return rows.filter(uuid=uuid).order_by().first()


def answers_of(response: Response) -> dict[str, AnswerRow]:
    """Every stored answer by question code."""
    read: Callable[..., Any] = Answer._meta.get_field("value").from_db_value
    return {
        code: AnswerRow(code, status, read(value, None, connection), note, revision)
        for code, status, value, note, revision in _ANSWERS.columns(response.pk)
    }
