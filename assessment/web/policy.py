"""Who may use which address: a permission for each name of `urls.py`.

An address without one does not start (`guarded`). Which response or round a person may open is
decided by `access.py`; here stands what follows from a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, NamedTuple

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers

from assessment.actions.responses.lock import AlreadySubmitted, RoundNotOpen
from assessment.models import Response, Round
from assessment.web import errors
from assessment.web.access import AlreadyClosed, NotGranted, NothingPublished, RoundClosed
from assessment.web.accounts.second_factor import ask_second_factor, lacks_second_factor

View = Callable[..., HttpResponseBase]

READ = frozenset({"GET", "HEAD"})
WRITE = frozenset({"POST"})
BOTH = READ | WRITE


class Role(NamedTuple):
    """What somebody is, and to what: one person is several of these."""

    name: str
    object: str


VISITOR = Role("visitor", "site")
STRANGER = Role("holder", "another response")
HOLDER = Role("holder", "response")
OWNER = Role("holder", "round")
ACCOUNT = Role("account", "site")
STAFF = Role("staff", "site")
OTHER_MEMBER = Role("owner", "another organisation")
VIEWER = Role("viewer", "organisation")
FACILITATOR = Role("facilitator", "organisation")
LEADER = Role("owner", "organisation")
OF_ORGANISATIONS = (OTHER_MEMBER, VIEWER, FACILITATOR, LEADER)
ROLES = (VISITOR, STRANGER, HOLDER, OWNER, ACCOUNT, STAFF, *OF_ORGANISATIONS)
"""Who answers alone holds the response and its round; who answers among several the response."""
ANYBODY = frozenset(ROLES)
HOLDERS = frozenset({HOLDER, OWNER})
OWNERS = frozenset({OWNER})
MEMBERS = frozenset({VIEWER, FACILITATOR, LEADER})
LEADERS = frozenset({LEADER})
FACILITATORS = frozenset({FACILITATOR, LEADER})
SIGNED_IN = frozenset({ACCOUNT, STAFF, OTHER_MEMBER}) | MEMBERS


@dataclass(frozen=True, slots=True)
class Permission:
    """`personal` pages are never stored by a browser or a proxy; `json` is answered in JSON.

    `sent_again`: what was typed outlives a grant, and is sent once the link is pasted; where an
    account is asked for, once somebody is signed in again.
    `sign_in`: who is not signed in is led there and comes back.
    `second_factor`: whose account needs one sets it up first.
    """

    methods: frozenset[str]
    roles: frozenset[Role] = ANYBODY
    personal: bool = False
    json: bool = False
    sent_again: bool = False
    sign_in: bool = False
    second_factor: bool = False


def _public(methods: frozenset[str]) -> Permission:
    return Permission(methods)


def _of_response(methods: frozenset[str], **more: bool) -> Permission:
    return Permission(methods, HOLDERS, personal=True, **more)


def _of_round(methods: frozenset[str], **more: bool) -> Permission:
    return Permission(methods, OWNERS, personal=True, **more)


def _of_members(methods: frozenset[str], roles: frozenset[Role]) -> Permission:
    typed = methods == BOTH
    return Permission(
        methods, roles, personal=True, sign_in=True, second_factor=True, sent_again=typed
    )


def _of_several(methods: frozenset[str], roles: frozenset[Role] = FACILITATORS) -> Permission:
    return _of_members(methods, roles)


def _of_organisation(methods: frozenset[str], roles: frozenset[Role] = LEADERS) -> Permission:
    return _of_members(methods, roles)


def _of_account(methods: frozenset[str]) -> Permission:
    return Permission(methods, SIGNED_IN, personal=True, sign_in=True)


_WITH_WAY_BACK = Permission(READ, personal=True)
"""For anybody; on a device that holds a grant they lead back to its answers."""
_OPEN = (
    *("start", "before", "method", "privacy", "help", "glossary", "paper"),
    *("sample", "sample_page", "sample_pdf"),
)
POLICY: dict[str, Permission] = {
    **dict.fromkeys(_OPEN, _WITH_WAY_BACK),
    "healthz": _public(READ),
    "logo": _public(READ),
    "begin": Permission(BOTH, personal=True),
    "return": Permission(READ, personal=True),
    "return_form": Permission(BOTH, personal=True),
    "code": Permission(BOTH, personal=True),
    "shared": Permission(READ, personal=True),
    "shared_pdf": Permission(READ, personal=True),
    "invitation": Permission(READ, personal=True),
    "invitation_calendar": Permission(READ, personal=True),
    "begin_invited": Permission(WRITE, personal=True),
    "decline_invited": Permission(WRITE, personal=True),
    "unsubscribe": Permission(BOTH, personal=True),
    "rounds": Permission(READ, personal=True),
    "round_new": Permission(BOTH, personal=True),
    "round": _of_several(READ, MEMBERS),
    "round_calendar": _of_several(READ, MEMBERS),
    "round_sheets": _of_several(BOTH),
    **dict.fromkeys(("round_sheet", "round_notes"), _of_several(READ)),
    **dict.fromkeys(("round_pack", "round_pack_pdf"), _of_several(READ)),
    **dict.fromkeys(("named_answers", "named_person"), _of_several(READ)),
    **dict.fromkeys(("round_report", "round_report_page", "round_pdf"), _of_several(READ, MEMBERS)),
    **dict.fromkeys(("round_xlsx", "round_csv", "round_json"), _of_several(READ, MEMBERS)),
    **dict.fromkeys(
        ("round_plan", "round_plan_xlsx", "round_plan_ics"), _of_several(READ, MEMBERS)
    ),
    **dict.fromkeys(("round_plan_add", "round_plan_line"), _of_several(BOTH)),
    **dict.fromkeys(
        ("round_plan_take", "round_plan_move", "round_plan_delete", "round_plan_restore"),
        _of_several(WRITE),
    ),
    **dict.fromkeys(("round_settings", "round_profile", "round_people"), _of_several(BOTH)),
    **dict.fromkeys(("round_close", "round_links"), _of_several(BOTH)),
    **dict.fromkeys(("round_person", "round_preview", "round_paper"), _of_several(READ)),
    **dict.fromkeys(("round_open", "round_send", "round_remind"), _of_several(WRITE)),
    **dict.fromkeys(("person_replace", "person_end", "person_again"), _of_several(WRITE)),
    "open_link_end": _of_several(WRITE),
    **dict.fromkeys(("round_session", "session_outcome", "round_signatures"), _of_several(BOTH)),
    **dict.fromkeys(("session_end", "session_again"), _of_several(WRITE)),
    "screen": Permission(READ, personal=True),
    "screen_state": Permission(READ, personal=True, json=True),
    "screen_step": Permission(WRITE, personal=True),
    **dict.fromkeys(
        ("sign_off", "sign_off_result", "sign_off_result_page"), Permission(READ, personal=True)
    ),
    **dict.fromkeys(("sign_off_code", "sign_off_decide"), Permission(WRITE, personal=True)),
    "own_session": _of_response(BOTH),
    "own_session_state": _of_response(READ, json=True),
    **dict.fromkeys(("round_delete", "scheme_delete"), _of_several(BOTH, LEADERS)),
    **dict.fromkeys(("place_delete", "person_erase"), _of_several(BOTH)),
    "places_deleted": _of_several(READ),
    "place_restore": _of_several(WRITE),
    "leave": Permission(WRITE, personal=True),
    "preview": Permission(BOTH, frozenset({STAFF}), personal=True),
    "link": _of_response(BOTH),
    "own_calendar": _of_response(READ),
    "mail": _of_response(BOTH),
    "device": _of_response(BOTH),
    "tasks": _of_response(READ),
    "profile": _of_round(BOTH, sent_again=True),
    "page": _of_response(BOTH, sent_again=True),
    "question": _of_response(BOTH, sent_again=True),
    "first_look": _of_response(READ),
    "answer": _of_response(WRITE, json=True),
    "way": _of_round(WRITE),
    "check": _of_response(READ),
    "submit": _of_response(WRITE),
    "confirmation": _of_response(READ),
    "reopen": _of_round(BOTH),
    "own_data": _of_response(READ),
    "erase": _of_response(BOTH),
    **dict.fromkeys(("shared_round", "shared_round_page"), _of_response(READ)),
    **dict.fromkeys(("shared_xlsx", "shared_csv", "shared_json"), _of_response(READ)),
    "share": _of_round(BOTH),
    "end_share": _of_round(WRITE),
    **dict.fromkeys(
        ("brief", "actions", "report", "subject", "rights", "meeting"), _of_response(READ)
    ),
    **dict.fromkeys(("annexes", "annex"), _of_response(READ)),
    **dict.fromkeys(("brief_pdf", "report_pdf", "main_pdf"), _of_response(READ)),
    **dict.fromkeys(("brief_wait", "report_wait", "main_wait"), _of_response(BOTH)),
    "own_paper": _of_response(READ),
    **dict.fromkeys(("plan", "plan_xlsx", "plan_ics"), _of_round(READ)),
    **dict.fromkeys(("plan_add", "plan_line"), _of_round(BOTH, sent_again=True)),
    "organisations": Permission(READ, personal=True),
    "organisation": _of_organisation(READ, MEMBERS),
    "member_leave": _of_organisation(BOTH, MEMBERS),
    **dict.fromkeys(
        ("organisation_details", "organisation_logos", "member_invite", "member"),
        _of_organisation(BOTH),
    ),
    **dict.fromkeys(
        ("member_remind", "member_withdraw", "member_remove", "member_hand_over"),
        _of_organisation(WRITE),
    ),
    "join": Permission(READ, personal=True),
    "joining": Permission(BOTH, personal=True),
    **dict.fromkeys(("plan_take", "plan_move", "plan_delete", "plan_restore"), _of_round(WRITE)),
    **dict.fromkeys(
        ("account_login", "account_request_login_code", "account_confirm_login_code"),
        Permission(BOTH, personal=True),
    ),
    **dict.fromkeys(("mfa_authenticate", "mfa_login_webauthn"), Permission(BOTH, personal=True)),
    "account_logout": Permission(BOTH, personal=True),
    **dict.fromkeys(
        ("account_reset_password", "account_reset_password_from_key", "account_confirm_email"),
        Permission(BOTH, personal=True),
    ),
    **dict.fromkeys(
        (
            *("account_inactive", "account_email_verification_sent"),
            *("account_reset_password_done", "account_reset_password_from_key_done"),
        ),
        Permission(READ, personal=True),
    ),
    **dict.fromkeys(
        ("account", "mfa_index", "mfa_list_webauthn", "mfa_view_recovery_codes"), _of_account(READ)
    ),
    **dict.fromkeys(
        (
            *("account_sessions", "account_email", "account_change_password"),
            *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
            *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"),
            *("mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn"),
        ),
        _of_account(BOTH),
    ),
    **dict.fromkeys(
        ("account_signup", "account_set_password", "mfa_download_recovery_codes"),
        Permission(BOTH, frozenset(), personal=True),
    ),
}


ADMIN = Permission(BOTH, frozenset({STAFF}), personal=True)
"""The addresses below admin/: Django's own checks hold them to the role, its sign-in page excepted,
and `middleware/methods.py` to the methods."""


def guarded(name: str, view: View) -> View:
    """`view` held to its permission, with one HTTP response for each refusal of access."""
    rule = POLICY[name]

    @wraps(view)
    def guard(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method not in rule.methods:
            return HttpResponseNotAllowed(sorted(rule.methods))
        if rule.sign_in and not request.user.is_authenticated:
            http_response = _ask_sign_in(request, rule)
        elif rule.second_factor and lacks_second_factor(request):
            http_response = ask_second_factor(request, request.get_full_path())
        else:
            http_response = _call_view(name, view, request, **kwargs)
        if rule.personal:
            http_response.headers.pop("Cache-Control", None)
            patch_cache_control(http_response, private=True, no_store=True)
            patch_vary_headers(http_response, ["Cookie"])
        return http_response

    return guard


def _ask_sign_in(request: HttpRequest, rule: Permission) -> HttpResponseBase:
    """The way goes on to the page that was asked for; what only takes a button leads to none."""
    if request.method == "POST" and rule.sent_again:
        return errors.signed_out(request)
    reads = request.method in READ or rule.methods & READ
    return redirect_to_login(request.get_full_path() if reads else reverse("account"))


def _call_view(name: str, view: View, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    wants_json = POLICY[name].json
    try:
        return view(request, **kwargs)
    except (NotGranted, Response.DoesNotExist, Round.DoesNotExist):
        # Not there, or erased while this request was on its way.
        if wants_json:
            return errors.grant_ended_json(request)
        rule = POLICY[name]
        typed = request.method == "POST" and rule.sent_again and not rule.sign_in
        return errors.grant_ended(request) if typed else errors.not_found(request)
    except (AlreadyClosed, AlreadySubmitted):
        refuse = errors.closed_json if wants_json else errors.closed
        return refuse(request, kwargs["uuid"])
    except (RoundClosed, RoundNotOpen):
        return errors.round_closed_json(request) if wants_json else errors.round_closed(request)
    except Http404:
        return errors.not_found(request)
    except PermissionDenied:
        return errors.forbidden(request)
    except NothingPublished:
        return errors.nothing_published(request)
