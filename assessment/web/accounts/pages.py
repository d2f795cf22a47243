"""The pages of an account: the library's views, with what this site asks beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account import views as account
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assessment.actions.accounts.end_sessions import end_sessions
from assessment.actions.mail.offered import sends_mail
from assessment.actions.record import record
from assessment.models.queries.account_sessions import open_sessions
from assessment.web.accounts.adapter import TooManyTries
from assessment.web.accounts.signed_in import account_of
from assessment.web.accounts.tries import know_browser
from assessment.web.limits import mark_refused
from assessment.web.sessions import stored_key

if TYPE_CHECKING:
    from django.contrib.auth.models import User

View = Callable[..., HttpResponseBase]
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def limited(view: View) -> View:
    """Says to programs, too, that there were too many tries."""

    @wraps(view)
    def limiting(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        http_response = view(request, **kwargs)
        if wait := _wait(getattr(http_response, "context_data", None) or {}):
            mark_refused(http_response, wait)
        return http_response

    return limiting


def _wait(context: dict[str, Any]) -> int:
    forms = [context[name] for name in ("form", "webauthn_form") if context.get(name)]
    faults = [
        fault
        for form in forms
        if form.is_bound
        for found in form.errors.as_data().values()
        for fault in found
    ]
    return max((fault.wait for fault in faults if isinstance(fault, TooManyTries)), default=0)


def with_mail(view: View) -> View:
    """What needs a mail server does not exist without one."""

    @wraps(view)
    def mailing(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not sends_mail():
            raise Http404
        return view(request, **kwargs)

    return mailing


def not_offered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """The library names this address; the site has no such page."""
    raise Http404


def overview(request: HttpRequest) -> HttpResponse:
    """What the account has, and where each of it is changed."""
    factors = Authenticator.objects.filter(user_id=request.user.pk)
    context = {
        "has_app": factors.filter(type=Authenticator.Type.TOTP).exists(),
        "passkeys": factors.filter(type=Authenticator.Type.WEBAUTHN).count(),
        "sessions": len(open_sessions(user=account_of(request), now=timezone.now())),
        "address": EmailAddress.objects.get_verified(account_of(request)),
        "mail": sends_mail(),
    }
    return render(request, "account/overview.html", context)


def sessions(request: HttpRequest) -> HttpResponse:
    here = stored_key(request.session.session_key or "")
    if request.method == "POST":
        one = request.POST.get("session")
        user = account_of(request)
        number = end_sessions(user=user, keys=[one] if one else None, but=here)
        record(user, "session_ended", user, number=number)
        return redirect("account_sessions")
    found = open_sessions(user=account_of(request), now=timezone.now())
    return render(request, "account/sessions.html", {"sessions": found, "here": here})


class SignIn(account.LoginView):  # type: ignore[misc]
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whose factors were taken off while the code was asked for begins anew: the page of the
        code would lead here, and this one there."""
        stage = get_pending_stage(request)
        if isinstance(stage, AuthenticateStage) and not is_mfa_enabled(stage.login.user, FACTORS):
            clear_login(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Whether a code or a new password can come by mail."""
        context: dict[str, Any] = super().get_context_data(**more)
        return context | {"mail": sends_mail()}


class NewPassword(account.PasswordResetFromKeyView):  # type: ignore[misc]
    """Whoever came by the link may sign in on this browser, whatever others tried meanwhile."""

    def form_valid(self, form: Any) -> HttpResponse:
        http_response: HttpResponse = super().form_valid(form)
        user: User = self.reset_user
        know_browser(self.request, http_response, user.get_username(), now=timezone.now())
        end_sessions(user=user)
        record(user, "password_reset", user)
        return http_response


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    """Other sessions end by themselves; they leave the list, too."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not account_of(request).has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        http_response: HttpResponse = super().form_valid(form)
        here = stored_key(self.request.session.session_key or "")
        end_sessions(user=account_of(self.request), but=here)
        user = account_of(self.request)
        record(user, "password_changed", user)
        return http_response


sign_in = SignIn.as_view()
change_password = ChangePassword.as_view()
new_password = NewPassword.as_view()
