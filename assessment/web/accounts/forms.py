"""The library's forms in the look of the site, each held to its limits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, Submit
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.clean_json import CleanDecoder
from assessment.web.accounts.adapter import TooManyTries
from assessment.web.accounts.mail_limits import refuse_too_many_mails
from assessment.web.accounts.tries import CODE_USED, CODES, try_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrPromise

NEW_PASSWORD_HINT = _("At least 12 characters; several words are easy to remember.")
MALFORMED = (AttributeError, KeyError, TypeError, ValueError)
CODE_HINT = _("The code that the app shows now, or one of your recovery codes.")


class SiteForm(forms.Form):
    """Labels of ours, no texts inside of fields, one button."""

    use_required_attribute = False
    button: ClassVar[StrPromise] = _("Go on")
    button_name = "go_on"
    labels: ClassVar[dict[str, StrPromise]] = {}
    hints: ClassVar[dict[str, StrPromise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_show_errors = False
        helper.keeps_query = True
        helper.add_input(Submit(self.button_name, str(self.button)))
        return helper


class OfAccount(SiteForm):
    """A password of somebody who is known: her name stands beside it for the browser's keeper."""

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        name = '<input type="text" autocomplete="username" value="{{ form.user.username }}" hidden>'
        helper.layout = Layout(HTML(name), *self.fields)
        return helper


class SignInForm(SiteForm, account.LoginForm):  # type: ignore[misc]
    button = _("Sign in")
    labels: ClassVar = {"login": _("User name or e-mail address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        self.fields["login"].widget.attrs |= attributes


class AskCodeForm(SiteForm, account.RequestLoginCodeForm):  # type: ignore[misc]
    button = _("Send me a code")
    labels: ClassVar = {"email": _("Your e-mail address")}

    def clean_email(self) -> str:
        refuse_too_many_mails(self.cleaned_data["email"])
        return str(super().clean_email())


class CodeForm(SiteForm, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    button = _("Sign in")
    labels: ClassVar = {"code": _("The code from the message")}


class ResetForm(SiteForm, account.ResetPasswordForm):  # type: ignore[misc]
    button = _("Send me a link")
    labels: ClassVar = {"email": _("Your e-mail address")}

    def clean_email(self) -> str:
        refuse_too_many_mails(self.cleaned_data["email"])
        return str(super().clean_email())


class NewPasswordForm(OfAccount, account.ResetPasswordKeyForm):  # type: ignore[misc]
    button = _("Keep this password")
    labels: ClassVar = {"password1": _("New password"), "password2": _("The same again")}
    hints: ClassVar = {"password1": NEW_PASSWORD_HINT}


class ChangePasswordForm(OfAccount, account.ChangePasswordForm):  # type: ignore[misc]
    """Who found a device signed in guesses its password no faster here."""

    button = _("Keep this password")
    labels: ClassVar = {
        "oldpassword": _("Your password until now"),
        "password1": _("New password"),
        "password2": _("The same again"),
    }
    hints: ClassVar = {"password1": NEW_PASSWORD_HINT}

    def clean_oldpassword(self) -> str:
        typed: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed


class AddressForm(SiteForm, account.AddEmailForm):  # type: ignore[misc]
    button = _("Send a message to this address")
    button_name = "action_add"
    labels: ClassVar = {"email": _("New e-mail address")}

    def clean_email(self) -> str:
        refuse_too_many_mails(self.cleaned_data["email"])
        return str(super().clean_email())


class AgainForm(OfAccount, account.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar = {"password": _("Your password")}


class OneUse(forms.Form):
    """Codes of the second factor: their tries are counted, and each opens once."""

    user: Any

    def clean_code(self) -> str:
        name = self.user.get_username()
        request = get_adapter().request
        this_try = try_for(request, name, CODES)
        if wait := this_try.seconds_to_wait():
            raise TooManyTries(wait)
        code = str(super().clean_code())  # type: ignore[misc]
        if CODE_USED.seconds_to_wait(f"{self.user.pk}\n{code}"):
            raise get_adapter().validation_error("incorrect_code")
        this_try.give_back()
        return code


class SecondFactorForm(SiteForm, OneUse, mfa.AuthenticateForm):  # type: ignore[misc]
    button = _("Sign in")
    labels: ClassVar = {"code": _("Code")}
    hints: ClassVar = {"code": CODE_HINT}


class SecondFactorAgainForm(SiteForm, OneUse, mfa.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar = {"code": _("Code")}
    hints: ClassVar = {"code": CODE_HINT}


class AppForm(SiteForm, OneUse, totp.ActivateTOTPForm):  # type: ignore[misc]
    button = _("Set up")
    labels: ClassVar = {"code": _("The code that the app shows now")}


class RemoveAppForm(SiteForm, totp.DeactivateTOTPForm):  # type: ignore[misc]
    button = _("Remove the app")


class NewCodesForm(SiteForm, recovery.GenerateRecoveryCodesForm):  # type: ignore[misc]
    button = _("Make new codes")


class UsedOnce(forms.HiddenInput):
    """What a key signed is good for one try: a page that comes again does not hold it."""

    def format_value(self, value: object) -> None:
        del value


def credential_field() -> forms.JSONField:
    return forms.JSONField(decoder=CleanDecoder, widget=UsedOnce)


class AddPasskeyForm(SiteForm, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar = {
        "name": _("Name of the passkey"),
        "passwordless": _("Sign in with it alone, without a password"),
    }
    hints: ClassVar = {"name": _("Such as: key on my key ring, this telephone.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = credential_field()
        self.initial["name"] = gettext("Passkey")

    def clean(self) -> Any:
        with _refused_where_it_is_none():
            return super().clean()


@contextmanager
def _refused_where_it_is_none() -> Iterator[None]:
    """What no browser sends is refused as a wrong passkey is; the library would fail on it."""
    try:
        yield
    except MALFORMED as error:
        raise get_adapter().validation_error("incorrect_code") from error


class OfPasskey(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = credential_field()

    def clean_credential(self) -> Any:
        with _refused_where_it_is_none():
            return super().clean_credential()  # type: ignore[misc]


class SignInByPasskeyForm(OfPasskey, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyForm(OfPasskey, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(OfPasskey, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class RenamePasskeyForm(SiteForm, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    button = _("Save")
    labels: ClassVar = {"name": _("Name of the passkey")}
