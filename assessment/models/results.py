"""What a round, or one response in it, was judged to be: frozen, with rows for aggregates."""

from __future__ import annotations

import hashlib
import json
import uuid
import zlib
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.method import result as method
from assessment.method.stored_result import result_from_json
from assessment.models.editions import Edition
from assessment.models.rounds import Round

if TYPE_CHECKING:
    from collections.abc import Mapping


class ResultManager(models.Manager["Result"]):
    """Leaves the content where it is: a list never needs it, and it is most of the row.

    Whoever reads `content` of a row after all makes a query for it; a related row has it with it.
    """

    def get_queryset(self) -> models.QuerySet[Result]:
        return super().get_queryset().defer("content_zlib")

    def with_content(self) -> models.QuerySet[Result]:
        return self.get_queryset().defer(None)


class Result(models.Model):
    """A judgement by the method: codes and values, no texts. Never changes.

    `own` is of one response, `joint` of a round of several as it was closed, `agreed` the same with
    what its session agreed on, numbered from 1. `content_zlib` is the method's Result as JSON,
    compressed: 4 kB in place of 19.
    """

    class Kind(models.TextChoices):
        OWN = "own", _("of one response")
        JOINT = "joint", _("of the round")
        AGREED = "agreed", _("of the round, with agreed answers")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="results", verbose_name=_("round")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name=_("edition"))
    edition_hash = models.CharField(_("hash of the edition"), max_length=64)
    method_version = models.CharField(_("version of the method"), max_length=20)
    content_zlib = models.BinaryField()
    content_hash = models.CharField(_("hash of the result"), max_length=64, db_index=True)
    created_at = models.DateTimeField(_("created"))

    objects = ResultManager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="agreed", number__isnull=False)
                | Q(kind__in=["own", "joint"], number=None),
                name="result_agreed_is_numbered",
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(kind="joint"), name="result_joint_once"
            ),
            models.UniqueConstraint(
                fields=["round", "number"], condition=Q(kind="agreed"), name="result_agreed_once"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="result_by_day")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def content(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(zlib.decompress(self.content_zlib))
        return found

    def read(self) -> method.Result:
        return result_from_json(self.content, self.method_version)


def compressed(content: Mapping[str, object]) -> bytes:
    """The maps keep their order, which is the instrument's and the one that reports follow."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode())


def hash_of_content(content: Mapping[str, object]) -> str:
    """SHA-256 over its keys and values in the order of the keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class DimensionScore(models.Model):
    """One dimension of one group of a result; `sector` and `tier` empty stand for all of them.

    `n` is the number of people in the group. Of a hidden group nothing else is stored. In results
    of method 1 what had a level is settled, and the standing of the rest is empty.
    """

    result = models.ForeignKey(Result, models.CASCADE, related_name="dimension_scores")
    dimension = models.CharField(_("dimension"), max_length=40)
    sector = models.CharField(_("sector"), max_length=20, blank=True)
    tier = models.CharField(_("tier"), max_length=10, blank=True)
    n = models.PositiveIntegerField(_("people"), default=1)
    hidden = models.BooleanField(_("too few to be shown"), default=False)
    score = models.FloatField(_("score"), null=True)
    low = models.FloatField(_("lowest possible"), null=True)
    high = models.FloatField(_("highest possible"), null=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True)
    sufficient = models.BooleanField(_("sufficient information"), null=True)
    standing = models.CharField(_("standing"), max_length=20, blank=True)
    direction = models.CharField(_("direction"), max_length=10, blank=True)
    answered = models.PositiveSmallIntegerField(_("questions answered"), null=True)
    asked = models.PositiveSmallIntegerField(_("questions asked"), null=True)

    class Meta:
        verbose_name = _("dimension score")
        verbose_name_plural = _("dimension scores")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "dimension", "sector", "tier"], name="dimension_score_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    hidden=True,
                    score=None,
                    low=None,
                    high=None,
                    level=None,
                    sufficient=None,
                    standing="",
                    direction="",
                    answered=None,
                    asked=None,
                )
                | Q(hidden=False, sufficient__isnull=False),
                name="dimension_score_hidden_is_empty",
            ),
        ]

    def __str__(self) -> str:
        place = "/".join(part for part in (self.dimension, self.sector, self.tier) if part)
        return f"{self.result_id}/{place}"


class ResultCode(models.Model):
    """Something of the knowledge base that holds in a result: a rule, a pattern, a package."""

    class Type(models.TextChoices):
        RULE = "rule", _("rule")
        PATTERN = "pattern", _("pattern")
        PACKAGE = "package", _("package")

    result = models.ForeignKey(Result, models.CASCADE, related_name="codes")
    type = models.CharField(_("type"), max_length=10, choices=Type.choices)
    code = models.CharField(_("code"), max_length=40)

    class Meta:
        verbose_name = _("code of a result")
        verbose_name_plural = _("codes of results")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["result", "type", "code"], name="result_code_once")
        ]
        indexes = [models.Index(fields=["type", "code"], name="result_code_by_code")]

    def __str__(self) -> str:
        return f"{self.result_id}/{self.type}/{self.code}"
