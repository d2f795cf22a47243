"""The names of fields, groups, tiers and sectors as they stand inside a sentence on a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from assessment.instrument.issues import Where

MODELS: Mapping[str, type[Any]] = {
    "regions": Region,
    "findings": Finding,
    "dimensions": Dimension,
    "questions": Question,
    "cases": Case,
    "rules": Rule,
    "sources": Source,
    "terms": Term,
    "roles": Role,
    "packages": Package,
    "patterns": Pattern,
}
"""The labels of a form in the administration are the names of the fields of its model."""
CHILDREN: Mapping[str, tuple[type[Any], _StrPromise]] = {
    "options": (Option, gettext_lazy("Option: {field}")),
    "readings": (CaseReading, gettext_lazy("Reading: {field}")),
    "variants": (RuleVariant, gettext_lazy("Variant: {field}")),
}
TIERS: Mapping[str, _StrPromise] = {
    "national": pgettext_lazy("tier in a sentence", "national"),
    "regional": pgettext_lazy("tier in a sentence", "regional"),
    "local": pgettext_lazy("tier in a sentence", "local"),
}
SECTORS: Mapping[str, _StrPromise] = {
    "social_protection": pgettext_lazy("sector in a sentence", "social protection"),
    "agriculture": pgettext_lazy("sector in a sentence", "agriculture"),
    "finance": pgettext_lazy("sector in a sentence", "finance"),
    "other": pgettext_lazy("sector in a sentence", "other"),
}
GROUPS: Mapping[str, _StrPromise] = {
    "_around": gettext_lazy("Profile and closing questions"),
    "_rules": gettext_lazy("Rules of no dimension"),
    "_findings": gettext_lazy("Findings"),
    "_cases": gettext_lazy("Cases"),
    "_terms": gettext_lazy("Glossary"),
    "_advice": gettext_lazy("Roles, packages and patterns"),
    "_general": gettext_lazy("Levels, regions and sources"),
}


def field_label(where: Where) -> str:
    """The label of the field in the administration."""
    first, _slash, rest = where.field.partition("/")
    if where.kind == "scale":
        return _("Scale and thresholds: {field}").format(field=first)
    if (where.kind, first) == ("rules", "dimensions"):
        return _("Main and other dimensions")
    if rest:
        model, words = CHILDREN[first]
        return str(words).format(field=_name(model, rest.rpartition("/")[2]))
    return capfirst(_name(MODELS[where.kind], first))


def _name(model: type[Any], field: str) -> str:
    return str(model._meta.get_field(field).verbose_name)


def group_words(group: str, dimension: str) -> str:
    """A group of texts: a dimension by its code and name, any other by what it holds."""
    return f"{group} {dimension}" if dimension else str(GROUPS.get(group, group))
