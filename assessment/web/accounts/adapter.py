"""What the library asks of this site: how accounts are let in and out, and what they are told."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.actions.mail.offered import sends_mail
from assessment.actions.record import record
from assessment.web.accounts.let_in import let_in
from assessment.web.accounts.mails import send_account_mail
from assessment.web.accounts.sign_out import sign_out
from assessment.web.accounts.tries import name_of_account, try_for
from assessment.web.limits import MINUTE, time_in_words
from assessment.web.sessions import SIGNED_IN_AT

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

WRONG_PASSWORD = _("Name or password is wrong. Both small and capital letters count in a password.")
WRONG_CODE = _("This code is wrong or used up: wait for the next one, and type it anew.")
SENTENCES = {
    "account/messages/email_confirmation_sent.txt": _(
        "A message is on its way to the new address: open the link in it."
    ),
    "account/messages/email_confirmed.txt": _("The address is confirmed."),
    "account/messages/password_changed.txt": _("The new password holds from now on."),
    "mfa/messages/totp_activated.txt": _("The app is set up as your second factor."),
    "mfa/messages/totp_deactivated.txt": _("The app is no longer your second factor."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}
"""Of all that the library would say, what is not plain from the page itself."""


class TooManyTries(ValidationError):
    """`wait` is how many seconds until the next try."""

    def __init__(self, wait: int) -> None:
        sentence = _(
            "There were too many wrong tries: try again in %(time)s. "
            "A browser on which you signed in before may let you in at once."
        )
        super().__init__(sentence % {"time": time_in_words(wait)}, code="too_many_tries")
        self.wait = wait


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG_PASSWORD,
        "username_password_mismatch": WRONG_PASSWORD,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The account, or None. A try is counted before its password is compared: many at once
        are not more than one by one. Raises TooManyTries."""
        name = credentials.get("username") or credentials["email"]
        this_try = try_for(request, name)
        if wait := this_try.seconds_to_wait():
            raise TooManyTries(wait)
        user = authenticate(request, **credentials)
        if user is None:
            logger.warning("a sign-in was refused")
            meant = User.objects.filter(username=name_of_account(name)).first()
            if meant is not None:
                record(None, "sign_in_refused", meant)
            return None
        this_try.give_back()
        return user

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Reached with the second factor, where there is one."""
        http_response: HttpResponse = super().post_login(request, user, **kwargs)
        let_in(request, http_response, user)
        return http_response

    def logout(self, request: HttpRequest) -> None:
        sign_out(request)
        messages.success(request, _("You are signed out."))

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        record(email_address.user, "address_confirmed", email_address.user)
        return bool(super().confirm_email(request, email_address))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        if user.is_staff:
            return reverse("admin:index")
        is_member = user.is_authenticated and user.memberships.exists()
        return reverse("rounds" if is_member else "account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *context: Any,
        message: str | None = None,
        **kwargs: Any,
    ) -> None:
        sentence = SENTENCES.get(message_template or "", message)
        if sentence:
            messages.add_message(request, level, sentence)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if sends_mail():
            send_account_mail(self.request, template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Without the network address and the browser, which the library would write down."""
        if address := email or user.email:
            self.send_mail(template_prefix, address, {"user": user})

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in just now is not asked again at once."""
        signed_in = self.request.session.get(SIGNED_IN_AT)
        if signed_in is None:
            return True
        since = timezone.now() - datetime.fromisoformat(signed_in)
        return since.total_seconds() > 5 * MINUTE
