"""A difference in words: names of types and fields, values, and which words of a text differ."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.instrument.diff import language_of
from assessment.instrument.plain_text import code_point
from assessment.models import (
    Case,
    CaseReading,
    Dimension,
    Finding,
    Option,
    Package,
    Pattern,
    Question,
    Region,
    Role,
    Rule,
    RuleVariant,
    Source,
    Term,
)
from assessment.models.translations import language_name

DIFF_LIMIT = 2000
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
MODELS: Mapping[str, tuple[type[Any], type[Any]]] = {
    "regions": (Region, Region),
    "sources": (Source, Source),
    "findings": (Finding, Finding),
    "dimensions": (Dimension, Dimension),
    "questions": (Question, Question),
    "options": (Option, Question),
    "cases": (Case, Case),
    "readings": (CaseReading, Case),
    "rules": (Rule, Rule),
    "variants": (RuleVariant, Rule),
    "terms": (Term, Term),
    "roles": (Role, Role),
    "packages": (Package, Package),
    "patterns": (Pattern, Pattern),
}
"""By type: its model, and the model whose page shows it."""
TYPE_NAMES: Mapping[str, Any] = {
    "edition": _("Language"),
    "scale": _("Scale and thresholds"),
    "regions": _("Regions"),
    "sources": _("Sources"),
    "findings": _("Findings"),
    "dimensions": _("Dimensions"),
    "questions": _("Questions"),
    "options": _("Options of questions"),
    "cases": _("Cases"),
    "readings": _("Readings of cases"),
    "rules": _("Rules"),
    "variants": _("Variants of rules"),
    "terms": _("Glossary"),
    "roles": _("Roles"),
    "packages": _("Packages"),
    "patterns": _("Patterns"),
}
TextDiff = tuple[tuple[bool, str], ...]
"""A text in pieces; True marks what the other side has not."""


def type_name(kind: str) -> str:
    language = language_of(kind)
    if not language:
        return str(TYPE_NAMES[kind])
    return gettext("Translations: %(language)s") % {"language": language_name(language)}


def field_name(kind: str, field: str) -> str:
    """As the forms name it; `advice.2` is the one of level 2."""
    if field == "source_hash":
        return gettext("source it was made from")
    name, _dot, level = field.partition(".")
    words = name.replace("_", " ")
    if kind in MODELS:
        try:
            own: Any = MODELS[kind][0]._meta.get_field(name)
            words = str(own.verbose_name)
        except FieldDoesNotExist:
            pass
    if not level:
        return words
    return gettext("%(field)s, level %(level)s") % {"field": words, "level": level}


def json_text(value: Any) -> str:
    """A JSON value in the words of a page."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "\n".join(json_text(one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def text_diff(text: str, other: str) -> TextDiff:
    """`text` in pieces, those marked that `other` has not; long texts as one piece."""
    if not text or not other or len(text) + len(other) > DIFF_LIMIT:
        return ((bool(text), with_signs(text)),)
    ours, theirs = TOKEN.findall(text), TOKEN.findall(other)
    steps = SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
    pieces = (("".join(ours[b1:b2]), tag) for tag, _a1, _a2, b1, b2 in steps)
    return tuple((tag != "equal", _shown(piece, tag)) for piece, tag in pieces if piece)


def _shown(piece: str, tag: str) -> str:
    """A piece that differs in white space alone would be seen by nobody."""
    if tag != "equal" and piece.isspace():
        piece = piece.replace(" ", "␣").replace("\n", "↵\n")
    return with_signs(piece)


def with_signs(text: str) -> str:
    """The text with the code point of each sign that nobody sees, such as [U+200B]."""
    return "".join(f"[U+{code_point(sign)}]" if _is_unseen(sign) else sign for sign in text)


def _is_unseen(sign: str) -> bool:
    return not sign.isprintable() and sign not in "\n\t"
