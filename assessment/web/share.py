"""Links by which others read the brief: listed, made and ended by who answers alone."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.actions.responses.return_link import new_secret
from assessment.actions.responses.share_brief import (
    LINK_LIFETIME,
    TooManyShared,
    end_shared_brief,
    secret_of_shared,
    share_brief,
    shared_briefs,
)
from assessment.models import Response, SharedBrief
from assessment.web.access import judged_response_for, round_for
from assessment.web.share_form import ShareForm

KEY = re.compile(r"[A-Za-z0-9_-]{32}")


def share(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = _own(request, uuid)
    if request.method != "POST":
        return _page(request, response, ShareForm(key=new_secret()))
    key = request.POST.get("key", "")
    form = ShareForm(request.POST, key=key if KEY.fullmatch(key) else new_secret())
    if not form.is_valid():
        return _page(request, response, form, status=422)
    label = form.cleaned_data["label"]
    try:
        share_brief(response=response, label=label, key=form.key, now=timezone.now())
    except TooManyShared:
        form.add_error(None, _("So many links are open that one has to be ended first."))
        return _page(request, response, form, status=409)
    return redirect("share", uuid)


def end_share(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = _own(request, uuid)
    number = request.POST.get("link", "")
    if number.isascii() and number.isdigit() and len(number) < 19:
        end_shared_brief(response=response, number=int(number))
    return redirect(f"{reverse('share', args=[uuid])}?ended=1")


def _own(request: HttpRequest, uuid: UUID) -> Response:
    response = judged_response_for(request, uuid)
    round_for(request, response)
    return response


def _page(
    request: HttpRequest, response: Response, form: ShareForm, status: int = 200
) -> HttpResponse:
    rows = shared_briefs(response=response, now=timezone.now())
    context = {
        "response": response,
        "form": form,
        "lines": [_line(request, row) for row in rows],
        "days": LINK_LIFETIME.days,
        "ended": request.GET.get("ended") == "1",
    }
    return render(request, "shared/share.html", context, status=status)


def _line(request: HttpRequest, row: SharedBrief) -> dict[str, Any]:
    secret = secret_of_shared(row)
    address = reverse("shared", args=[secret]) if secret else ""
    link = request.build_absolute_uri(address) if secret else ""
    return {
        "row": row,
        "link": link,
        "id": f"link-{row.pk}",
    }
