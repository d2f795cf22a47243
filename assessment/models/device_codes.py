"""Short codes that open a response on a second device, once and within minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models.responses import Response

if TYPE_CHECKING:
    from datetime import datetime


class DeviceCodeQuerySet(models.QuerySet["DeviceCode"]):
    def open(self, now: datetime) -> DeviceCodeQuerySet:
        return self.filter(used_at=None, ends_at__gt=now)


class DeviceCode(models.Model):
    """The code that a response has at most one of.

    `code_hash` is a hash with the site's key, because a code is short. `link_hash` is that of the
    return link that was right when it was made: a newer link ends the code. `hidden_link` is the
    link's secret, which only the code gives back. `used_at` stays for the device that made it,
    which says that another one was opened; of one among several `used_at` and `ends_at` are days
    from then on.
    """

    response = models.OneToOneField(Response, models.CASCADE, related_name="device_code")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    link_hash = models.CharField(max_length=64, editable=False)
    hidden_link = models.CharField(max_length=32, blank=True, editable=False)
    ends_at = models.DateTimeField(_("ends"))
    used_at = models.DateTimeField(_("used"), null=True)

    objects = DeviceCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code for a second device")
        verbose_name_plural = _("codes for a second device")
        ordering = ["ends_at", "id"]
        indexes = [models.Index(fields=["ends_at"], name="device_code_by_end")]

    def __str__(self) -> str:
        return str(self.pk)

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.ends_at > now
