"""Make a scheme, and name the programmes of one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.models import Programme, Scheme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assessment.models import Organisation


@dataclass(frozen=True, slots=True)
class NamedProgramme:
    name: str
    institution: str = ""
    sector: str = ""


@transaction.atomic
def make_scheme(
    *,
    name: str,
    programmes: Sequence[NamedProgramme],
    now: datetime,
    owner: Organisation | None = None,
    country: str = "",
    areas: Sequence[str] = (),
    municipality: str = "",
) -> Scheme:
    """`areas` and `municipality` in the country's own words; no owner: of who answers alone."""
    scheme = Scheme.objects.create(
        name=name,
        owner=owner,
        country=country,
        areas=list(areas),
        municipality=municipality,
        created_at=now,
    )
    name_programmes(scheme=scheme, programmes=programmes)
    return scheme


def name_programmes(*, scheme: Scheme, programmes: Sequence[NamedProgramme]) -> None:
    """The scheme's named programmes are exactly these."""
    scheme.programme_set.all().delete()
    Programme.objects.bulk_create(
        Programme(scheme=scheme, position=position, **asdict(programme))
        for position, programme in enumerate(programmes)
    )
