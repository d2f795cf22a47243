"""What members of organisations hold in a hostile run: an organisation, and rounds in each state.

Each row is put back after a request that changed it, and what came beside it is taken away.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.utils import timezone

from assessment.actions.organisations.invite import invite_member, secret_of_invitation
from assessment.actions.responses.save_answers import read_submitted, save_answers
from assessment.actions.responses.start import add_response
from assessment.actions.responses.submit import submit_response
from assessment.actions.rounds.close import close_round
from assessment.actions.rounds.invite import Invitee, invite, make_open_link
from assessment.actions.rounds.make import make_round, open_round
from assessment.actions.rounds.places import secret_of_nonce
from assessment.actions.rounds.schemes import NamedProgramme, make_scheme
from assessment.instrument.kinds.registry import kind_of
from assessment.models import (
    Invitation,
    MemberInvitation,
    Membership,
    OpenLink,
    Organisation,
    OutgoingMail,
    Programme,
    Round,
)
from assessment.web.policy import ACCOUNT, FACILITATOR, LEADER, OTHER_MEMBER, VIEWER, Role
from tools.hostile.addresses import (
    CLOSED_ROUND,
    LINK,
    MEMBER,
    OPEN_ROUND,
    ORGANISATION,
    PERSON,
    PREPARED_ROUND,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from assessment.models import Edition, Scheme

FIRST_ACCOUNT = 7_100_000
"""Accounts have keys of their own: what is put back must not meet what others made."""
DUTIES = {VIEWER: "viewer", FACILITATOR: "facilitator", LEADER: "owner"}
WITH_ACCOUNT = (ACCOUNT, OTHER_MEMBER, *DUTIES)
SEATS = (("national", "social_protection"), ("local", "agriculture"))
LEVEL = 3


class Members:
    """`users` by role; `secrets` by the beginning of the address that each of them opens."""

    def __init__(self, edition: Edition) -> None:
        now = timezone.now()
        self.users: Mapping[Role, User] = {
            role: User.objects.create(pk=FIRST_ACCOUNT + number, username=f"{number} {role.name}")
            for number, role in enumerate(WITH_ACCOUNT)
        }
        here = Organisation.objects.create(uuid=ORGANISATION, name="Ministry", created_at=now)
        elsewhere = Organisation.objects.create(name="Another ministry", created_at=now)
        self._join(here, now)
        Membership.objects.create(
            organisation=elsewhere, user=self.users[OTHER_MEMBER], duty="owner", since=now.date()
        )
        invited, _mail = invite_member(
            organisation=here,
            address="nina@example.org",
            duty="viewer",
            by=None,
            language="en",
            origin="http://localhost",
            now=now,
        )
        MemberInvitation.objects.filter(pk=invited.pk).update(id=MEMBER)
        schemes = [rounds_of(here, edition, uuid, now) for uuid in _ROUNDS]
        place = Invitation.objects.get(uuid=PERSON)
        self.secrets = {
            "invitation": secret_of_nonce(place.nonce),
            "join": secret_of_invitation(MemberInvitation.objects.get(pk=MEMBER)),
        }
        self.here, self.elsewhere, self.schemes = here, elsewhere, schemes
        self.rows = list(self._rows())

    def _join(self, here: Organisation, now: datetime) -> None:
        """One of each duty, and one more, who can be changed without ending the others."""
        for role, duty in DUTIES.items():
            Membership.objects.create(
                organisation=here, user=self.users[role], duty=duty, since=now.date()
            )
        more = User.objects.create(pk=FIRST_ACCOUNT + len(WITH_ACCOUNT), username="one more")
        Membership.objects.create(
            pk=MEMBER, organisation=here, user=more, duty="viewer", since=now.date()
        )

    def _sets(self) -> Iterable[QuerySet[Any]]:
        """What belongs to them, each before what hangs on it."""
        organisations = [self.here, self.elsewhere]
        rounds = Round.objects.filter(scheme__in=self.schemes)
        yield User.objects.filter(pk__gte=FIRST_ACCOUNT, pk__lte=FIRST_ACCOUNT + len(WITH_ACCOUNT))
        yield Organisation.objects.filter(pk__in=[one.pk for one in organisations])
        yield Membership.objects.filter(organisation__in=organisations)
        yield MemberInvitation.objects.filter(organisation__in=organisations)
        yield type(self.schemes[0])._default_manager.filter(pk__in=[s.pk for s in self.schemes])
        yield Programme.objects.filter(scheme__in=self.schemes)
        yield rounds
        yield Invitation.objects.filter(round__in=rounds)
        yield OpenLink.objects.filter(round__in=rounds)

    def _rows(self) -> Iterable[Model]:
        for rows in self._sets():
            yield from rows

    def put_back(self) -> None:
        OutgoingMail.objects.all().delete()
        new = Round.objects.filter(scheme__owner__in=[self.here, self.elsewhere])
        new.filter(state=Round.State.DRAFT).exclude(scheme__in=self.schemes).delete()
        accounts = [user.pk for user in self.users.values()]
        for table in (EmailAddress, Authenticator):
            table.objects.filter(user__in=accounts).delete()
        kept = {(type(row), row.pk) for row in self.rows}
        for rows in list(self._sets())[::-1]:
            for row in rows:
                if (type(row), row.pk) not in kept:
                    row.delete()
        for row in self.rows:
            row.save()


_ROUNDS = (PREPARED_ROUND, OPEN_ROUND, CLOSED_ROUND)


def rounds_of(owner: Organisation, edition: Edition, uuid: UUID, now: datetime) -> Scheme:
    """A scheme with one round: prepared, open with a place and a link, or closed with a result."""
    programmes = [NamedProgramme("Juntos", "Ministry", "social_protection"), NamedProgramme("Haku")]
    scheme = make_scheme(name="Joint scheme", programmes=programmes, owner=owner, now=now)
    made = make_round(scheme=scheme, edition=edition, profile={}, minimum=3, now=now)
    Round.objects.filter(pk=made.pk).update(uuid=uuid)
    made.refresh_from_db()
    if uuid == PREPARED_ROUND:
        return scheme
    made = open_round(round=made, now=now)
    if uuid == CLOSED_ROUND:
        answer_and_close(made, now)
        return scheme
    (place,) = invite(
        round=made, people=[Invitee("Ana", "ana@example.org", "", "local", "agriculture")]
    )
    Invitation.objects.filter(pk=place.pk).update(uuid=PERSON)
    link = make_open_link(
        round=made, tier="local", sector="agriculture", limit=500, closes_at=now + timedelta(days=9)
    )
    OpenLink.objects.filter(pk=link.pk).update(uuid=LINK)
    return scheme


def answer_and_close(made: Round, now: datetime) -> None:
    """As many people of each seat as are shown, who all say the same."""
    bank = made.edition.instrument()
    for tier, sector in SEATS:
        asked = [q for q in bank.questions if q.dimension and q.routed_to(tier, sector)]
        answers = {q.code: LEVEL for q in asked if kind_of(q).has_levels and not q.shown_if}
        for _person in range(made.minimum or 0):
            response = add_response(
                round=made,
                tier=tier,
                sector=sector,
                language=made.edition.language,
                notice="",
                now=now,
            ).response
            sent = read_submitted(instrument=bank, answers=answers, notes={})
            save_answers(response=response, answers=sent, now=now)
            submit_response(response=response, now=now)
    close_round(round=made, now=now)
