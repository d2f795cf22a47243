"""Erase what a round of several holds of one person, by her own link or for her by who runs it.

Before the round closes everything of hers goes and her place counts as withdrawn. Afterwards the
figures stay as they were frozen and are never worked out again; what goes is everything by which
somebody could see what she said, or that it was she.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.record import record
from assessment.actions.responses.return_link import hash_of_secret
from assessment.actions.rounds.places import response_of, round_link_hash
from assessment.models import (
    Answer,
    DeviceCode,
    Invitation,
    OutgoingMail,
    Response,
    Result,
    Round,
    SectionState,
    SessionAnswer,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

ROUND_MAILS = (
    OutgoingMail.Kind.ROUND_INVITATION,
    OutgoingMail.Kind.ROUND_REMINDER,
    OutgoingMail.Kind.ROUND_CLOSING,
)


class LinkMissing(Exception):
    """Only her link tells which place of those invited is hers."""


@dataclass(frozen=True, slots=True)
class OwnLoss:
    """What of one respondent would go, in numbers; whether the round's figures stay."""

    answers: int
    notes: int
    own_result: bool
    closed: bool


def own_loss(*, response: Response) -> OwnLoss:
    answers = response.answers.all()
    return OwnLoss(
        answers=answers.exclude(status="").count(),
        notes=answers.exclude(note="").count(),
        own_result=response.result_id is not None,
        closed=response.round.is_closed,
    )


@transaction.atomic
def erase_respondent(*, response: Response, secret: str, now: datetime) -> Response:
    """The response as it was. `secret` is that of her link.

    Raises LinkMissing where she was invited and `secret` is another; Response.DoesNotExist where
    somebody else erased it meanwhile.
    """
    round = Round.objects.select_for_update().get(pk=response.round_id)
    rows = Response.objects.filter(round=round).select_for_update()
    found = rows.get(pk=response.pk)
    if found.entry == Response.Entry.INVITATION:
        if hash_of_secret(secret) != found.secret_hash:
            raise LinkMissing
        hashed = round_link_hash(secret)
        for place in round.invitations.filter(link_hash=hashed).select_related("round__scheme"):
            _forget_person(place, closed=round.is_closed, now=now)
    if round.is_closed:
        forget_answers(rows.filter(pk=found.pk), with_links=True)
        _note_erased(round)
    else:
        _delete_response(found)
    record(None, "answers_erased", round, by="respondent", closed=round.is_closed)
    return found


@transaction.atomic
def erase_for_person(*, invitation: Invitation, by: User | None, now: datetime) -> Invitation:
    """For a person who asks through who runs the round, who sees no answer by it.

    Once the round is closed nobody can tell which answers are hers: name, address and link go here,
    and the answers by her own link.
    """
    round = Round.objects.select_for_update().get(pk=invitation.round_id)
    place = Invitation.objects.select_related("round__scheme", "mail").get(pk=invitation.pk)
    begun = None if round.is_closed else response_of(place)
    if begun is not None:
        _delete_response(begun)
    _forget_person(place, closed=round.is_closed, now=now)
    record(by, "person_erased", round, closed=round.is_closed)
    return place


def forget_answers(responses: QuerySet[Response], *, with_links: bool = False) -> None:
    """Single answers with their notes, and results of one person's own: those show her answers.

    The rows stay, because how many came in is part of what was frozen. `with_links`: nobody can
    open them any more.
    """
    of = {"response__in": list(responses.order_by().values_list("pk", flat=True))}
    own = list(responses.exclude(result=None).order_by().values_list("result", flat=True))
    responses.update(result=None)
    Result.objects.filter(pk__in=own).delete()
    for table in (Answer, SectionState, SessionAnswer, DeviceCode):
        table._default_manager.filter(**of).delete()
    if with_links:
        for pk in of["response__in"]:
            row = Response.objects.filter(pk=pk)
            row.update(secret_hash=_nowhere(), key=None, language="")


def forget_addresses(*, round: Round, emails: list[str], now: datetime) -> None:
    """In the outbox; what was not sent yet is not sent any more."""
    mails = OutgoingMail.objects.filter(
        organisation=round.scheme.owner_id, kind__in=ROUND_MAILS, to__in=emails
    )
    mails.filter(state=OutgoingMail.State.WAITING).update(
        state=OutgoingMail.State.DROPPED, finished_on=now.date(), params={}
    )
    mails.exclude(finished_on=None).update(to="")


def _forget_person(place: Invitation, *, closed: bool, now: datetime) -> None:
    if place.email:
        forget_addresses(round=place.round, emails=[place.email], now=now)
    place.name = place.email = place.institution = place.nonce = ""
    place.link_hash, place.mail, place.language = _nowhere(), None, ""
    if not closed:
        place.state = Invitation.State.WITHDRAWN
    place.save()
    # Names stand in it as they do on the board; who prints it again finds hers no more.
    place.round.pack_files.all().delete()


def _delete_response(found: Response) -> None:
    own = Result.objects.filter(response=found)
    results = list(own.values_list("pk", flat=True))
    Response.objects.filter(pk=found.pk).update(result=None)
    Result.objects.filter(pk__in=results).delete()
    found.delete()


def _note_erased(round: Round) -> None:
    round.answers_erased = True
    round.save(update_fields=["answers_erased"])


def _nowhere() -> str:
    """In place of the hash of a link: no link leads there."""
    return secrets.token_hex(32)
