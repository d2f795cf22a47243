"""What an organisation says of itself, and its logos."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.clean_text import clean_line
from assessment.actions.organisations.members import lock_members
from assessment.actions.record import record_act
from assessment.models import Organisation, OrganisationLogo
from assessment.models.site import MOST_LOGOS

if TYPE_CHECKING:
    from assessment.actions.logos import DrawnLogo


class TooManyLogos(Exception):
    """All places are taken: one has to go first."""


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """As they were typed and checked; lines are cleaned where they are stored."""

    name: str
    contact: str
    reply_to: str
    time_zone: str
    languages: list[str]
    months_kept: int


@transaction.atomic
def change_details(*, organisation: Organisation, details: OrganisationDetails) -> None:
    """Raises BadText."""
    values = asdict(details)
    values |= {name: clean_line(values[name]) for name in ("name", "contact")}
    Organisation.objects.filter(pk=organisation.pk).update(**values)
    record_act("organisation_changed", organisation)


@transaction.atomic
def add_logo(*, organisation: Organisation, drawn: DrawnLogo, alternative: str) -> None:
    """At the first free place. Raises BadText, TooManyLogos."""
    lock_members(organisation)
    taken = set(organisation.logos.values_list("position", flat=True))
    free = [place for place in range(1, MOST_LOGOS + 1) if place not in taken]
    if not free:
        raise TooManyLogos
    OrganisationLogo.objects.create(
        organisation=organisation,
        position=free[0],
        alternative=clean_line(alternative),
        **asdict(drawn),
    )
    record_act("logo_added", organisation)


@transaction.atomic
def delete_logo(*, organisation: Organisation, logo: int) -> None:
    """Pressed twice it is no fault."""
    deleted, _tables = OrganisationLogo.objects.filter(organisation=organisation, pk=logo).delete()
    if deleted:
        record_act("logo_deleted", organisation)
