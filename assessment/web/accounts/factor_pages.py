"""The pages of the second factor: setting one up, taking one off, recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessment.actions.record import record
from assessment.models.queries.second_factor import must_have_second_factor
from assessment.web.accounts.second_factor import AFTERWARDS
from assessment.web.accounts.second_factor_adapter import SecondFactorAdapter
from assessment.web.accounts.signed_in import account_of


def second_factor(request: HttpRequest) -> HttpResponse:
    """Which factors there are, and the way on for whom one was asked."""
    factors = Authenticator.objects.filter(user_id=request.user.pk).order_by("created_at")
    passkeys = [one.wrap() for one in factors if one.type == Authenticator.Type.WEBAUTHN]
    types = {one.type for one in factors}
    context = {
        "has_app": Authenticator.Type.TOTP in types,
        "has_codes": Authenticator.Type.RECOVERY_CODES in types,
        "passkeys": passkeys,
        "has_factor": is_mfa_enabled(request.user),
        "required": settings.SECOND_FACTOR_REQUIRED and must_have_second_factor(request.user),
        "afterwards": request.session.get(AFTERWARDS),
    }
    return render(request, "mfa/index.html", context)


def _added(request: HttpRequest, kind: str) -> None:
    """Who set up a factor has just used it: this session needs no other sign-in."""
    record_authentication(request, request.user, "mfa", type=kind)
    user = account_of(request)
    record(user, "factor_added", user, kind=kind)


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> Any:
        http_response = super().form_valid(form)
        _added(self.request, "totp")
        return http_response


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> Any:
        http_response = super().form_valid(form)
        user = account_of(self.request)
        record(user, "factor_removed", user, kind="totp")
        return http_response


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> Any:
        http_response = super().form_valid(form)
        user = account_of(self.request)
        record(user, "codes_made", user)
        return http_response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> Any:
        http_response = super().form_valid(form)
        _added(self.request, "webauthn")
        return http_response


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> Any:
        adapter = SecondFactorAdapter()
        if adapter.can_delete_authenticator(self.get_object()):
            http_response = super().form_valid(form)
            record(
                account_of(self.request),
                "factor_removed",
                account_of(self.request),
                kind="webauthn",
            )
            return http_response
        form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
        return self.form_invalid(form)


set_up_app = SetUpApp.as_view()
remove_app = RemoveApp.as_view()
new_codes = NewCodes.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
