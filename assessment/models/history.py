"""Which rows keep who changed which of their fields (django-auditlog): nothing of respondents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.auth.models import Group, User

from assessment.models.bank import PART_MODELS, CaseReading, Option, RuleVariant
from assessment.models.editions import Edition
from assessment.models.offered_languages import OfferedLanguage
from assessment.models.site import Logo, Site
from assessment.models.translations import EditionLanguage, Translation
from assessment.models.translators import TranslatorLanguage

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS, LANGUAGE = "words", "language"
BELOW_PARTS = (Option, CaseReading, RuleVariant)
ROWS: tuple[type[Any], ...] = (
    *PART_MODELS,
    *BELOW_PARTS,
    EditionLanguage,
    OfferedLanguage,
    TranslatorLanguage,
)
SOME_FIELDS: Mapping[type[Any], list[str]] = {
    Edition: [
        *("number", "name", "state", "language", "scale", "started_from"),
        *("published_at", "withdrawn_at", "withdrawn_reason", "corrections"),
    ],
    Translation: ["edition", "language", "text"],
    User: ["username", "is_active", "is_staff", "is_superuser"],
    Group: ["name"],
    Site: ["organisation"],
    Logo: ["position", "alternative", "digest"],
}
"""Hashes follow from the rest; of a person nothing stands here but the name to sign in with."""


def register() -> None:
    """Fields are named one by one: the library would also write down what points to a row."""
    for model in ROWS:
        _register(model, [f.name for f in model._meta.concrete_fields if not f.primary_key])
    for model, names in SOME_FIELDS.items():
        _register(model, names)


def _register(model: type[Any], names: list[str]) -> None:
    many = {field.name for field in model._meta.many_to_many}
    auditlog.register(model, include_fields=names, m2m_fields=many)


def log_sentence(row: Any, words: str, **facts: str) -> None:
    """Put one sentence into the row's history, for what was written in bulk and left no entries.

    `facts` stand beside it for the program: nobody has to read them out of the sentence.
    """
    entry = {"action": LogEntry.Action.UPDATE, "additional_data": {WORDS: words, **facts}}
    LogEntry.objects.log_create(row, force_log=True, **entry)
