"""What each role of a hostile run holds, and how it is put back after a request that changed it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from assessment.actions.editions.start_draft import start_draft
from assessment.actions.responses.return_link import new_secret
from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.actions.responses.start import add_response, start_response
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.make import make_round, open_round
from assessment.actions.rounds.schemes import NamedProgramme
from assessment.instrument.seeds import SEEDS
from assessment.models import Edition, Response, Result, Round
from assessment.web.policy import HOLDER, OWNER, STRANGER, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

ADMINISTRATOR = 7_000_001


class People:
    """An open response and a closed one, a seat in a round of several, and somebody else's."""

    def __init__(self) -> None:
        edition = published_edition()
        self.still_open, self.closed = new_response(edition), new_response(edition)
        answer_some(self.closed)
        submit_response(response=self.closed, now=timezone.now())
        self.closed.refresh_from_db()
        self.held: Mapping[Role, tuple[Response, ...]] = {
            OWNER: (self.still_open, self.closed),
            HOLDER: (new_seat(self.still_open.round),),
            STRANGER: (new_response(edition),),
        }
        responses = [one for held in self.held.values() for one in held]
        self.rows: dict[type[Model], dict[Any, Model]] = {
            Round: {**Round.objects.in_bulk([one.round_id for one in responses])},
            Response: {one.pk: one for one in responses},
        }

    def put_back(self) -> None:
        """Open again, or closed again, and opened by the links that the devices hold."""
        here = Q(round__in=self.rows[Round])
        Response.objects.filter(here).exclude(pk__in=self.rows[Response]).delete()
        for model, rows in self.rows.items():
            for pk, row in rows.items():
                values = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
                model._default_manager.filter(pk=pk).update(**values)
        Result.objects.filter(here).exclude(response=self.closed).delete()


def published_edition() -> Edition:
    """The current one; where staff withdrew it, it is published again, and there is a draft."""
    Edition.objects.filter(state=Edition.State.RETIRED).update(state=Edition.State.PUBLISHED)
    edition = Edition.objects.current()
    if edition is None:
        raise RuntimeError("no edition is published")
    if not Edition.objects.filter(state=Edition.State.DRAFT).exists():
        start_draft(edition=edition, now=timezone.now())
    return edition


def restore_administrator() -> User:
    """As she was, whatever she was made to do to herself."""
    rights = {"username": "soak", "is_superuser": True, "is_staff": True, "is_active": True}
    return User.objects.update_or_create(pk=ADMINISTRATOR, defaults=rights)[0]


def example() -> dict[str, Any]:
    return tomllib.loads((SEEDS / "example.toml").read_text(encoding="utf-8"))


def new_response(edition: Edition) -> Response:
    told = example()
    return start_response(
        edition=edition,
        profile=told["profile"],
        programmes=[NamedProgramme(**programme) for programme in told["programme"]],
        name=told["name"],
        language=edition.language,
        key=new_secret(),
        notice=told["notice"],
        now=timezone.now(),
    ).response


def answer_some(response: Response) -> None:
    instrument = response.edition.instrument()
    answers = read_submitted(instrument=instrument, answers=example()["answers"], notes={})
    save_answers(response=response, answers=answers, now=timezone.now())


def new_seat(like: Round) -> Response:
    now = timezone.now()
    several = make_round(scheme=like.scheme, edition=like.edition, profile=like.profile, now=now)
    return add_response(
        round=open_round(round=several, now=now),
        tier="local",
        sector="agriculture",
        language=like.edition.language,
        notice="",
        now=now,
    ).response
