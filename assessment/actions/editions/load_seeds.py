"""Load an instrument read from seeds/ into a draft; published editions are never touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from assessment.actions.editions.write_bank import WriteSummary, write_bank
from assessment.instrument.seeds import plain_scale
from assessment.models import Edition
from assessment.models.history import log_sentence

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.instrument.model import Instrument


@dataclass(frozen=True, slots=True)
class LoadReport:
    """`written` is None where an edition with exactly this content stands already."""

    edition: Edition
    written: WriteSummary | None


@transaction.atomic
def load_seeds(*, instrument: Instrument, now: datetime) -> LoadReport:
    """Make or update the draft of the instrument's name; loading the same again changes nothing."""
    same = Edition.objects.filter(content_hash=instrument.content_hash).exclude(content_hash="")
    if edition := same.order_by("-number").first():
        return LoadReport(edition=edition, written=None)
    edition = draft_named(instrument=instrument, now=now)
    written = write_bank(edition=edition, instrument=instrument)
    log_sentence(edition, written.in_words)
    return LoadReport(edition=edition, written=written)


def draft_of_newer_seeds(*, instrument: Instrument, number: int, now: datetime) -> Edition | None:
    """A draft of a bank that is newer than every edition here; None where there is nothing to do.

    Made once: what people have done with it since, or with another of its name, is theirs.
    """
    known = Edition.objects.filter(name=instrument.name).exists()
    if known or Edition.objects.filter(number__gte=number).exists():
        return None
    return load_seeds(instrument=instrument, now=now).edition


def draft_named(*, instrument: Instrument, now: datetime) -> Edition:
    """The newest draft of the instrument's name, locked; made where there is none."""
    drafts = Edition.objects.select_for_update()
    drafts = drafts.filter(state=Edition.State.DRAFT, name=instrument.name)
    return drafts.order_by("-id").first() or Edition.objects.create(
        name=instrument.name,
        language=instrument.language,
        scale=plain_scale(instrument.scale),
        created_at=now,
    )
