"""Load the worked example of seeds/, marked as invented."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from django.db import transaction

from assessment.actions.responses.return_link import new_secret, renew_link
from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.actions.responses.start import Started, start_response
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.schemes import NamedProgramme
from assessment.instrument.seeds import SEEDS
from assessment.method.seats import Seat
from assessment.models import Edition, Response

if TYPE_CHECKING:
    from datetime import datetime


class NoEdition(Exception):
    """No published edition stands in the database yet."""


@transaction.atomic
def load_demo(*, now: datetime) -> Started:
    """The example as a submitted response; loading it again only gives it a new link."""
    examples = Response.objects.of_one_person().filter(round__demo=True, supersedes=None)
    loaded = examples.order_by("created_at").first()
    if loaded is not None:
        return Started(loaded, renew_link(response=loaded))
    edition = Edition.objects.current()
    if edition is None:
        raise NoEdition
    example: dict[str, Any] = tomllib.loads((SEEDS / "example.toml").read_text(encoding="utf-8"))
    started = start_response(
        edition=edition,
        profile=example["profile"],
        programmes=[NamedProgramme(**programme) for programme in example["programme"]],
        name=example["name"],
        language=edition.language,
        key=new_secret(),
        notice=example["notice"],
        now=now,
        demo=True,
        seat=Seat(**example["seat"]),
    )
    return Started(_answer_and_submit(started.response, example, now), started.secret)


def _answer_and_submit(response: Response, example: dict[str, Any], now: datetime) -> Response:
    answers = read_submitted(
        instrument=response.edition.instrument(),
        answers=example["answers"],
        notes=example.get("notes", {}),
    )
    save_answers(response=response, answers=answers, now=now)
    return submit_response(response=response, now=now)
