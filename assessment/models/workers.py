"""The processes that do background work, as far as the site has to know of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

ABSENT_AFTER = timedelta(minutes=2)
"""A worker that was not seen for so long does not run; each reports four times a minute."""


class WorkerQuerySet(models.QuerySet["Worker"]):
    def at_work(self, now: datetime) -> WorkerQuerySet:
        return self.filter(seen_at__gte=now - ABSENT_AFTER)


class Worker(models.Model):
    """One process: it says again and again that it is there, and takes its row along at its end."""

    token = models.CharField(max_length=32, unique=True)
    seen_at = models.DateTimeField(_("last seen"))

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.token
