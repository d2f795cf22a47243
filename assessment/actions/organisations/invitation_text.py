"""What an invitation and its reminder say; nothing where it is over by the time they are sent."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessment.actions.mail.mail_text import MailText
from assessment.actions.organisations.invite import secret_of_invitation
from assessment.models import MemberInvitation, OutgoingMail


def invitation_text(mail: OutgoingMail) -> MailText | None:
    invited = _invitation(mail)
    if invited is None:
        return None
    subject = _("Invitation to %(organisation)s") % {"organisation": invited.organisation.name}
    return MailText(
        subject, (_first(invited), _("Open the link to see it:")), *_rest(mail, invited)
    )


def reminder_text(mail: OutgoingMail) -> MailText | None:
    invited = _invitation(mail)
    if invited is None:
        return None
    name = {"organisation": invited.organisation.name}
    subject = _("Still open: invitation to %(organisation)s") % name
    return MailText(
        subject, (_first(invited), _("You have not answered yet:")), *_rest(mail, invited)
    )


def _invitation(mail: OutgoingMail) -> MemberInvitation | None:
    rows = MemberInvitation.objects.select_related("organisation", "invited_by")
    return rows.filter(pk=mail.params["invitation"]).first()


def _first(invited: MemberInvitation) -> str:
    words = {
        "organisation": invited.organisation.name,
        "duty": invited.get_duty_display(),
        "person": "",
    }
    if invited.invited_by is None:
        sentence = _("You are invited to “%(organisation)s” on this site, as %(duty)s.")
        return sentence % words
    words["person"] = invited.invited_by.get_full_name() or invited.invited_by.get_username()
    sentence = _("%(person)s invites you to “%(organisation)s” on this site, as %(duty)s.")
    return sentence % words


def _rest(mail: OutgoingMail, invited: MemberInvitation) -> tuple[str, tuple[str, ...]]:
    """The link, and what stands below it."""
    link = mail.origin + reverse("join", args=[secret_of_invitation(invited)])
    until = {"day": date_format(invited.ends_at.date())}
    return link, (
        _("The invitation is for you alone and ends on %(day)s. Do not pass the link on.") % until,
        _("If you do not expect it, delete this message: nothing happens then."),
    )
