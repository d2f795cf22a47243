"""The scheme that is assessed: a set of programmes that should work together."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.instrument.model import PROFILE_FIELDS


class Scheme(models.Model):
    """`programmes` is the number that is meant to work together; some may be named below it."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the scheme"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=10, blank=True)
    stage = models.CharField(_("stage"), max_length=20, blank=True)
    programmes = models.PositiveSmallIntegerField(_("number of programmes"), null=True, blank=True)
    arrangement = models.CharField(_("arrangement"), max_length=30, blank=True)
    intention = models.CharField(_("intention"), max_length=10, blank=True)
    stronger = models.CharField(_("stronger ministry"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name or str(self.uuid)

    def profile(self) -> dict[str, int | str]:
        """What is known of the scheme, by the method's profile fields."""
        known = {field: getattr(self, field) for field in PROFILE_FIELDS}
        return {field: value for field, value in known.items() if value not in ("", None)}


class Programme(models.Model):
    """One programme of a scheme with the institution that runs it."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="programme_set")
    name = models.CharField(_("programme"), max_length=200)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
