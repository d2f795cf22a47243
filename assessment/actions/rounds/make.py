"""Make a round of several, and open it for respondents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from assessment.actions.record import record_act
from assessment.models import Round

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from assessment.models import Edition, Scheme


class DraftEdition(ValueError):
    """The edition is not published: it may still change."""


class MinimumTooSmall(ValueError):
    """Of so few people one could tell what each of them said."""

    def __init__(self, smallest: int) -> None:
        super().__init__(f"A group of a round has never fewer than {smallest} people.")
        self.smallest = smallest


class AlreadyOpened(Exception):
    """The round was opened before."""


@transaction.atomic
def make_round(
    *,
    scheme: Scheme,
    edition: Edition,
    profile: Mapping[str, int | str],
    now: datetime,
    questionnaire: str = Round.Questionnaire.WHOLE,
    minimum: int | None = None,
    promise_text: str = "",
    promise: Mapping[str, Any] | None = None,
    time_zone: str = settings.TIME_ZONE,
    languages: Sequence[str] = (),
    tier_words: Mapping[str, str] | None = None,
    closes_at: datetime | None = None,
) -> Round:
    """A draft of a round of several.

    `minimum` None is that of the edition, `languages` none are all that it offers; `promise` holds
    by name what respondents are promised (`models/promises.py`), `tier_words` the country's words.
    Raises DraftEdition, MinimumTooSmall.
    """
    if edition.is_draft:
        raise DraftEdition
    scale = edition.instrument().scale
    smallest_shown = scale.minimum_group if minimum is None else minimum
    if smallest_shown < scale.smallest_group:
        raise MinimumTooSmall(scale.smallest_group)
    made = Round.objects.create(
        scheme=scheme,
        edition=edition,
        profile=dict(profile),
        questionnaire=questionnaire,
        minimum=smallest_shown,
        promise_text=promise_text,
        promise=dict(promise or {}),
        time_zone=time_zone,
        languages=list(languages) or edition.languages(),
        tier_words=dict(tier_words or {}),
        closes_at=closes_at,
        state=Round.State.DRAFT,
        alone=False,
        created_at=now,
    )
    record_act("round_made", made)
    return made


@transaction.atomic
def open_round(*, round: Round, now: datetime) -> Round:
    """From now on respondents are added and answer; raises AlreadyOpened."""
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if locked.state != Round.State.DRAFT:
        raise AlreadyOpened
    locked.state, locked.opened_at = Round.State.OPEN, now
    locked.save(update_fields=["state", "opened_at"])
    record_act("round_opened", locked)
    return locked
