"""A round of many respondents: its board, its result, and closing it."""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.make import make_round, open_round
from assessment.actions.rounds.schemes import make_scheme
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import SECTORS, TIERS
from assessment.models import Answer, Membership, Organisation, Response, Round
from assessment.models.organisations import Duty
from tools.bench.client import count_queries
from tools.bench.table import Measurement

if TYPE_CHECKING:
    from tools.bench.measured_site import MeasuredSite

PAGES = ("", "report/", "report/brief/", "result.json")
QUERIES, PAGE_MS, CLOSING_MS = 15, 300, 2_000


@override_settings(SECOND_FACTOR_REQUIRED=False)  # facilitators sign in by their password alone
def round_of_many(site: MeasuredSite, number: int) -> list[Measurement]:
    """Each page asked once to warm it, then measured in processor time of this process."""
    made = filled_round(site, number)
    client = facilitator_of(made)
    rows = [_page(client, made, "", number)]
    began = time.process_time()
    close_round(round=made, now=timezone.now())
    closing = (time.process_time() - began) * 1000
    rows.append(
        Measurement(f"closing a round of {number}", "ms", [round(closing)], bound=CLOSING_MS)
    )
    return rows + [_page(client, made, page, number) for page in PAGES[1:]]


def _page(client: Client, made: Round, page: str, number: int) -> Measurement:
    address = f"/rounds/{made.uuid}/{page}"
    client.get(address)
    queries = count_queries(lambda: client.get(address))
    began = time.process_time()
    found = client.get(address)
    spent = (time.process_time() - began) * 1000
    if found.status_code != 200:
        raise RuntimeError(f"{found.status_code} at {address}")
    return Measurement(
        f"round of {number}: {page or 'board'}",
        "ms",
        [round(spent)],
        bound=PAGE_MS,
        remarks={"queries": queries, "within": queries <= QUERIES},
    )


@transaction.atomic
def filled_round(site: MeasuredSite, number: int) -> Round:
    """Open, every group of it with respondents who have submitted everything they were asked."""
    random, now = Random(number), timezone.now()
    owner = Organisation.objects.create(name=f"Bench {number}", created_at=now)
    scheme = make_scheme(name="Joint scheme", programmes=(), now=now, owner=owner)
    made = open_round(
        round=make_round(
            scheme=scheme, edition=site.edition, profile=site.example["profile"], now=now
        ),
        now=now,
    )
    seats = [(sector, tier) for sector in SECTORS for tier in TIERS]
    responses = Response.objects.bulk_create(
        Response(
            round=made,
            tier=seats[n % len(seats)][1],
            sector=seats[n % len(seats)][0],
            secret_hash=f"{number}-{n}".rjust(64, "0"),
            notice="1",
            created_at=now,
            submitted_at=made.moment(now),
        )
        for n in range(number)
    )
    asked = {
        seat: [
            q
            for q in site.instrument.questions
            if kind_of(q).has_levels and q.routed_to(*seat[::-1])
        ]
        for seat in seats
    }
    Answer.objects.bulk_create(
        (
            Answer(
                response=one,
                code=q.code,
                status="answered",
                value=random.randint(0, 4),
                updated_at=now,
            )
            for one in responses
            for q in asked[one.sector, one.tier]
        ),
        batch_size=2_000,
    )
    return made


def facilitator_of(made: Round) -> Client:
    owner = Organisation.objects.get(schemes=made.scheme)
    user, _new = User.objects.get_or_create(username=f"bench-{made.pk}")
    now = timezone.now()
    Membership.objects.create(
        organisation=owner, user=user, duty=Duty.FACILITATOR, since=now.date()
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client
