"""The order of the parts of a draft: 0, 1, 2 … in the rows, whoever moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from assessment.models import Edition, Question
from assessment.models.history import log_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assessment.models.editions import Part


@transaction.atomic
def add_part(*, part: Part) -> None:
    """Save a new part as the last one, a question as the last of its dimension.

    Raises NotADraft.
    """
    edition = Edition.objects.lock_draft(part.edition_id)
    part.position = _position_of_new(part)
    part.save()
    rows = _rows(type(part), edition.pk)
    _write(type(part), rows, rows)


@transaction.atomic
def resequence_parts(*, model: Any, edition: Edition, sequence: Sequence[int]) -> dict[int, int]:
    """Give the positions that these rows hold among them to the rows in the order of `sequence`.

    Returns the position of each row that moved, by its key. Raises NotADraft.
    """
    draft = Edition.objects.lock_draft(edition.pk)
    rows = _rows(model, draft.pk)
    moving = set(sequence)
    following = iter(sequence)
    order = [next(following) if pk in moving else pk for pk in rows]
    _log_order(model, draft, rows, order)
    return _write(model, rows, order)


@transaction.atomic
def reorder_parts(*, model: Any, edition: Edition, places: Mapping[int, int]) -> None:
    """Put each row of `places` at its position; the others keep their order around them.

    Raises NotADraft.
    """
    draft = Edition.objects.lock_draft(edition.pk)
    rows = _rows(model, draft.pk)
    order = [pk for pk in rows if pk not in places]
    for pk, place in sorted(places.items(), key=lambda item: item[1]):
        order.insert(place, pk)
    if places:
        _log_order(model, draft, rows, order)
    _write(model, rows, order)


def _position_of_new(part: Part) -> int:
    same: Any = type(part)._default_manager.filter(edition=part.edition_id)
    if isinstance(part, Question):
        last = _last_position(same.filter(dimension=part.dimension_id))
        if last is not None:
            return last
    last = _last_position(same)
    return 0 if last is None else last + 1


def _last_position(rows: Any) -> int | None:
    last: int | None = rows.aggregate(Max("position"))["position__max"]
    return last


def _rows(model: Any, edition_id: int) -> dict[int, Any]:
    """In their order; of two at one position the older stands first."""
    rows = model.objects.filter(edition_id=edition_id).only("code", "position")
    return {row.pk: row for row in rows.order_by("position", "pk").select_for_update()}


def _log_order(model: Any, edition: Edition, rows: Mapping[int, Any], order: Sequence[int]) -> None:
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
