"""Typing errors put right in published editions: rows laid over the texts, which stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.method.translation import Place
from assessment.models.bank import Edition

if TYPE_CHECKING:
    from collections.abc import Mapping


class Correction(models.Model):
    """One text as it stood and as it is shown since; numbered from 1 in its edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name=_("edition"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind of object"), max_length=20)
    code = models.CharField(_("code"), max_length=40)
    field = models.CharField(_("field"), max_length=80)
    old = models.TextField(_("text before"))
    new = models.TextField(_("text since"))
    reason = models.TextField(_("reason"))
    user = models.CharField(_("corrected by"), max_length=150)
    created_at = models.DateTimeField(_("corrected"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="correction_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.code} {self.field}, {self.edition}"

    @property
    def place(self) -> Place:
        return Place(self.kind, self.code, self.field)


def corrected_texts(edition_id: int, last: int) -> Mapping[Place, str]:
    """What stands in each corrected place after the correction number `last`; one query."""
    rows: Any = Correction.objects.filter(edition=edition_id, number__lte=last)
    columns = rows.order_by("number").values_list("kind", "code", "field", "new")
    return {Place(kind, code, field): new for kind, code, field, new in columns}
