"""The order of the parts of an edition, moved by drag or by number: 0, 1, 2 … in the rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext

from assessment.admin.core.bad_requests import LARGEST_ID
from assessment.models.history import log_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assessment.models import Edition

DRAG_LIMIT = 2000


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


def resequence_parts(*, model: Any, edition: Edition, sequence: Sequence[int]) -> dict[int, int]:
    """Give the places that these rows hold among them to the rows in the order of `sequence`."""
    rows = _rows(model, edition.pk)
    held = set(sequence)
    following = iter(sequence)
    order = [next(following) if pk in held else pk for pk in rows]
    _tell(model, edition, rows, order)
    return _write(model, rows, order)


def reorder_parts(*, model: Any, edition: Edition, wanted: Mapping[int, int]) -> dict[int, int]:
    """Put each row of `wanted` at its place; the others keep their order around them."""
    rows = _rows(model, edition.pk)
    order = [pk for pk in rows if pk not in wanted]
    for pk, place in sorted(wanted.items(), key=lambda item: item[1]):
        order.insert(place, pk)
    if wanted:
        _tell(model, edition, rows, order)
    return _write(model, rows, order)


def _rows(model: Any, edition_id: int) -> dict[int, Any]:
    rows = model.objects.filter(edition_id=edition_id).only("code", "position")
    return {row.pk: row for row in rows.order_by("position", "pk").select_for_update()}


def _tell(model: Any, edition: Edition, rows: Mapping[int, Any], order: Sequence[int]) -> None:
    """One sentence in the history of the edition, with the places as the list counts them."""
    moved = [
        f"{rows[pk].code} {rows[pk].position + 1} → {place}"
        for place, pk in enumerate(order, start=1)
        if rows[pk].position + 1 != place
    ]
    if moved:
        words = gettext("New order of %(objects)s: %(places)s.")
        objects = model._meta.verbose_name_plural
        log_sentence(edition, words % {"objects": objects, "places": ", ".join(moved)})


def _write(model: Any, rows: Mapping[int, Any], order: Iterable[int]) -> dict[int, int]:
    moved = {pk: place for place, pk in enumerate(order) if rows[pk].position != place}
    for pk, place in moved.items():
        rows[pk].position = place
    model.objects.bulk_update([rows[pk] for pk in moved], ["position"], batch_size=200)
    return moved
