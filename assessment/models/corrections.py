"""Typing errors put right in published editions: rows laid over the texts, which stay."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.instrument.texts import TextKey

if TYPE_CHECKING:
    from collections.abc import Iterable


class Correction(models.Model):
    """One text as it stood and as it is shown since; numbered from 1 in its edition.

    `language` is empty for the text of the source, else that of the translation.
    """

    edition = models.ForeignKey("Edition", models.CASCADE, verbose_name=_("edition"))
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
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
    def place(self) -> TextKey:
        return TextKey(self.kind, self.code, self.field)


class CorrectionRecord(NamedTuple):
    """What reports need of a correction."""

    number: int
    created_at: datetime
    language: str
    kind: str
    code: str
    field: str
    old: str
    new: str

    @property
    def place(self) -> TextKey:
        return TextKey(self.kind, self.code, self.field)


def corrections_of(edition_id: int, last: int) -> tuple[CorrectionRecord, ...]:
    """Up to the number `last`; one query."""
    rows: Any = Correction.objects.filter(edition=edition_id, number__lte=last)
    return tuple(
        map(CorrectionRecord._make, rows.order_by("number").values_list(*CorrectionRecord._fields))
    )


def corrected_texts(records: Iterable[CorrectionRecord], language: str = "") -> dict[TextKey, str]:
    """What stands in each corrected place after all of them."""
    return {one.place: one.new for one in records if one.language == language}


def published_texts(records: Iterable[CorrectionRecord]) -> dict[TextKey, str]:
    """What stood in each corrected place of the source before the first of them."""
    found: dict[TextKey, str] = {}
    for one in records:
        if not one.language:
            found.setdefault(one.place, one.old)
    return found


def last_before(records: Iterable[CorrectionRecord], moment: datetime) -> int:
    """The number of the last correction that was made by then, 0 where none was."""
    return max((one.number for one in records if one.created_at <= moment), default=0)
