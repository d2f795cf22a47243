"""Pages for what went wrong: each says what happened, what to do, and keeps what was typed."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from assessment.actions.plans.values import TEXT_LIMITS
from assessment.web.limits import mark_refused, time_in_words

TEXT_FIELDS = frozenset({"name", *TEXT_LIMITS})
"""What is typed in forms that are not of questions: the scheme's name, the texts of a plan."""
DATABASE_AWAY = (OperationalError, InterfaceError, InternalError)
"""An internal error is no fault of ours: an exhausted quota, a server that only reads by now."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return too_large()
    return _plain("400.html", status=400)


def too_large() -> HttpResponse:
    return _plain("413.html", status=413)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with everything that was typed where the database is away."""
    if isinstance(sys.exc_info()[1], DATABASE_AWAY):
        return database_away(request)
    return _plain("500.html", status=500)


def database_away(request: HttpRequest) -> HttpResponse:
    http_response = _plain(
        "503.html", status=503, typed_texts=typed_texts(request.POST), **resend(request)
    )
    http_response["Retry-After"] = "30"
    return http_response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its token: most often a page that stood open for very long."""
    context: dict[str, object] = {"typed_texts": typed_texts(request.POST), "action": request.path}
    if _from_here(request):
        context |= resend(request)
    return render(request, "questionnaire/resend.html", context, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """A form of a member whose session is over: it can be sent again once she is signed in."""
    context = resend(request) | {"signed_out": True}
    return render(request, "questionnaire/resend.html", context, status=403)


def too_many_tries(
    request: HttpRequest, wait: int, sentence: str, *, title: str = ""
) -> HttpResponse:
    """`sentence` names the time to wait as `%(time)s`; without a title it is of wrong tries."""
    context = {"sentence": sentence % {"time": time_in_words(wait)}}
    context["title"] = title or _("Too many wrong tries")
    http_response = render(request, "429.html", context)
    mark_refused(http_response, wait)
    return http_response


def too_many_links(request: HttpRequest, wait: int) -> HttpResponse:
    sentence = _(
        "This link opens nothing, and there were too many wrong ones from your connection. A right "
        "link opens at once; for others try again in %(time)s. Your answers are safe."
    )
    return too_many_tries(request, wait, sentence)


def grant_ended(request: HttpRequest) -> HttpResponse:
    """A form sent without a grant: asks for the link again and holds on to what was typed."""
    context = {
        "typed_texts": typed_texts(request.POST),
        "sent": _without_token(request.POST).urlencode(),
        "next": request.path,
    }
    return render(request, "questionnaire/grant_ended.html", context, status=404)


def grant_ended_json(request: HttpRequest) -> HttpResponse:
    sentence = _("This device has no access to these answers any more. Open your link again.")
    return JsonResponse({"status": "ended", "errors": [sentence]}, status=404)


def closed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A change to a submitted response."""
    if request.method != "POST":
        return redirect("confirmation", uuid)
    context = {"uuid": uuid, "typed_texts": typed_texts(request.POST)}
    return render(request, "questionnaire/closed.html", context, status=409)


def closed_json(request: HttpRequest, uuid: UUID) -> HttpResponse:
    sentence = _("These answers are submitted and can only be read.")
    return JsonResponse({"status": "closed", "errors": [sentence]}, status=410)


def round_closed(request: HttpRequest) -> HttpResponse:
    """A round of several that is over for who has not submitted; what was typed is shown back."""
    context = {"typed_texts": typed_texts(request.POST)}
    return render(request, "questionnaire/round_closed.html", context, status=410)


def round_closed_json(request: HttpRequest) -> HttpResponse:
    sentence = _("This round takes no more answers.")
    return JsonResponse({"status": "closed", "errors": [sentence]}, status=410)


def nothing_published(request: HttpRequest) -> HttpResponse:
    return render(request, "questionnaire/unpublished.html", status=503)


def typed_texts(data: QueryDict) -> list[str]:
    """The free texts of a form, to be shown back; choices are quick to make again."""
    fields = [name for name in data if name.endswith(("-note", "-name")) or name in TEXT_FIELDS]
    return [text for name in fields for text in data.getlist(name) if text.strip()]


def resend(request: HttpRequest) -> dict[str, object]:
    """What a form needs to send the same once more."""
    sent = _without_token(request.POST)
    fields = [(name, value) for name, values in sent.lists() for value in values]
    return {"action": request.path, "fields": fields, "resend": request.method == "POST"}


def _without_token(data: QueryDict) -> QueryDict:
    sent = data.copy()
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def _from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def _plain(template: str, *, status: int, **context: object) -> HttpResponse:
    """Without the request: no session, no user, nothing that asks the database."""
    return HttpResponse(render_to_string(template, context), status=status)
