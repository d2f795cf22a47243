"""The places of texts as names of form fields, and in words."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.instrument.texts import TextKey
from assessment.instrument.translation import longest_translation

LONGEST_NAMED = 200

FIELD_WORDS = {
    "advice": _("advice for level"),
    "attribution": _("attribution"),
    "citation": _("citation for readers"),
    "date": _("date"),
    "first_step": _("first step within 30 days"),
    "forms": _("other forms, one a line"),
    "help": _("help"),
    "label": _("label"),
    "labels": _("name of level"),
    "meanings": _("meaning of level"),
    "name": _("name"),
    "needs": _("what it needs"),
    "note": _("note"),
    "options": _("option"),
    "readings": _("reading of"),
    "short": _("short name"),
    "step": _("step where it is not chosen"),
    "step_high": _("step from a higher level"),
    "step_low": _("step from a low level"),
    "sub_dimensions": _("sub-dimension"),
    "summary": _("summary"),
    "term": _("term"),
    "text": _("text"),
    "text_national": _("wording for the national tier"),
    "title": _("title"),
    "actor": _("who acts"),
    "unit": _("unit"),
    "variants": _("variant"),
    "why": _("why this question"),
}


def field_name_of(place: TextKey) -> str:
    """A place as the name of its form field."""
    return "/".join(place)


def place_from(name: str) -> TextKey:
    """The place that a form field names; any other name becomes a place where nothing stands."""
    kind, _slash, rest = name.partition("/")
    code, _slash, own = rest.rpartition("/")
    return TextKey(kind, code, own)


def limit_words(place: TextKey) -> str:
    """How long a translation may be, where that is less than any sentence needs."""
    longest = longest_translation(place)
    if longest > LONGEST_NAMED:
        return ""
    return gettext("at most %(number)d characters") % {"number": longest}


def place_label(place: TextKey) -> str:
    words = " ".join(str(FIELD_WORDS.get(part, part)) for part in place.field.split("."))
    return f"{place.code}: {words}"
