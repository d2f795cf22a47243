"""Start a response: the scheme with its programmes, and the secret of the return link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from assessment.actions.responses.return_link import hash_of_secret, new_secret, renew_link
from assessment.models import Programme, Response, Scheme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from assessment.models import Edition


@dataclass(frozen=True, slots=True)
class NamedProgramme:
    name: str
    institution: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """`secret` is known only here: the database keeps its hash."""

    response: Response
    secret: str


def start_response(
    *,
    edition: Edition,
    profile: Mapping[str, int | str],
    programmes: Sequence[NamedProgramme],
    name: str,
    language: str,
    key: str,
    notice: str,
    now: datetime,
    demo: bool = False,
) -> Started:
    """Make scheme and response; the same `key` again gives the same response and a new link."""
    secret = new_secret()
    try:
        with transaction.atomic():
            scheme = Scheme.objects.create(name=name, created_at=now, **profile)
            name_programmes(scheme=scheme, programmes=programmes)
            response = Response.objects.create(
                edition=edition,
                scheme=scheme,
                language=language,
                secret_hash=hash_of_secret(secret),
                key=key,
                notice=notice,
                demo=demo,
                created_at=now,
            )
    except IntegrityError:
        return _started_before(key)
    return Started(response=response, secret=secret)


def _started_before(key: str) -> Started:
    """What the database refused to make twice; raises Response.DoesNotExist for other refusals."""
    response = Response.objects.get(key=key)
    return Started(response=response, secret=renew_link(response=response))


def name_programmes(*, scheme: Scheme, programmes: Sequence[NamedProgramme]) -> None:
    """The scheme's named programmes are exactly these."""
    scheme.programme_set.all().delete()
    Programme.objects.bulk_create(
        Programme(
            scheme=scheme,
            name=programme.name,
            institution=programme.institution,
            sector=programme.sector,
            position=position,
        )
        for position, programme in enumerate(programmes)
    )
