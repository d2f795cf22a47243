"""What a person who works on the bank is entrusted with, beyond Django's own permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models.translations import check_language

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class TranslatorLanguage(models.Model):
    """A language that a translator works on; others may be read and not changed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="languages", verbose_name=_("user")
    )
    language = models.CharField(_("language"), max_length=10, validators=[check_language])

    class Meta:
        verbose_name = _("language of a translator")
        verbose_name_plural = _("languages of translators")
        ordering = ["user", "language"]
        permissions = [
            ("translate_every_language", "Can translate into every language"),
            ("publish_edition", "Can publish and withdraw editions"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "language"], name="translator_language_once")
        ]

    def __str__(self) -> str:
        return self.language


def may_translate_into(user: User | AnonymousUser, language: str) -> bool:
    """Whoever may change translations at all, and this language is theirs or all are."""
    if not user.has_perm("assessment.change_translation"):
        return False
    if user.has_perm("assessment.translate_every_language"):
        return True
    rows = TranslatorLanguage.objects.filter(language=language)
    return rows.filter(user__username=user.get_username()).exists()
