"""Caches what is the same on every page of one language, such as header and footer.

The tag is called `kept`. Its content is kept in the node of the compiled template, by language, for
as long as the process runs: it may hold sentences and fixed addresses, which change only with the
program, and nothing of a page, a person or an edition. Bounded by the tags that templates use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.template.base import NodeList, Parser, Token
    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()


class CachedPerLanguage(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.html_by_language: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language() or ""
        if language not in self.html_by_language:
            self.html_by_language[language] = self.nodelist.render(context)
        return self.html_by_language[language]


@register.tag
def kept(parser: Parser, token: Token) -> CachedPerLanguage:
    """`{% kept %} … {% endkept %}`."""
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return CachedPerLanguage(nodelist)
