"""The languages that the site offers to respondents, each with the language of the pages around."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error, models
from django.utils.translation import gettext_lazy as _

from assessment.instrument.translation import language_among
from assessment.models.translations import EditionLanguage, check_language, language_name

KEPT_SECONDS = 5.0
"""After so long an offer made by another process is seen by this one."""


class OfferedLanguage(models.Model):
    """One beside that of the program, which is always offered.

    `interface` differs where the bank is translated into a language that the pages do not speak.
    """

    language = models.CharField(
        _("language"), max_length=10, unique=True, validators=[check_language]
    )
    interface = models.CharField(
        _("language of the pages"),
        max_length=10,
        help_text=_("Buttons, notices and the words around the questions are in this language."),
    )

    reviewer = models.CharField(
        _("reviewed by"),
        max_length=200,
        blank=True,
        help_text=_("A person who lives in the language and has read all its texts."),
    )
    reviewed_on = models.DateField(_("day of the review"), null=True, blank=True)

    class Meta:
        verbose_name = _("offered language")
        verbose_name_plural = _("offered languages")
        ordering = ["language"]

    def __str__(self) -> str:
        return f"{language_name(self.language)} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        OFFERS.forget()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        OFFERS.forget()
        return gone


@dataclass(frozen=True, slots=True)
class Offer:
    language: str
    interface: str

    @property
    def name(self) -> str:
        """As those call it who speak it."""
        return language_name(self.language).capitalize()


class Bringer(NamedTuple):
    """An edition by its row, and what its translations are."""

    edition: int
    translations_hash: str


class Review(NamedTuple):
    """Who has read the texts of a language, and the day; without either nobody has."""

    reviewer: str
    day: date | None


class KeptOffers:
    """Every page asks for them, so each process reads them once in some seconds.

    Where the database is away the last that were known are offered: the page that says so is drawn
    in the reader's language.
    """

    def __init__(self) -> None:
        self.known: tuple[Offer, ...] = (Offer(settings.LANGUAGE_CODE, settings.LANGUAGE_CODE),)
        self.bringers: dict[tuple[str, str], Bringer] = {}
        self.reviews: dict[str, Review] = {}
        self.until = 0.0
        self.lock = Lock()

    def all(self) -> tuple[Offer, ...]:
        self._refresh()
        return self.known

    def bringer(self, content_hash: str, language: str) -> Bringer | None:
        """The newest edition of this content whose translations into the language are frozen."""
        self._refresh()
        return self.bringers.get((content_hash, language))

    def review(self, language: str) -> Review:
        self._refresh()
        return self.reviews.get(language, Review("", None))

    def _refresh(self) -> None:
        if time.monotonic() >= self.until:
            with self.lock:
                self.until = time.monotonic() + KEPT_SECONDS
                self._read()

    def _read(self) -> None:
        try:
            columns = ("language", "interface", "reviewer", "reviewed_on")
            rows = list(OfferedLanguage.objects.values_list(*columns))
            frozen = list(_frozen())
        except Error:
            return
        self.known = (self.known[0], *(Offer(*row[:2]) for row in rows))
        self.reviews = {language: Review(*review) for language, _around, *review in rows}
        self.bringers = {(content, own): Bringer(*row) for content, own, *row in frozen}

    def forget(self) -> None:
        self.until = 0.0


def _frozen() -> models.QuerySet[Any, Any]:
    """Languages of editions that nobody can change any more, the newest edition last."""
    found = EditionLanguage.objects.filter(edition__published_at__isnull=False)
    columns = ("edition__content_hash", "language", "edition_id", "edition__translations_hash")
    return found.order_by("edition__number").values_list(*columns)


OFFERS = KeptOffers()


def speaks(language: str) -> bool:
    """Whether the pages themselves can be drawn in it."""
    known = frozenset(code for code, _name in settings.LANGUAGES)
    return language_among(language, known) in known


def interface_of(language: str) -> str:
    """The language of the words around texts of `language`."""
    if speaks(language):
        return language
    found = (offer.interface for offer in OFFERS.all() if offer.language == language)
    return next(found, settings.LANGUAGE_CODE)
