"""What was typed on the pages of the start: on the person's own device until it is sent whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import signing

from assessment.web import cookies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse, QueryDict

Draft = dict[str, list[str]]
"""Of each field what was posted, and the key of the start."""
SALT = "articula.start"
SECONDS = 15 * 60
"""From the last page that was sent; a browser that is closed forgets it before."""
LONGEST, MOST = 200, 8
"""Letters and values of one field: the browser keeps no more than 4 kB in a cookie."""


def read_draft(request: HttpRequest) -> Draft:
    """Empty where there is none, where it is too old, or where it is not of this site."""
    try:
        found: Draft = signing.loads(
            request.COOKIES.get(cookies.DRAFT, ""), salt=SALT, max_age=SECONDS
        )
    except signing.BadSignature:
        return {}
    return found


def keep_draft(http_response: HttpResponse, draft: Draft) -> None:
    value = signing.dumps(draft, salt=SALT, compress=True)
    cookies.set_cookie(http_response, cookies.DRAFT, value, seconds=None)


def forget_draft(request: HttpRequest, http_response: HttpResponse) -> None:
    if cookies.DRAFT in request.COOKIES:
        cookies.delete_cookie(http_response, cookies.DRAFT)


def with_page(draft: Draft, names: Iterable[str], data: QueryDict) -> Draft:
    """The draft with what was posted of these fields, right or wrong, in the place of theirs."""
    posted = {name: [text[:LONGEST] for text in data.getlist(name)[:MOST]] for name in names}
    return {**draft, **posted}


def completed(data: QueryDict, draft: Draft) -> QueryDict:
    """What was posted, and of the fields of other pages what the draft holds."""
    whole = data.copy()
    for name, values in draft.items():
        if name not in whole:
            whole.setlist(name, values)
    return whole


def as_initial(draft: Draft) -> dict[str, Any]:
    found = {name: values for name, values in draft.items() if values}
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}
