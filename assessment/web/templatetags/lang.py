"""Says of a text that is not in the page's language which language it is in."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from assessment.instrument.translation import (
    FallbackText,
    TextInLanguage,
    first_and_further,
)
from assessment.reports import formats
from assessment.reports.formats import language_for_readers

register = template.Library()


@register.filter
def lang(text: str) -> SafeString:
    """The text, escaped; one in another language than the page with it.

    One that stands in for a missing translation says it for readers, too.
    """
    if not text or not isinstance(text, TextInLanguage):
        return _with_apostrophes(conditional_escape(text))
    marked = format_html('<span lang="{}">{}</span>', text.language, text)
    if not isinstance(text, FallbackText):
        return marked
    words = gettext("(in {language})").format(language=language_for_readers(text.language))
    return format_html("{} <i>{}</i>", marked, words)


def _with_apostrophes(escaped: SafeString) -> SafeString:
    """As they are: no attribute stands in single quotes, and a page in French has hundreds."""
    return mark_safe(escaped.replace("&#x27;", "'"))


@register.simple_tag
def colon() -> str:
    """With the white space around it."""
    return formats.colon()


@register.simple_tag
def semicolon() -> str:
    """With the white space around it."""
    return formats.semicolon()


@register.filter
def hint(text: str) -> str:
    """The first line of a question's help: it stands below the question."""
    return first_and_further(text)[0]


@register.filter
def more(text: str) -> str:
    """The other lines of a question's help, which open on demand."""
    return first_and_further(text)[1]
