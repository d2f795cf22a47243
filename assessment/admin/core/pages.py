"""What the pages beside a form share: who may open them, their frame, and what they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from assessment.admin.core.bad_requests import is_id, refuse_bad_requests
from assessment.admin.core.conditions import UnreadableEdition
from assessment.admin.core.drafts import edition_of
from assessment.instrument.model import Instrument
from assessment.models import Edition
from assessment.reports.issue_wording.bank import problem_words

METHODS = frozenset({"GET", "HEAD", "POST"})
PageView = Callable[..., HttpResponseBase]
"""(request, row, **parts of the address)"""
May = Callable[[HttpRequest, Any], bool]
"""(request, row): whether this person may open the page of the row"""
Rows = Callable[[], QuerySet[Any]]


def page_path(route: str, view: PageView, name: str, *, rows: Rows, may: May) -> URLPattern:
    """The address of a page of one of `rows`, whose `<int:pk>` stands in the route.

    `name` is the one by which `reverse` finds it, without "admin:".
    """
    guarded = admin.site.admin_view(open_by_key(view, rows=rows, may=may))
    return path(route, guarded, name=name)


def open_by_key(view: PageView, *, rows: Rows, may: May) -> PageView:
    """The view by the key of a row; refuses a strange method, key or person in one way.

    What stands in an edition that cannot be read leads to the checks, which say what is wrong.
    """

    def opened(request: HttpRequest, pk: int, **parts: Any) -> HttpResponseBase:
        row = rows().filter(pk=pk).first() if _is_possible(request, pk) else None
        if row is None or not may(request, row):
            raise PermissionDenied
        try:
            with refuse_bad_requests():
                return view(request, row, **parts)
        except UnreadableEdition:
            message = gettext("This draft has faults that must be put right first.")
            return send_to(request, address_of("checks", edition_of(row)), message)

    return opened


def _is_possible(request: HttpRequest, pk: int) -> bool:
    return request.method in METHODS and is_id(str(pk))


def may_view(model: type[Any]) -> May:
    """Whoever may see or change rows of the model: as Django asks it for the model's own pages."""
    name = model._meta.model_name
    rights = (f"assessment.view_{name}", f"assessment.change_{name}")
    return lambda request, row: any(map(request.user.has_perm, rights))


def draw_page(
    request: HttpRequest, template: str, row: Any, title: Any, **context: Any
) -> TemplateResponse:
    """A page of `row` in the frame, and with the styles and scripts, of its model's admin."""
    model_admin = admin.site.get_model_admin(type(row))
    frame = {
        **admin.site.each_context(request),
        "title": title,
        "original": row,
        "edition": edition_of(row),
        "opts": model_admin.opts,
        "media": model_admin.media,
    }
    return TemplateResponse(request, f"admin/assessment/{template}.html", {**frame, **context})


def send_back(
    request: HttpRequest, row: Any, message: str, level: int = messages.ERROR
) -> HttpResponseRedirect:
    """To the form of `row`, where the message stands."""
    return send_to(request, address_of("change", row), message, level)


def send_to(
    request: HttpRequest, address: str, message: str, level: int = messages.ERROR
) -> HttpResponseRedirect:
    messages.add_message(request, level, message)
    return HttpResponseRedirect(address)


def record(request: HttpRequest, row: Any, words: str, flag: int = CHANGE) -> None:
    """In the administration's list of recent actions; the history of a row is not written here."""
    user = int(request.user.pk or 0)
    LogEntry.objects.log_actions(user, [row], flag, words, single_object=True)


def address_of(name: str, row: Any, *more: object) -> str:
    """Of the page `name` of a row; `more` are the other parts of the address."""
    return reverse(f"admin:assessment_{row._meta.model_name}_{name}", args=[row.pk, *more])


def part_addresses(
    edition: Edition | int, models: Iterable[type[Any]]
) -> dict[tuple[type[Any], str], str]:
    """The address of the form of every part, by model and code; a query for each model."""
    return {
        (model, code): reverse(f"admin:assessment_{model._meta.model_name}_change", args=[pk])
        for model in models
        for code, pk in model.objects.filter(edition=edition).values_list("code", "pk")
    }


def compile_edition(edition: Edition) -> Instrument:
    """The edition for a page that needs the whole of it; raises UnreadableEdition."""
    try:
        return edition.instrument()
    except (ValueError, ZeroDivisionError, TypeError) as error:
        raise UnreadableEdition(problem_words(error)) from error
