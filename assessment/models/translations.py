"""Texts of an edition in other languages: one table for all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import to_locale

from assessment.instrument import translation as method
from assessment.instrument.texts import TextKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assessment.models.editions import Edition

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")


def locale_of(language: str) -> Locale | None:
    """What is known of a language; None where nobody knows it."""
    if not LANGUAGE.fullmatch(language):
        return None
    try:
        return Locale.parse(to_locale(language))
    except (UnknownLocaleError, ValueError):
        return None


def check_language(language: str) -> None:
    if locale_of(language) is None:
        raise ValidationError(
            _("%(code)s is not the code of a language, such as es, fr or am."),
            params={"code": language},
        )


def language_name(language: str) -> str:
    """By the name it has for those who speak it."""
    locale = locale_of(language)
    return str(locale.get_display_name() or language) if locale else language


class EditionLanguage(models.Model):
    """A language that an edition offers beside that of its source."""

    edition = models.ForeignKey("Edition", models.CASCADE, verbose_name=_("edition"))
    language = models.CharField(_("language"), max_length=10, validators=[check_language])
    fallback_accepted = models.BooleanField(
        _("publish with gaps"),
        default=False,
        help_text=_("What is not translated is then shown in the language of the source."),
    )

    class Meta:
        verbose_name = _("language of an edition")
        verbose_name_plural = _("languages of editions")
        ordering = ["edition", "language"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="edition_language_once")
        ]

    def __str__(self) -> str:
        return f"{language_name(self.language)} ({self.language}), {self.edition}"

    def clean(self) -> None:
        super().clean()
        if self.edition_id:
            self.edition.refuse_published()
            if self.language == self.edition.language:
                raise ValidationError(
                    {"language": _("The texts of the edition are written in this language.")}
                )


class Translation(models.Model):
    """One text in one language; `source_hash` is that of the text it was made from.

    Whether it is still up to its source is not stored: it follows from the two hashes.
    """

    edition = models.ForeignKey("Edition", models.CASCADE, verbose_name=_("edition"))
    language = models.CharField(_("language"), max_length=10)
    kind = models.CharField(_("kind of object"), max_length=20)
    code = models.CharField(_("code"), max_length=40)
    field = models.CharField(_("field"), max_length=80)
    text = models.TextField(_("text"))
    source_hash = models.CharField(_("hash of the source"), max_length=64)
    updated_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["edition", "language", "kind", "code", "field"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language", "kind", "code", "field"], name="translation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.code} {self.field}"

    def clean(self) -> None:
        super().clean()
        if self.edition_id:
            self.edition.refuse_published()

    @property
    def place(self) -> TextKey:
        return TextKey(self.kind, self.code, self.field)


def languages_of(edition: Edition | int) -> frozenset[str]:
    rows = EditionLanguage.objects.filter(edition=edition)
    return frozenset(rows.values_list("language", flat=True))


def variants_of(edition: Edition | int) -> dict[str, str]:
    """The texts in the words of a country that lie over an offered language, by that language.

    They have rows of their own and are offered to nobody: whose country is known reads them.
    """
    rows = Translation.objects.filter(edition=edition).order_by()
    written = rows.values_list("language", flat=True).distinct()
    return method.variants_among(written, languages_of(edition))


def translations_of(edition: Edition | int, language: str) -> Mapping[TextKey, method.Translation]:
    """One query, whatever the size of the bank."""
    rows: Any = Translation.objects.filter(edition=edition, language=language).order_by()
    columns = rows.values_list("kind", "code", "field", "text", "source_hash")
    return {
        TextKey(kind, code, field): method.Translation(text, source_hash)
        for kind, code, field, text, source_hash in columns
    }


def all_translations_of(edition: Edition) -> dict[str, dict[TextKey, method.Translation]]:
    """The same for every language at once."""
    rows: Any = Translation.objects.filter(edition=edition).order_by()
    found: dict[str, dict[TextKey, method.Translation]] = {}
    columns = ("language", "kind", "code", "field", "text", "source_hash")
    for language, kind, code, field, text, source_hash in rows.values_list(*columns):
        place = TextKey(kind, code, field)
        found.setdefault(language, {})[place] = method.Translation(text, source_hash)
    return found
