"""Which language a request is answered in, and the languages that a page offers instead."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from assessment.models.offered_languages import OFFERS, Offer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from assessment.models import Round

LANGUAGE_FIELD = "lang"
SENT_WITH = "own-form"
"""The form of a page that is saved before the page comes in another language."""
_chosen: ContextVar[Offer | None] = ContextVar("chosen_language", default=None)


def choose(offer: Offer) -> None:
    """For the rest of this request."""
    _chosen.set(offer)


def content_language() -> str:
    """The language of the bank's texts: that of the page, or the one offered with it."""
    language, chosen = get_language() or settings.LANGUAGE_CODE, _chosen.get()
    return chosen.language if chosen and chosen.interface == language else language


def offers_of_round(round: Round) -> list[tuple[str, str]]:
    """The languages in which people can answer in it, with their names; of a draft too."""
    spoken = round.languages or round.edition.languages()
    return [(offer.language, offer.name) for offer in OFFERS.all() if offer.language in spoken]


class Switch(NamedTuple):
    """One language that a page can be had in instead."""

    code: str
    name: str
    query: str


def switches(request: HttpRequest) -> list[Switch]:
    """Every other language, with the query that leads to this page in it."""
    here = content_language()
    return [
        Switch(offer.language, offer.name, query_with(request, offer.language))
        for offer in OFFERS.all()
        if offer.language != here
    ]


def query_with(request: HttpRequest, language: str) -> str:
    query = request.GET.copy()
    query[LANGUAGE_FIELD] = language
    return f"?{query.urlencode()}"


def language_switches(request: HttpRequest) -> dict[str, Any]:
    """Context of every page."""
    return {"other_languages": SimpleLazyObject(lambda: switches(request))}
