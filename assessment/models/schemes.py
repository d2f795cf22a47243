"""The scheme that is assessed: a set of programmes that should work together."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models.organisations import Organisation


class Scheme(models.Model):
    """What lasts from one round to the next; the facts a judgement rests on are the round's.

    `areas` are regions, districts or whatever the country calls them, in its own words. `owner` is
    empty where somebody answers alone.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the scheme"), max_length=200, blank=True)
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="schemes",
        verbose_name=_("organisation"),
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    areas = models.JSONField(_("areas"), default=list, blank=True)
    municipality = models.CharField(_("municipality"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name or str(self.uuid)

    def programme_records(self) -> list[dict[str, str]]:
        """The named programmes as a round keeps them once it is closed."""
        columns = self.programme_set.values_list("name", "institution", "sector")
        return [{"name": n, "institution": i, "sector": s} for n, i, s in columns]


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
