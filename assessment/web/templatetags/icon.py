"""{% icon %}: the icon of the site as a data address, so that no page asks for another file."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
AS_IT_IS = " =:/'.-"


@register.simple_tag
@lru_cache(maxsize=1)
def icon() -> SafeString:
    """Kept by the process: a running program's files do not change under it.

    Safe between double quotes, of which it has none: escaped, its own would weigh on every page.
    """
    text = (settings.BASE_DIR / "static" / "img" / "icon.svg").read_text(encoding="utf-8")
    return mark_safe(
        f"data:image/svg+xml,{quote(text.strip().replace(chr(34), chr(39)), safe=AS_IT_IS)}"
    )
