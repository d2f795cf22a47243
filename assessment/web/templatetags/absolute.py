"""{% absolute %}: an address with the site's own name, for programs that read a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """Under a name of ARTICULA_HOSTS only: Django refuses every other."""
    return str(context["request"].build_absolute_uri(path))
