"""The acts of the record and the things they were done to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assessment.models.organisations import Duty

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
    "account_made": _("made an account"),
    "account_changed": _("changed an account or its rights"),
    "account_deleted": _("deleted an account"),
    "organisation_made": _("made an organisation"),
    "organisation_changed": _("changed what an organisation says of itself"),
    "logo_added": _("added a logo"),
    "logo_deleted": _("deleted a logo"),
    "member_invited": _("invited a member"),
    "member_reminded": _("reminded somebody of an invitation"),
    "member_invitation_withdrawn": _("withdrew the invitation of a member"),
    "member_joined": _("became a member"),
    "duty_changed": _("changed what a member may do"),
    "member_removed": _("removed a member"),
    "member_left": _("left the organisation"),
    "handed_over": _("handed the organisation over"),
    "round_made": _("made a round"),
    "round_changed": _("changed a round"),
    "round_opened": _("opened a round"),
    "round_closed": _("closed a round"),
    "people_invited": _("entered people of a round"),
    "person_replaced": _("replaced a person of a round"),
    "place_ended": _("ended a person's place in a round"),
    "open_link_made": _("made a link for a group"),
    "open_link_ended": _("ended the link of a group"),
    "link_shown": _("looked at the link of a person"),
    "invitations_sent": _("sent invitations"),
    "reminders_sent": _("sent reminders"),
    "pack_read": _("took the facilitator's pack of a round"),
    "joint_session_prepared": _("prepared the joint session of a round"),
    "joint_session_ended": _("ended the joint session of a round"),
    "signatory_named": _("named who signs the result of a round"),
    "result_signed": _("signed the result of a round, or refused to"),
    "answers_agreed": _("recorded what a round agreed on"),
    "assessment_erased": _("erased an assessment"),
    "response_read": _("looked at a response"),
    "responses_exported": _("exported responses"),
    "result_read": _("read a result"),
    "result_exported": _("took out a result as a file"),
}
KINDS: dict[str, StrPromise] = {
    "user": _("account"),
    "organisation": _("organisation"),
    "round": _("round"),
    "scheme": _("scheme"),
    "invitation": _("invitation"),
    "response": _("response"),
    "result": _("result"),
    "edition": _("edition"),
}
"""By the name of the table; what is not here is shown by that name."""
DETAILS: dict[str, StrPromise] = {
    "account": _("account number"),
    "duty": _("duty"),
    "factors": _("factors"),
    "file": _("file"),
    "kind": _("kind"),
    "limit": _("at most"),
    "number": _("number"),
}
VALUES: dict[str, StrPromise] = {
    **{duty.value: duty.label for duty in Duty},
    "totp": _("app"),
    "webauthn": _("passkey"),
}
"""Words of details; what is not here is shown as it is."""
