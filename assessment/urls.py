"""The map of the whole site; web/policy.py says who may use which address."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, path
from django.views.i18n import set_language

from assessment.web import links, mailing, pages, results, review, start
from assessment.web.policy import View, guarded
from assessment.web.questionnaire import one_question, preview, views
from assessment.web.sign_in import SignInForm, limited_password_change, limited_sign_in

admin.site.login_form = SignInForm
change_password = admin.site.admin_view(admin.site.password_change, cacheable=True)


def page(route: str, view: View, name: str, **fixed: str) -> URLPattern:
    return path(route, guarded(name, view), fixed, name=name)


OWN = "response/<uuid:uuid>/"

urlpatterns = [
    page("", start.start, "start"),
    page("begin/", start.begin, "begin"),
    page("method/", pages.method, "method"),
    page("privacy/", pages.privacy, "privacy"),
    page("help/", pages.help_page, "help"),
    page("glossary/", pages.glossary, "glossary"),
    page("paper/", pages.paper, "paper"),
    page("preview/<int:edition>/<str:section>/", preview.preview, "preview"),
    page("language/", set_language, "language"),
    page("return/", links.return_form, "return_form"),
    page("return/<str:secret>/", links.open_link, "return"),
    page("leave/", links.leave, "leave"),
    page(OWN, views.tasks, "tasks"),
    page(f"{OWN}link/", links.link, "link"),
    page(f"{OWN}mail/", mailing.mail, "mail"),
    page(f"{OWN}profile/", start.profile, "profile"),
    page(f"{OWN}question/<str:code>/", one_question.one_question, "question"),
    page(f"{OWN}answer/<str:code>/", views.answer, "answer"),
    page(f"{OWN}way/", views.way, "way"),
    page(f"{OWN}check/", review.check, "check"),
    page(f"{OWN}submit/", review.submit, "submit"),
    page(f"{OWN}confirmation/", review.confirmation, "confirmation"),
    page(f"{OWN}reopen/", review.reopen, "reopen"),
    page(f"{OWN}report/brief/", results.layer_page, "brief", layer="brief"),
    page(f"{OWN}report/", results.layer_page, "report", layer="report"),
    page(f"{OWN}report/annexes/", results.layer_page, "annexes", layer="annexes"),
    page(f"{OWN}brief.pdf", results.report_pdf, "brief_pdf", layer="brief"),
    page(f"{OWN}report.pdf", results.report_pdf, "report_pdf", layer="all"),
    page(f"{OWN}report-without-annexes.pdf", results.report_pdf, "main_pdf", layer="report"),
    page(f"{OWN}report/brief/pdf/", results.report_wait, "brief_wait", layer="brief"),
    page(f"{OWN}report/pdf/", results.report_wait, "report_wait", layer="all"),
    page(f"{OWN}report/main/pdf/", results.report_wait, "main_wait", layer="report"),
    page(f"{OWN}paper/", pages.own_paper, "own_paper"),
    page(f"{OWN}<slug:section>/", views.page, "page"),
    page("healthz", pages.healthz, "healthz"),
    path("admin/login/", limited_sign_in(admin.site.login)),
    path("admin/password_change/", limited_password_change(change_password)),
    path("admin/", admin.site.urls),
]

handler400 = "assessment.web.errors.bad_request"
handler403 = "assessment.web.errors.forbidden"
handler404 = "assessment.web.errors.not_found"
handler500 = "assessment.web.errors.server_error"
