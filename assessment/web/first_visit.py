"""The first page somebody opens comes with its style in it: it is shown before a second file is.

Over a weak connection a style sheet of its own costs another way there and back before the first
words are painted. Whoever comes from another page of the site has the sheet already.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe

from assessment.web.bundles import BundledStorage
from assessment.web.page_style import style_of_page

SHEET = "css/site.css"


def render_at_once(
    request: HttpRequest, template: str, context: dict[str, object], status: int
) -> HttpResponse:
    """The policy names the hash of the style that stands in the page, and allows no other."""
    style = "" if comes_from_here(request) else style_of_site()
    response = render(request, template, {**context, "page_style": style}, status=status)
    if style:
        page = response.content.decode()
        needed = style_of_page(style, page.replace(style, "", 1))
        response.content = page.replace(style, needed, 1).encode()
        response._csp_update = {"style-src": ["'self'", hash_of(needed)]}  # type: ignore[attr-defined]
    return response


def comes_from_here(request: HttpRequest) -> bool:
    """Without TLS browsers tell no more than where they come from."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    return url_has_allowed_host_and_scheme(request.headers.get("Referer"), {request.get_host()})


def style_of_site() -> SafeString:
    """Nothing while developing: there the sheet is not one file."""
    if not isinstance(staticfiles_storage, BundledStorage):
        return SafeString()
    return bundled_style(staticfiles_storage.path(staticfiles_storage.stored_name(SHEET)))


@cache
def bundled_style(path: str) -> SafeString:
    """Kept by the process; our own file, which a test holds to have no `<`."""
    return mark_safe(Path(path).read_text(encoding="utf-8"))


def hash_of(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest())
    return f"'sha256-{digest.decode()}'"
