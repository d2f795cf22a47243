"""`{% with_terms %}`: the glossary holds the terms that stand in the report, and no others.

Which these are is known when everything else is drawn: the section leaves its place free meanwhile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessment.instrument.glossary import glossary_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.template.base import FilterExpression, NodeList, Parser, Token
    from django.template.context import Context

    from assessment.instrument.model import Instrument, Term

register = template.Library()

PLACE = SafeString("<!--terms-->")
"""Nobody else's text can hold it: a bracket that was typed is escaped."""
TAG = re.compile("<[^>]*>")


@register.simple_tag
def place_of_terms() -> SafeString:
    return PLACE


@register.tag
def with_terms(parser: Parser, token: Token) -> template.Node:
    """`{% with_terms instrument elsewhere %} … {% endwith_terms %}`.

    `elsewhere` are contents of sections that other pages of the report draw.
    """
    _name, instrument, elsewhere = token.split_contents()
    content = parser.parse(("endwith_terms",))
    parser.delete_first_token()
    return PagesWithTerms(
        content, parser.compile_filter(instrument), parser.compile_filter(elsewhere)
    )


@dataclass
class PagesWithTerms(template.Node):
    nodelist: NodeList
    instrument: FilterExpression
    elsewhere: FilterExpression

    def render(self, context: Context) -> SafeString:
        html = self.nodelist.render(context)
        if PLACE not in html:
            return html
        words = " ".join([unescape(TAG.sub(" ", html)), *texts_in(self.elsewhere.resolve(context))])
        terms = terms_among(words, self.instrument.resolve(context))
        drawn = render_to_string("report/_terms.html", {"terms": terms})
        return SafeString(html.replace(PLACE, drawn, 1))


def texts_in(content: object) -> Iterator[str]:
    """Every text in the content of sections, which are dataclasses and tuples all the way down."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple):
        yield from chain.from_iterable(map(texts_in, content))
    elif is_dataclass(content):
        yield from chain.from_iterable(
            texts_in(getattr(content, field.name)) for field in fields(content)
        )


def terms_among(words: str, instrument: Instrument) -> tuple[Term, ...]:
    """In the order of the alphabet."""
    found = (term for _match, term in glossary_of(instrument).first_occurrences(words))
    return tuple(sorted(found, key=lambda term: term.term.casefold()))
