"""The map of all pages beside an edition's form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.admin.core.pages import May, PageView, page_path
from assessment.admin.editions.pages.checks import checks_page
from assessment.admin.editions.pages.comparison import comparison_page
from assessment.admin.editions.pages.corrections import correct_page, corrections_page
from assessment.admin.editions.pages.export_file import export_file
from assessment.admin.editions.pages.import_file import dry_run_page, import_page
from assessment.admin.editions.pages.publish import publish_page
from assessment.admin.editions.pages.start_draft import start_draft_page
from assessment.admin.editions.pages.withdrawal import withdrawal_page
from assessment.admin.editions.permissions import (
    may_correct,
    may_import,
    may_publish,
    may_start_draft,
    may_view,
    may_withdraw,
)
from assessment.models import Edition

if TYPE_CHECKING:
    from django.urls import URLPattern


def edition_urls() -> list[URLPattern]:
    return [
        _path("draft/", start_draft_page, "draft", may_start_draft),
        _path("publish/", publish_page, "publish", may_publish),
        _path("checks/", checks_page, "checks", may_view),
        _path("compare/", comparison_page, "compare", may_view),
        _path("corrections/", corrections_page, "corrections", may_view),
        _path("correct/<slug:kind>/<path:code>/", correct_page, "correct", may_correct),
        _path("export.<slug:kind>", export_file, "export", may_view),
        _path("import/", import_page, "import", may_import),
        _path("import/<uuid:key>/", dry_run_page, "dry_run", may_view),
        _path("withdraw/", withdrawal_page, "withdraw", may_withdraw),
    ]


def _path(route: str, view: PageView, name: str, may: May) -> URLPattern:
    name = f"assessment_edition_{name}"
    return page_path(f"<int:pk>/{route}", view, name, rows=Edition.objects.all, may=may)
