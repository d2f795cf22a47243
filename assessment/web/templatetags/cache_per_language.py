"""Keeps what every page of one language has alike: drawn once by each process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import get_language

from assessment.models.process_cache import MOST_LANGUAGES, ProcessCache

if TYPE_CHECKING:
    from django.template.base import NodeList, Parser, Token
    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()


class CachedPerLanguage(template.Node):
    """Each tag has a cache of its own: a template that changed is parsed anew."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.html: ProcessCache[SafeString] = ProcessCache(MOST_LANGUAGES)

    def render(self, context: Context) -> SafeString:
        return self.html.get((str(get_language()),), lambda: self.nodelist.render(context))


@register.tag
def cache_per_language(parser: Parser, token: Token) -> CachedPerLanguage:
    """Around sentences and fixed addresses: nothing of one page or one person."""
    nodelist = parser.parse(("endcache_per_language",))
    parser.delete_first_token()
    return CachedPerLanguage(nodelist)
