"""The language of a request: what its address asks for, what was chosen, what the browser wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes
from django.utils.translation.trans_real import parse_accept_lang_header

from assessment.instrument.translation import language_among
from assessment.models.offered_languages import OFFERS, Offer
from assessment.web.cookies import LANGUAGE, set_cookie
from assessment.web.languages import LANGUAGE_FIELD, choose
from assessment.web.middleware.headers import ADMIN

ACCOUNTS = "/account/"
A_YEAR = 365 * 24 * 60 * 60


def answer_in_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """`?lang=es` is kept as the person's choice and leads back to the same page.

    Sent with a form it saves the form first, so that nothing is lost.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        offers = offers_at(request.path_info)
        asked = offers.get(request.GET.get(LANGUAGE_FIELD, ""))
        offer = asked or _wanted(request, offers)
        translation.activate(offer.interface)
        choose(offer)
        if asked and request.method in {"GET", "HEAD"}:
            answer: HttpResponse = HttpResponseRedirect(_same_page(request))
        else:
            answer = get_response(request)
        if asked:
            set_cookie(answer, LANGUAGE, asked.language, seconds=A_YEAR)
            if answer.status_code == 302:
                answer["Location"] = _same_page(request)
        patch_vary_headers(answer, ("Accept-Language",))
        answer.headers.setdefault("Content-Language", offer.interface)
        return answer

    return middleware


def offers_at(path: str) -> dict[str, Offer]:
    """What respondents are offered; accounts and the administration speak every language of the
    program.
    """
    if path.startswith((ADMIN, ACCOUNTS)):
        return {code: Offer(code, code) for code, _name in settings.LANGUAGES}
    return {offer.language: offer for offer in OFFERS.all()}


def _wanted(request: HttpRequest, offers: dict[str, Offer]) -> Offer:
    found = (language_among(one, offers) for one in _preferences(request))
    return next((offers[one] for one in found if one in offers), offers[settings.LANGUAGE_CODE])


def _preferences(request: HttpRequest) -> Iterator[str]:
    yield request.COOKIES.get(LANGUAGE, "")
    for language, _weight in parse_accept_lang_header(request.headers.get("accept-language", "")):
        yield language


def _same_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop(LANGUAGE_FIELD)
    address = escape_leading_slashes(request.path)
    return f"{address}?{query.urlencode()}" if query else address
