"""Counts of what is limited: tries, starts, messages; bounded by time, not by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.db.models import F

if TYPE_CHECKING:
    from datetime import datetime

RAISE = """
INSERT INTO {table} (key, number, ends_at) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    number = CASE WHEN {table}.ends_at <= %s THEN 1 ELSE {table}.number + 1 END,
    ends_at = CASE WHEN {table}.ends_at <= %s THEN excluded.ends_at ELSE {table}.ends_at END
RETURNING key, number, ends_at
"""
MOST_SWEPT = 1_000


class CounterQuerySet(models.QuerySet["Counter"]):
    def raised(self, key: str, *, ends_at: datetime, now: datetime) -> Counter:
        """One more, in one statement, so that many at once are all counted.

        The first begins a time that ends at `ends_at`; nobody makes it longer by trying again.
        Written out, because the ORM's own way overwrites a row and adds nothing to it.
        """
        field = Counter._meta.get_field("ends_at")
        end, at = (field.get_db_prep_value(moment, connection) for moment in (ends_at, now))
        (found,) = self.raw(RAISE.format(table=Counter._meta.db_table), [key, end, at, at])
        return found

    def give_back(self, key: str) -> None:
        """One less: what was counted before its outcome was known turned out to be right."""
        self.filter(key=key, number__gt=0).update(number=F("number") - 1)

    def sweep(self, now: datetime) -> int:
        """Deletes some of what counts no more; says how many. What another sweep holds waits."""
        with transaction.atomic():
            over = self.select_for_update(skip_locked=True).filter(ends_at__lte=now)
            keys = list(over.order_by("ends_at").values_list("key", flat=True)[:MOST_SWEPT])
            return self.filter(key__in=keys).delete()[0]


class Counter(models.Model):
    """`key` is a keyed hash of what is counted for whom: nobody can read an address from it."""

    key = models.CharField(max_length=64, primary_key=True, editable=False)
    number = models.PositiveIntegerField()
    ends_at = models.DateTimeField()

    objects = CounterQuerySet.as_manager()

    class Meta:
        ordering = ["ends_at"]
        indexes = [models.Index(fields=["ends_at"], name="counter_by_end")]

    def __str__(self) -> str:
        return self.key
