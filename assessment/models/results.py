"""What a submitted response was given: frozen, with a row per dimension for aggregates."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.method import result as method
from assessment.method.stored_result import result_from_json
from assessment.models.editions import Edition


class Result(models.Model):
    """`content` is the method's Result as JSON: codes and values, no texts. Never changes."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name=_("edition"))
    edition_hash = models.CharField(_("hash of the edition"), max_length=64)
    method_version = models.CharField(_("version of the method"), max_length=20)
    content = models.JSONField(_("content"))
    content_hash = models.CharField(_("hash of the result"), max_length=64, db_index=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.uuid)

    def read(self) -> method.Result:
        return result_from_json(self.content, self.method_version)


class DimensionScore(models.Model):
    result = models.ForeignKey(Result, models.CASCADE, related_name="dimension_scores")
    dimension = models.CharField(_("dimension"), max_length=40)
    score = models.FloatField(_("score"), null=True)
    low = models.FloatField(_("lowest possible"), null=True)
    high = models.FloatField(_("highest possible"), null=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True)
    sufficient = models.BooleanField(_("sufficient information"))

    class Meta:
        verbose_name = _("dimension score")
        verbose_name_plural = _("dimension scores")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["result", "dimension"], name="dimension_score_once")
        ]

    def __str__(self) -> str:
        return f"{self.result_id}/{self.dimension}"


class ReportFile(models.Model):
    """A rendered PDF by the hash of everything it was made from (`reports/pdf/files.py: pdf_key`).

    A cache in the database: any row may be deleted, the next download prints it again.
    """

    key = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report file")
        verbose_name_plural = _("report files")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.key
