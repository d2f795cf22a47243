"""Editions of the question bank, and what every part of one has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.instrument import model as method
from assessment.models.compile import correction_at, instrument_in, instrument_of
from assessment.models.translations import languages_of

if TYPE_CHECKING:
    from datetime import datetime


class NotADraft(PermissionDenied):
    """The edition is published or retired: it is never changed."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(f"{edition} is published and is never changed. Start a new draft from it.")


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> EditionQuerySet:
        return self.filter(state=Edition.State.PUBLISHED)

    def current(self) -> Edition | None:
        """The published edition that new responses start on."""
        return self.published().order_by("-number").first()

    def lock_draft(self, pk: int) -> Edition:
        """The draft, locked until the transaction ends; raises NotADraft.

        Every action on a draft begins here, because publishing checks a draft, hashes it and
        freezes it: a change in between would be published unchecked, or stand in a published
        edition. With the lock the change comes wholly before (and is checked) or wholly after (and
        is refused). Pages of the admin lock all drafts instead
        (docs/decisions/0011-two-editors-lasting-codes.md).

        PostgreSQL locks the row of the edition, which stands for all rows below it. SQLite has no
        row locks; there every transaction is the only one that writes (`SQLITE_OPTIONS`).
        """
        edition = self.select_for_update().get(pk=pk)
        if not edition.is_draft:
            raise NotADraft(edition)
        return edition


class Edition(models.Model):
    """A version of the whole question bank; once published, nothing in it changes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    number = models.PositiveIntegerField(_("number"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    language = models.CharField(_("language of the texts"), max_length=10, default="en")
    scale = models.JSONField(_("scale and thresholds"))
    content_hash = models.CharField(_("content hash"), max_length=64, blank=True, editable=False)
    translations_hash = models.CharField(
        _("hash of the translations"), max_length=64, blank=True, editable=False
    )
    started_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, verbose_name=_("made from")
    )
    created_at = models.DateTimeField(_("created"), editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)
    corrections = models.PositiveIntegerField(_("number of corrections"), default=0, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | (
                    ~Q(state="draft")
                    & Q(published_at__isnull=False, number__isnull=False)
                    & ~Q(content_hash="")
                ),
                name="edition_published_is_numbered_and_hashed",
            ),
        ]

    def __str__(self) -> str:
        """A draft with its key and the day it was begun, because two may have the same name."""
        described = {"id": self.pk, "number": self.number, "name": self.name}
        described |= {"state": self.get_state_display()}
        if self.is_draft:
            described["day"] = date_format(self.created_at, "j M Y") if self.pk else ""
            return gettext("Draft %(id)s: %(name)s (begun %(day)s)") % described
        return gettext("%(number)s: %(name)s (%(state)s)") % described

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def refuse_published(self) -> None:
        """For forms and `clean`: raises ValidationError unless this is a draft."""
        if not self.is_draft:
            raise ValidationError(_("A published edition cannot be changed. Start a new draft."))

    def instrument(
        self, language: str | None = None, *, at: datetime | None = None, country: str = ""
    ) -> method.Instrument:
        """The edition compiled for the method; a published one is compiled once per process.

        Corrections are laid over the published texts, those made until `at` where it is given. In
        another `language` its translations are laid over the source, which stands in where they
        are missing, and over them what the `country` of a profile says otherwise.
        """
        if not language:
            return instrument_of(self, at)
        return instrument_in(self, language, at=at, country=country)

    def languages(self) -> list[str]:
        """In which it is offered: that of its texts first, then those it is translated into."""
        return [self.language, *sorted(languages_of(self))]

    def correction_at(self, moment: datetime) -> int:
        """The number of the last correction made until then, 0 where there was none."""
        return correction_at(self, moment)


class Part(models.Model):
    """One coded piece of an edition; changed and deleted in drafts only."""

    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name=_("edition"))
    code = models.CharField(_("code"), max_length=40)
    position = models.PositiveIntegerField(_("order"), default=0, db_index=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        super().clean()
        if self.edition_id:
            self.edition.refuse_published()
