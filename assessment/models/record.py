"""The record: who did what to what, and when. Rows are added and never changed."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class NeverChanged(TypeError):
    """The record was to be changed, which nothing in the program may."""


class RecordQuerySet(models.QuerySet["RecordEntry"]):
    def update(self, **values: Any) -> NoReturn:
        raise NeverChanged

    def delete(self) -> NoReturn:
        raise NeverChanged


class RecordEntry(models.Model):
    """One act. No names, addresses or answers: people and things stand in it by their keys.

    A person's number outlives her account, so that the row says the same for ever.
    """

    at = models.DateTimeField(_("when (UTC)"))
    actor = models.PositiveBigIntegerField(_("number of the account"), null=True, db_index=True)
    act = models.CharField(_("act"), max_length=40)
    target_kind = models.CharField(_("kind of thing"), max_length=40)
    target_key = models.CharField(_("key of the thing"), max_length=64)
    details = models.JSONField(_("details"), default=dict)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the record")
        verbose_name_plural = _("record")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["act", "-id"], name="record_by_act"),
            models.Index(fields=["target_kind", "target_key", "-id"], name="record_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged
