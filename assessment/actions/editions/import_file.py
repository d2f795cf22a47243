"""Import an uploaded file, once, into a draft or as a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext

from assessment.actions.editions.import_bank import import_as_new_draft, import_bank
from assessment.models import Edition, Upload
from assessment.models.history import log_sentence

if TYPE_CHECKING:
    from datetime import datetime

    from assessment.interchange.bank_file import BankFile


class UploadGone(Exception):
    """The file was imported already, or another one took its place."""


@transaction.atomic
def import_upload(
    *, upload: Upload, bank: BankFile, into: Edition | None, seen: str, now: datetime
) -> Edition:
    """The draft `into`, or a new one from the upload's edition, with what stands in the file.

    The upload goes with its import: of two clicks, the second raises UploadGone. `seen` is the
    fingerprint of `into` as the person was shown it. Raises NotADraft, ChangedMeanwhile.
    """
    locked = Upload.objects.select_for_update().only("pk").filter(pk=upload.pk).first()
    if locked is None:
        raise UploadGone
    content: Any = {"instrument": bank.instrument, "translations": bank.translations, "now": now}
    if into is None:
        draft = import_as_new_draft(edition=upload.edition, **content)
    else:
        draft = import_bank(into=into, seen=seen, **content)
    log_sentence(draft, import_sentence(upload.name))
    locked.delete()
    return draft


def import_sentence(name: str) -> str:
    """In the history of the draft."""
    return gettext("Imported from the file %(name)s.") % {"name": name}
