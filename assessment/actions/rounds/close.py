"""Close a round of several: judge it once, from what was submitted until then."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from assessment.actions.record import record_act
from assessment.actions.responses.lock import RoundNotOpen
from assessment.actions.rounds.places import freeze_places
from assessment.actions.rounds.store_result import store_result
from assessment.method.assess import assess
from assessment.method.result import Respondent
from assessment.models import Answer, Result, Round
from assessment.models.queries.round_process import process_at_closing
from assessment.models.responses import AnswerRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.instrument import answers as values
    from assessment.method import result as method


class ClosedBySubmitting(Exception):
    """Who answers alone closes the round by submitting."""


@dataclass(frozen=True, slots=True)
class RoundInput:
    """Everything a round is judged from: who submitted, in no order of time, and its facts."""

    respondents: tuple[Respondent, ...]
    profile: Mapping[str, int | str]


def close_round(*, round: Round, now: datetime) -> Result:
    """The joint result, once and for ever; raises ClosedBySubmitting, RoundNotOpen.

    Worked out before the round is locked, as in `submit_response`, and again under the lock where
    somebody submitted meanwhile. A round of too few is closed too: its result says so and no more.
    """
    before = _open_round(Round.objects.select_related("edition").get(pk=round.pk))
    inputs = round_input(before)
    judged = judge_round(before, inputs)
    with transaction.atomic():
        rows = Round.objects.select_related("edition", "scheme")
        locked = _open_round(rows.select_for_update(of=("self",)).get(pk=round.pk))
        if (current := round_input(locked)) != inputs:
            judged = judge_round(locked, current)
        result = store_result(round=locked, kind=Result.Kind.JOINT, judged=judged, now=now)
        places = freeze_places(locked)
        locked.process = process_at_closing(locked, [place.state for place in places])
        locked.save(update_fields=["process"])
        locked.close(result, now)
        record_act("round_closed", locked)
    return result


def judge_round(
    round: Round, inputs: RoundInput, agreed: Mapping[str, values.Answer] | None = None
) -> method.Result:
    return assess(
        instrument=round.edition.instrument(),
        profile=inputs.profile,
        responses=inputs.respondents,
        alone=False,
        minimum=round.minimum,
        agreed=agreed,
    )


def round_input(round: Round) -> RoundInput:
    """Two queries, whatever the number of respondents; what is not submitted does not count."""
    answers: dict[int, dict[str, values.Answer]] = defaultdict(dict)
    rows = Answer.objects.filter(response__round=round, response__submitted_at__isnull=False)
    columns = rows.exclude(status="").order_by("response_id", "code")
    known: dict[tuple[str, str | None], values.Answer] = {}
    written = columns.values_list("response_id", "code", "status", Cast("value", TextField()))
    for response, code, status, value in written:
        answers[response][code] = _answer(status, value, known)
    seats = round.responses.filter(submitted_at__isnull=False).order_by("pk")
    return RoundInput(
        tuple(
            Respondent(answers.get(pk, {}), tier, sector, people)
            for pk, tier, sector, people in seats.values_list("pk", "tier", "sector", "people")
        ),
        round.facts(),
    )


def _answer(
    status: str, written: str | None, known: dict[tuple[str, str | None], values.Answer]
) -> values.Answer:
    """Each value is read once, as the database writes it: most of a thousand are one of few."""
    if (status, written) not in known:
        value = None if written is None else json.loads(written)
        known[status, written] = AnswerRow("", status, value).to_method_answer()
    return known[status, written]


def _open_round(found: Round) -> Round:
    if found.alone:
        raise ClosedBySubmitting
    if not found.is_open:
        raise RoundNotOpen
    return found
