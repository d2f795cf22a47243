"""Load the worked rounds of seeds/: two sectors at three tiers, marked as invented."""

from __future__ import annotations

import secrets
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import transaction

from assessment.actions.responses.demo import NoEdition
from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.demo_afterwards import hold_session, plan, sign
from assessment.actions.rounds.enter import begin_by_link
from assessment.actions.rounds.invite import Invitee, invite
from assessment.actions.rounds.make import make_round, open_round
from assessment.actions.rounds.places import secret_of_nonce
from assessment.actions.rounds.schemes import NamedProgramme, make_scheme
from assessment.instrument.seeds import SEEDS
from assessment.models import Edition, Membership, Organisation, Round
from assessment.models.promises import Promise

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from assessment.models import Invitation, Scheme

FOLDER = SEEDS / "example_rounds"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`password` holds from now on; empty where the account was given more to do than this."""

    name: str
    duty: str
    password: str


@dataclass(frozen=True, slots=True)
class DemoRound:
    """The latest round, and who can sign in to read it."""

    round: Round
    accounts: tuple[DemoAccount, ...]


@transaction.atomic
def load_demo_rounds(*, now: datetime) -> DemoRound:
    """Both rounds, closed; loading them again only gives the accounts new passwords.

    Raises NoEdition.
    """
    found = Round.objects.filter(demo=True, alone=False).select_related("scheme__owner").first()
    latest = found or _make_rounds(now)
    # Who was invited to the organisation later has an address; these accounts never had one.
    members = Membership.objects.filter(organisation=latest.scheme.owner, user__email="")
    made = [
        DemoAccount(one.user.get_username(), one.duty, _new_password(one.user))
        for one in members.select_related("user").order_by("pk")
    ]
    return DemoRound(latest, tuple(made))


def _new_password(user: User) -> str:
    if user.is_staff or user.is_superuser or user.memberships.count() > 1:
        return ""
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


def _make_rounds(now: datetime) -> Round:
    edition = Edition.objects.current()
    if edition is None:
        raise NoEdition
    example = _read("scheme")
    scheme = make_scheme(
        name=example["name"],
        programmes=[NamedProgramme(**programme) for programme in example["programme"]],
        owner=_organisation(example, now),
        areas=example["areas"],
        now=now,
    )
    made: list[Round] = []
    for name in example["rounds"]:
        made.append(_make_round(scheme, edition, example, _read(name), now))
        Round.objects.filter(pk=made[-1].pk).update(carried_from=made[-2] if made[1:] else None)
    return Round.objects.select_related("scheme__owner").get(pk=made[-1].pk)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _organisation(example: Mapping[str, Any], now: datetime) -> Organisation:
    """With accounts of its own, whatever names are taken."""
    made = Organisation.objects.create(name=example["organisation"], created_at=now)
    for account in example["account"]:
        Membership.objects.create(
            organisation=made,
            user=User.objects.create_user(_free_name(account["name"])),
            duty=account["duty"],
            since=now.date(),
        )
    return made


def _free_name(wanted: str) -> str:
    names = (f"{wanted}-{number}" if number else wanted for number in count())
    return next(name for name in names if not User.objects.filter(username=name).exists())


def _make_round(
    scheme: Scheme,
    edition: Edition,
    example: Mapping[str, Any],
    held: Mapping[str, Any],
    now: datetime,
) -> Round:
    """As a facilitator does it, in its own time: invited, answered, closed."""
    closed = now - timedelta(days=held["days_ago"])
    opened = closed - timedelta(days=held["open_days"])
    made = make_round(
        scheme=scheme,
        edition=edition,
        profile=example["profile"],
        promise=Promise(**example["promise"]).as_stored(),
        closes_at=closed,
        now=opened,
    )
    Round.objects.filter(pk=made.pk).update(demo=True)
    made = open_round(round=made, now=opened)
    for group in held["group"]:
        _answer(made, group, example, opened)
    close_round(round=made, now=closed)
    _go_on(made, held, closed)
    return made


def _go_on(made: Round, held: Mapping[str, Any], closed: datetime) -> None:
    """What came afterwards, each on the result that counted then."""
    made.refresh_from_db()
    if session := held.get("session"):
        hold_session(made, session, closed)
        made.refresh_from_db()
    for one in held.get("signature", ()):
        sign(made, one, closed)
    for line in held.get("plan", ()):
        plan(made, line, closed)


def _answer(
    round: Round, group: Mapping[str, Any], example: Mapping[str, Any], opened: datetime
) -> None:
    """Of those who are invited the first answer, as many as there are answers of."""
    tier, sector = group["tier"], group["sector"]
    person = Invitee("", "", example["institutions"].get(sector, ""), tier, sector)
    places = invite(round=round, people=[person] * group["invited"])
    rows = group["answers"]
    answering = len(next(iter(rows.values())))
    for at, place in enumerate(places[:answering]):
        answers = {code: given[at] for code, given in rows.items()}
        _answer_one(round, place, answers, example["notice"], opened)


def _answer_one(
    round: Round, place: Invitation, answers: Mapping[str, Any], notice: str, now: datetime
) -> None:
    begun = begin_by_link(
        secret=secret_of_nonce(place.nonce),
        language=round.edition.language,
        notice=notice,
        now=now,
    ).response
    read = read_submitted(instrument=round.edition.instrument(), answers=answers, notes={})
    save_answers(response=begun, answers=read, now=now)
    submit_response(response=begun, now=now)
