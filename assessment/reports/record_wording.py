"""The acts of the record and the things they were done to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ACTS: dict[str, StrPromise] = {
    "signed_in": _("signed in"),
    "sign_in_refused": _("typed a wrong password"),
    "signed_out": _("signed out"),
    "factor_added": _("added a second factor"),
    "factor_removed": _("removed a second factor"),
    "codes_made": _("made new recovery codes"),
    "second_factor_reset": _("took the second factors off an account"),
    "password_changed": _("changed the password"),
    "password_reset": _("set the password anew by a link"),
    "address_confirmed": _("confirmed an e-mail address"),
    "session_ended": _("ended sessions elsewhere"),
    "answers_erased": _("single answers of a round were erased"),
    "person_erased": _("erased a person from a round, as she asked"),
    "round_deleted": _("deleted a round"),
    "scheme_deleted": _("deleted a scheme with its rounds"),
    "place_deleted": _("deleted the invitation of a person"),
    "place_restored": _("put the invitation of a person back"),
    "round_exported": _("took the result of a round out as a file"),
}
KINDS: dict[str, StrPromise] = {
    "user": _("account"),
    "round": _("round"),
    "scheme": _("scheme"),
    "invitation": _("invitation"),
    "response": _("response"),
}
"""By the name of the table; what is not here is shown by that name."""
