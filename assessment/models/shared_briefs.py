"""Links by which others read a brief: who answers alone makes and ends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models.responses import Response

if TYPE_CHECKING:
    from datetime import datetime


class SharedBriefQuerySet(models.QuerySet["SharedBrief"]):
    def open(self, now: datetime) -> SharedBriefQuerySet:
        return self.filter(ends_at__gt=now)


class SharedBrief(models.Model):
    """One link that opens the brief of one submitted response, until a day, and nothing else.

    `secret_hash` is the SHA-256 of its secret. The secret is worked out of `key` with the site's
    key, so that its page can show the link again; `key` alone opens nothing. Ending deletes the
    row, as deleting the response does. Of its readers the day of the last opening is stored.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="shared_briefs")
    key = models.CharField(max_length=32, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    label = models.CharField(_("for whom"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))
    ends_at = models.DateTimeField(_("ends"))
    used_on = models.DateField(_("last opened"), null=True)

    objects = SharedBriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared brief")
        verbose_name_plural = _("shared briefs")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["response", "key"], name="shared_brief_once")
        ]
        indexes = [models.Index(fields=["ends_at"], name="shared_brief_by_end")]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.pk}"
