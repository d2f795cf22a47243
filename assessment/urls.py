"""The map of the whole site; web/policy.py says who may use which address."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as webauthn
from django.contrib import admin
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from assessment.web import (
    device_code,
    links,
    mailing,
    own_data,
    pages,
    results,
    review,
    sample,
    share,
    shared_brief,
    site,
    start,
    unsubscribe,
)
from assessment.web.accounts import factor_pages
from assessment.web.accounts import pages as accounts
from assessment.web.accounts.pages import limited, not_offered, with_mail
from assessment.web.joint_sessions import lead, own_device, screen
from assessment.web.organisations import changes, invitations, join, members
from assessment.web.organisations import pages as organisation_pages
from assessment.web.plans import lines, plan, plan_files, take
from assessment.web.plans.plan_access import in_facilitated_round, in_response, in_round
from assessment.web.policy import View, guarded
from assessment.web.questionnaire import first_look, one_question, preview, views
from assessment.web.report_pages import report_page
from assessment.web.rounds import (
    closing_calendar,
    deleting,
    erasing,
    invitation,
    pack,
    people,
    result,
    result_files,
    rounds,
    sheets,
    sign_off,
    single_answers,
)


class Letters(StringConverter):
    """Up to the first hyphen of what the library joins by one."""

    regex = "[0-9A-Za-z]+"


register_converter(Letters, "letters")


def page(route: str, view: View, name: str, **fixed: str) -> URLPattern:
    return path(route, guarded(name, view), fixed, name=name)


ROUND = "rounds/<uuid:uuid>/"
PERSON = f"{ROUND}people/<uuid:person>/"
OWN = "response/<uuid:uuid>/"
ITS = "organisation/<uuid:uuid>/"
IN, SECOND, KEY = "account/sign-in/", "account/second-factor/", "account/second-factor/passkeys/"
RESET = "account/password/reset/"

# The library asks for its addresses by these names; those that lead nowhere answer 404.
account_patterns = [
    page("account/", accounts.overview, "account"),
    page("account/sessions/", accounts.sessions, "account_sessions"),
    page(IN, limited(accounts.sign_in), "account_login"),
    page(
        f"{IN}code/", with_mail(limited(account.request_login_code)), "account_request_login_code"
    ),
    page(
        f"{IN}code/confirm/",
        with_mail(limited(account.confirm_login_code)),
        "account_confirm_login_code",
    ),
    page(f"{IN}second-factor/", limited(mfa.authenticate), "mfa_authenticate"),
    page(f"{IN}passkey/", webauthn.login_webauthn, "mfa_login_webauthn"),
    page(f"{IN}inactive/", account.account_inactive, "account_inactive"),
    page("account/sign-out/", account.logout, "account_logout"),
    page("account/sign-up/", not_offered, "account_signup"),
    page("account/again/", limited(account.reauthenticate), "account_reauthenticate"),
    page("account/again/second-factor/", limited(mfa.reauthenticate), "mfa_reauthenticate"),
    page("account/again/passkey/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    page("account/address/", with_mail(limited(account.email)), "account_email"),
    page(
        "account/address/sent/", account.email_verification_sent, "account_email_verification_sent"
    ),
    page("account/address/<str:key>/", account.confirm_email, "account_confirm_email"),
    page("account/password/", limited(accounts.change_password), "account_change_password"),
    page("account/password/set/", not_offered, "account_set_password"),
    page(RESET, with_mail(limited(account.password_reset)), "account_reset_password"),
    page(f"{RESET}sent/", account.password_reset_done, "account_reset_password_done"),
    page(
        f"{RESET}done/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    page(
        f"{RESET}<letters:uidb36>-<str:key>/",
        accounts.new_password,
        "account_reset_password_from_key",
    ),
    page(SECOND, factor_pages.second_factor, "mfa_index"),
    page(f"{SECOND}app/", limited(factor_pages.set_up_app), "mfa_activate_totp"),
    page(f"{SECOND}app/remove/", factor_pages.remove_app, "mfa_deactivate_totp"),
    page(f"{SECOND}codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    page(f"{SECOND}codes/new/", factor_pages.new_codes, "mfa_generate_recovery_codes"),
    page(f"{SECOND}codes/file/", not_offered, "mfa_download_recovery_codes"),
    page(KEY, factor_pages.second_factor, "mfa_list_webauthn"),
    page(f"{KEY}add/", factor_pages.add_passkey, "mfa_add_webauthn"),
    page(f"{KEY}<int:pk>/remove/", factor_pages.remove_passkey, "mfa_remove_webauthn"),
    page(f"{KEY}<int:pk>/name/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
]

urlpatterns = [
    page("", start.start, "start"),
    page("before/", pages.before, "before"),
    page("begin/", start.begin, "begin"),
    page("sample/", sample.sample, "sample", place=""),
    page("sample/<slug:file>.pdf", sample.sample_pdf, "sample_pdf"),
    page("sample/<path:place>", sample.sample, "sample_page"),
    page("method/", pages.method, "method"),
    page("privacy/", pages.privacy, "privacy"),
    page("help/", pages.help_page, "help"),
    page("glossary/", pages.glossary, "glossary"),
    page("paper/", pages.paper, "paper"),
    page("preview/<int:edition>/<str:section>/", preview.preview, "preview"),
    page("logo/<str:digest>.png", site.logo, "logo"),
    page("return/", links.return_form, "return_form"),
    page("return/<str:secret>/", links.open_link, "return"),
    page("code/", device_code.code_form, "code"),
    page("shared/<str:secret>/", shared_brief.shared, "shared"),
    page("shared/<str:secret>/brief.pdf", shared_brief.shared_pdf, "shared_pdf"),
    page("invitation/<str:secret>/", invitation.invitation, "invitation"),
    page("invitation/<str:secret>/begin/", invitation.begin_invited, "begin_invited"),
    page("invitation/<str:secret>/decline/", invitation.decline_invited, "decline_invited"),
    page(
        "invitation/<str:secret>/closing.ics",
        closing_calendar.invitation_calendar,
        "invitation_calendar",
    ),
    page("unsubscribe/<str:token>/", unsubscribe.unsubscribe_page, "unsubscribe"),
    page("rounds/", rounds.rounds, "rounds"),
    page("rounds/new/", rounds.round_new, "round_new"),
    page(ROUND, rounds.round_page, "round"),
    page(f"{ROUND}settings/", rounds.round_settings, "round_settings"),
    page(f"{ROUND}programmes/", rounds.round_profile, "round_profile"),
    page(f"{ROUND}open/", rounds.round_open, "round_open"),
    page(f"{ROUND}close/", rounds.round_close, "round_close"),
    page(f"{ROUND}closing.ics", closing_calendar.round_calendar, "round_calendar"),
    page(f"{ROUND}sheets/", sheets.round_sheets, "round_sheets"),
    page(f"{ROUND}sheets/<slug:sector>/<slug:tier>/", sheets.round_sheet, "round_sheet"),
    page(f"{ROUND}pack/", pack.round_pack, "round_pack"),
    page(f"{ROUND}pack/<slug:paper>.pdf", pack.round_pack_pdf, "round_pack_pdf"),
    page(f"{ROUND}notes/", single_answers.round_notes, "round_notes"),
    page(f"{ROUND}named/", single_answers.named_answers, "named_answers"),
    page(f"{ROUND}named/<uuid:person>/", single_answers.named_person, "named_person"),
    page(f"{ROUND}delete/", deleting.round_delete, "round_delete"),
    page(f"{ROUND}scheme/delete/", deleting.scheme_delete, "scheme_delete"),
    page(f"{ROUND}people/", people.round_people, "round_people"),
    page(f"{ROUND}people/send/", people.round_send, "round_send"),
    page(f"{ROUND}people/remind/", people.round_remind, "round_remind"),
    page(f"{ROUND}people/deleted/", deleting.places_deleted, "places_deleted"),
    page(f"{PERSON}", people.round_person, "round_person"),
    page(f"{PERSON}preview/", people.round_preview, "round_preview"),
    page(f"{PERSON}replace/", people.person_replace, "person_replace"),
    page(f"{PERSON}end/", people.person_end, "person_end"),
    page(f"{PERSON}delete/", deleting.place_delete, "place_delete"),
    page(f"{PERSON}restore/", deleting.place_restore, "place_restore"),
    page(f"{PERSON}erase/", erasing.person_erase, "person_erase"),
    page(f"{PERSON}again/", people.person_again, "person_again"),
    page(f"{ROUND}links/", people.round_links, "round_links"),
    page(f"{ROUND}links/paper/", people.round_paper, "round_paper"),
    page(f"{ROUND}links/<uuid:link>/end/", people.open_link_end, "open_link_end"),
    page(f"{ROUND}<slug:file>.pdf", result.round_pdf, "round_pdf"),
    page(f"{ROUND}result.xlsx", result_files.round_file, "round_xlsx", form="xlsx"),
    page(f"{ROUND}result.csv.zip", result_files.round_file, "round_csv", form="csv"),
    page(f"{ROUND}result.json", result_files.round_file, "round_json", form="json"),
    page(f"{ROUND}report/", result.round_report, "round_report", place=""),
    page(f"{ROUND}report/<path:place>", result.round_report, "round_report_page"),
    page(f"{ROUND}plan/", in_round(plan.plan), "round_plan"),
    page(f"{ROUND}plan/take/", in_facilitated_round(take.take), "round_plan_take"),
    page(f"{ROUND}plan/add/", in_facilitated_round(lines.add), "round_plan_add"),
    page(f"{ROUND}plan/<uuid:line>/", in_facilitated_round(lines.change), "round_plan_line"),
    page(f"{ROUND}plan/<uuid:line>/move/", in_facilitated_round(lines.move), "round_plan_move"),
    page(
        f"{ROUND}plan/<uuid:line>/delete/",
        in_facilitated_round(lines.delete),
        "round_plan_delete",
    ),
    page(
        f"{ROUND}plan/<uuid:line>/restore/",
        in_facilitated_round(lines.restore),
        "round_plan_restore",
    ),
    page(f"{ROUND}plan.xlsx", in_round(plan_files.xlsx), "round_plan_xlsx"),
    page(f"{ROUND}plan.ics", in_round(plan_files.ics), "round_plan_ics"),
    page(f"{ROUND}session/", lead.round_session, "round_session"),
    page(f"{ROUND}session/end/", lead.session_end, "session_end"),
    page(f"{ROUND}session/again/", lead.session_again, "session_again"),
    page(f"{ROUND}session/question/<str:code>/", lead.session_outcome, "session_outcome"),
    page(f"{ROUND}signatures/", sign_off.round_signatures, "round_signatures"),
    page("screen/<str:secret>/", screen.screen, "screen"),
    page("screen/<str:secret>/state/", screen.screen_state, "screen_state"),
    page("screen/<str:secret>/step/", screen.screen_step, "screen_step"),
    page("sign/<str:secret>/", sign_off.sign_off, "sign_off"),
    page("sign/<str:secret>/code/", sign_off.sign_off_code, "sign_off_code"),
    page("sign/<str:secret>/decide/", sign_off.sign_off_decide, "sign_off_decide"),
    page("sign/<str:secret>/result/", sign_off.sign_off_result, "sign_off_result", place=""),
    page("sign/<str:secret>/result/<path:place>", sign_off.sign_off_result, "sign_off_result_page"),
    page("leave/", links.leave, "leave"),
    page(OWN, views.tasks, "tasks"),
    page(f"{OWN}link/", links.link, "link"),
    page(f"{OWN}closing.ics", closing_calendar.own_calendar, "own_calendar"),
    page(f"{OWN}mail/", mailing.mail, "mail"),
    page(f"{OWN}device/", device_code.device, "device"),
    page(f"{OWN}profile/", start.profile, "profile"),
    page(f"{OWN}question/<str:code>/", one_question.one_question, "question"),
    page(f"{OWN}<slug:section>/first-look/", first_look.first_look, "first_look"),
    page(f"{OWN}answer/<str:code>/", views.answer, "answer"),
    page(f"{OWN}way/", views.way, "way"),
    page(f"{OWN}check/", review.check, "check"),
    page(f"{OWN}submit/", review.submit, "submit"),
    page(f"{OWN}confirmation/", review.confirmation, "confirmation"),
    page(f"{OWN}reopen/", review.reopen, "reopen"),
    page(f"{OWN}data.json", own_data.own_data, "own_data"),
    page(f"{OWN}erase/", own_data.erase, "erase"),
    page(f"{OWN}round.xlsx", result_files.shared_file, "shared_xlsx", form="xlsx"),
    page(f"{OWN}round.csv.zip", result_files.shared_file, "shared_csv", form="csv"),
    page(f"{OWN}round.json", result_files.shared_file, "shared_json", form="json"),
    page(f"{OWN}round/", result.shared_round, "shared_round", place=""),
    page(f"{OWN}round/<path:place>", result.shared_round, "shared_round_page"),
    page(f"{OWN}session/", own_device.own_session, "own_session"),
    page(f"{OWN}session/state/", own_device.own_session_state, "own_session_state"),
    page(f"{OWN}share/", share.share, "share"),
    page(f"{OWN}share/end/", share.end_share, "end_share"),
    page(f"{OWN}report/brief/", report_page, "brief", path="brief/"),
    page(f"{OWN}report/actions/", report_page, "actions", path="actions/"),
    page(f"{OWN}report/", report_page, "report", path=""),
    page(f"{OWN}report/subject/<slug:part>/", report_page, "subject", path="subject/"),
    page(f"{OWN}report/rights/", report_page, "rights", path="rights/"),
    page(f"{OWN}report/meeting/", report_page, "meeting", path="meeting/"),
    page(f"{OWN}report/annexes/", report_page, "annexes", path="annexes/"),
    page(f"{OWN}report/annexes/<slug:part>/", report_page, "annex", path="annexes/"),
    page(f"{OWN}brief.pdf", results.report_pdf, "brief_pdf", layer="brief"),
    page(f"{OWN}report.pdf", results.report_pdf, "report_pdf", layer="all"),
    page(f"{OWN}report-without-annexes.pdf", results.report_pdf, "main_pdf", layer="report"),
    page(f"{OWN}report/brief/pdf/", results.report_wait, "brief_wait", layer="brief"),
    page(f"{OWN}report/pdf/", results.report_wait, "report_wait", layer="all"),
    page(f"{OWN}report/main/pdf/", results.report_wait, "main_wait", layer="report"),
    page(f"{OWN}paper/", pages.own_paper, "own_paper"),
    page(f"{OWN}plan/", in_response(plan.plan), "plan"),
    page(f"{OWN}plan/take/", in_response(take.take), "plan_take"),
    page(f"{OWN}plan/add/", in_response(lines.add), "plan_add"),
    page(f"{OWN}plan/<uuid:line>/", in_response(lines.change), "plan_line"),
    page(f"{OWN}plan/<uuid:line>/move/", in_response(lines.move), "plan_move"),
    page(f"{OWN}plan/<uuid:line>/delete/", in_response(lines.delete), "plan_delete"),
    page(f"{OWN}plan/<uuid:line>/restore/", in_response(lines.restore), "plan_restore"),
    page(f"{OWN}plan.xlsx", in_response(plan_files.xlsx), "plan_xlsx"),
    page(f"{OWN}plan.ics", in_response(plan_files.ics), "plan_ics"),
    page(f"{OWN}<slug:section>/", views.page, "page"),
    page("organisations/", organisation_pages.organisations, "organisations"),
    page(ITS, organisation_pages.organisation, "organisation"),
    page(f"{ITS}details/", changes.details, "organisation_details"),
    page(f"{ITS}logos/", changes.logos, "organisation_logos"),
    page(f"{ITS}invite/", invitations.invite, "member_invite"),
    page(f"{ITS}invitation/<int:invitation>/remind/", invitations.remind, "member_remind"),
    page(f"{ITS}invitation/<int:invitation>/withdraw/", invitations.withdraw, "member_withdraw"),
    page(f"{ITS}member/<int:member>/", members.member, "member"),
    page(f"{ITS}member/<int:member>/remove/", members.remove, "member_remove"),
    page(f"{ITS}member/<int:member>/hand-over/", members.give_to, "member_hand_over"),
    page(f"{ITS}leave/", members.leave, "member_leave"),
    page("join/", join.joining, "joining"),
    page("join/<str:secret>/", join.join, "join"),
    page("healthz", pages.healthz, "healthz"),
    *account_patterns,
    path("admin/", admin.site.urls),
]

handler400 = "assessment.web.errors.bad_request"
handler403 = "assessment.web.errors.forbidden"
handler404 = "assessment.web.errors.not_found"
handler500 = "assessment.web.errors.server_error"
