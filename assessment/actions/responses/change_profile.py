"""Change what is known of a scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.responses.start import NamedProgramme, name_programmes
from assessment.actions.responses.submit import lock_open_response
from assessment.instrument.model import PROFILE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assessment.models import Response


@transaction.atomic
def change_profile(
    *,
    response: Response,
    profile: Mapping[str, int | str],
    programmes: Sequence[NamedProgramme],
    name: str,
) -> None:
    """A field that `profile` lacks becomes unknown; raises AlreadySubmitted."""
    scheme = lock_open_response(response=response).scheme
    for field in PROFILE_FIELDS:
        unknown = None if field == "programmes" else ""
        setattr(scheme, field, profile.get(field, unknown))
    scheme.name = name
    scheme.save()
    name_programmes(scheme=scheme, programmes=programmes)
