"""{% icon %}: the icon as a data address on a first page, so that it asks for no other file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from assessment.web.first_visit import comes_from_here

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()
AS_IT_IS = " =:/'.-"


@register.simple_tag(takes_context=True)
def icon(context: Context) -> str:
    """A file on the pages that follow: they weigh less, and a browser asks for it once."""
    request: Any = context.get("request")
    if request is not None and comes_from_here(request):
        return static("img/icon.svg")
    return _in_page()


@lru_cache(maxsize=1)
def _in_page() -> SafeString:
    """Kept by the process: a running program's files do not change under it.

    Safe between double quotes, of which it has none: escaped, its own would weigh on every page.
    """
    text = (settings.BASE_DIR / "static" / "img" / "icon.svg").read_text(encoding="utf-8")
    return mark_safe(
        f"data:image/svg+xml,{quote(text.strip().replace(chr(34), chr(39)), safe=AS_IT_IS)}"
    )
