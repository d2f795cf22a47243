"""The private link by e-mail, where a mail server is named; no address is stored.

It is sent within the request, because the outbox would have to store link and address.
"""

from __future__ import annotations

import logging
from uuid import UUID

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy

from assessment.actions.mail.mail_text import MailText
from assessment.actions.mail.mailbox import mailbox_of
from assessment.actions.mail.message import mail_message
from assessment.actions.mail.offered import sends_mail
from assessment.models import Response
from assessment.web.access import remembered_link, response_for
from assessment.web.limits import DAY, WHOLE_SITE, Limit, Try, mark_refused, source, time_in_words
from assessment.web.mail_address import OrdinaryAddressField

logger = logging.getLogger(__name__)

OF_MINUTE = Limit("mails of source in a minute", 3)
OF_DAY = (
    Limit("mails of source", 50, DAY),
    Limit("mails of response", 5, DAY),
    Limit("mails to address", 5, DAY),
    Limit("mails of site", 2_000, DAY),
)


class MailForm(forms.Form):
    use_required_attribute = False

    address = OrdinaryAddressField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("It is used for this one message and not kept."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("E-mail address: write the address to send the link to."),
            "invalid": gettext_lazy("E-mail address: write it like name@example.org."),
        },
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.layout = Layout("address")
        helper.add_input(Submit("send", gettext("Send the link")))
        return helper


def mail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    response = response_for(request, uuid)
    secret = remembered_link(request, response)
    if not (sends_mail() and secret):
        return redirect("link", uuid)
    if request.method != "POST":
        return _page(request, response, MailForm())
    form = MailForm(request.POST)
    if not form.is_valid():
        return _page(request, response, form, status=422)
    address = form.cleaned_data["address"]
    this_mail = mail_counts(request, response, address)
    if wait := this_mail.seconds_to_wait():
        return _refused(request, response, form, wait)
    link = request.build_absolute_uri(reverse("return", args=[secret]))
    if not _send(response, link, address):
        this_mail.give_back()
        form.add_error("address", gettext("The message could not be sent: copy the link instead."))
        return _page(request, response, form, status=503)
    return redirect(f"{reverse('link', args=[uuid])}?sent=1")


def mail_counts(request: HttpRequest, response: Response, address: str) -> Try:
    here = source(request)
    whom = (here, str(response.uuid), mailbox_of(address), WHOLE_SITE)
    return Try(((OF_MINUTE, here), *zip(OF_DAY, whom, strict=True)))


def _refused(request: HttpRequest, response: Response, form: MailForm, wait: int) -> HttpResponse:
    """Alike for every limit of a day: whether others wrote to an address is nobody's business."""
    wait = wait if wait <= OF_MINUTE.seconds else DAY
    sentence = gettext("Enough messages for now: copy the link instead, or try again in %(time)s.")
    form.add_error(None, sentence % {"time": time_in_words(wait)})
    http_response = _page(request, response, form)
    mark_refused(http_response, wait)
    return http_response


def _send(response: Response, link: str, address: str) -> bool:
    text = link_text(response, link)
    try:
        mail_message(text=text, to=address, language=get_language() or "").send()
    except Exception as error:  # noqa: BLE001 -- services have errors of their own
        logger.error("a message could not be sent: %s", type(error).__name__)
        return False
    return True


def link_text(response: Response, link: str) -> MailText:
    first = gettext("This is your private link to your assessment of how programmes work together:")
    below = (
        gettext(
            "Whoever has the link sees your answers and can change them. Keep this message to "
            "yourself."
        ),
        gettext("Your reference: %(reference)s") % {"reference": response.reference},
        gettext(
            "You receive this message because somebody asked for it on the page of the link. If it "
            "was not you, delete it. The address is not kept."
        ),
    )
    return MailText(gettext("Your private link to Articula"), (first,), link, below)


def _page(
    request: HttpRequest, response: Response, form: MailForm, status: int = 200
) -> HttpResponse:
    context = {"response": response, "form": form}
    return render(request, "questionnaire/mail.html", context, status=status)
