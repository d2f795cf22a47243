"""What the lists of parts add: counts for a page at once, numbers to type, words to search."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.form_fields import part_label
from assessment.admin.core.bad_requests import LARGEST_ID, refuse_bad_requests
from assessment.admin.core.edition_choice import edition_choice
from assessment.admin.core.generics import ModelForm
from assessment.models import Edition
from assessment.models.queries import completeness

DRAG_LIMIT = 2000


class PartChangeList(ChangeList):
    """Adds to the rows of a page what is counted for all of them at once."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        admin: Any = self.model_admin
        return admin.annotate_rows(super().get_queryset(request, *args, **kwargs))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        selected = edition_choice(request).selected
        first = str(next(iter(self.get_ordering(request, self.queryset)), ""))
        sortable = bool(selected and selected.is_draft and first.lstrip("-") == "position")
        for row in self.result_list:
            row.sortable = sortable
        admin: Any = self.model_admin
        admin.describe_rows(request, list(self.result_list))


class PositionField(forms.IntegerField):
    """Counts from 1 on the page and from 0 in the row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**(kwargs | {"min_value": 0, "max_value": LARGEST_ID}))
        self.widget.attrs |= {"min": "1", "class": "place", "inputmode": "numeric"}
        del self.widget.attrs["max"]

    def prepare_value(self, value: Any) -> Any:
        return value + 1 if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        number = super().to_python(value)
        return None if number is None else number - 1


class PositionForm(ModelForm):
    position = PositionField(label=_("order"))


def read_drag(body: bytes) -> list[int]:
    """The ids in a message of the list's drag, in their new order."""
    try:
        pairs = json.loads(body)["updatedItems"]
        places = {int(pk): int(place) for pk, place in pairs}
    except (KeyError, RecursionError, TypeError, ValueError) as error:
        raise BadRequest("This is not an order.") from error
    if not places or len(places) > DRAG_LIMIT or not all(0 < pk <= LARGEST_ID for pk in places):
        raise BadRequest("This is not an order.")
    return sorted(places, key=lambda pk: places[pk])


def typed_places(formset: Any) -> dict[int, int]:
    """By key the new position of each row whose number was changed; none where one is refused."""
    if not formset.is_valid():
        return {}
    stored = (form for form in formset.forms if form.instance.pk)
    changed = (form for form in stored if form.has_changed())
    return {form.instance.pk: form.cleaned_data["position"] for form in changed}


def edition_with_rows(model: type[Any], keys: Sequence[int]) -> Edition | None:
    """The one edition that all these rows stand in."""
    rows = model._default_manager.filter(pk__in=keys).select_related("edition")
    editions = {row.edition for row in rows}
    whole = len(rows) == len(keys) and len(editions) == 1
    return editions.pop() if whole else None


class PartAutocomplete(AutocompleteJsonView):
    """Offers parts by their code and first words."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with refuse_bad_requests():
            return super().get(request, *args, **kwargs)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": part_label(obj)}


def search_parts(
    queryset: QuerySet[Any], term: str, matching: Callable[[str], QuerySet[Any]]
) -> QuerySet[Any]:
    """Every word stands in the row itself, as `matching` finds it, or in a translation of it."""
    queryset = completeness.with_part_key(queryset)
    for bit in smart_split(term):
        here = matching(bit).order_by().values("pk")
        elsewhere = completeness.keys_with_translation(queryset.model, unquoted(bit))
        queryset = queryset.filter(Q(pk__in=here) | Q(key__in=elsewhere))
    return queryset


def unquoted(bit: str) -> str:
    """A word, or several in quotation marks, without these."""
    quoted = len(bit) > 1 and bit[0] == bit[-1] and bit[0] in "\"'"
    return unescape_string_literal(bit) if quoted else bit
