"""Says of a text that is not in the page's language which language it is in."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from assessment.instrument.translation import FallbackText, first_and_further

register = template.Library()


@register.filter
def lang(text: str) -> SafeString:
    """The text, escaped; one that stands in for a missing translation with its own language."""
    if isinstance(text, FallbackText):
        return format_html('<span lang="{}">{}</span>', text.language, text)
    return conditional_escape(text)


@register.filter
def hint(text: str) -> str:
    """The first line of a question's help: it stands below the question."""
    return first_and_further(text)[0]


@register.filter
def more(text: str) -> str:
    """The other lines of a question's help, which open on demand."""
    return first_and_further(text)[1]
