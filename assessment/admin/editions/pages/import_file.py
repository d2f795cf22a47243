"""Bring a file in as a draft, after a dry run that shows what it would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.import_bank import (
    ChangedMeanwhile,
    draft_fingerprint,
    preview_import,
)
from assessment.actions.editions.import_file import UploadGone, import_sentence, import_upload
from assessment.actions.editions.uploads import store_upload, upload_for
from assessment.admin.core.pages import (
    address_of,
    compile_edition,
    draw_page,
    record,
    send_back,
    send_to,
)
from assessment.admin.editions.pages.differences import ComparedEdition, type_differences
from assessment.admin.editions.permissions import may_import_into, may_start_draft
from assessment.instrument.validation.validate import issues_in
from assessment.interchange.archive import LARGEST_FILE, MEGABYTE
from assessment.interchange.parse_apart import read_apart
from assessment.interchange.refusal import MOST_FAULTS, Refused, refusal
from assessment.interchange.toml_files import from_zip
from assessment.interchange.workbook.reader import from_xlsx
from assessment.models.editions import NotADraft
from assessment.models.translations import all_translations_of
from assessment.reports.issue_wording.bank import issue_sentence
from assessment.reports.issue_wording.files import fault_lines, fault_sentence

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponseBase

    from assessment.instrument.diff import EditionComparison
    from assessment.interchange.bank_file import BankFile
    from assessment.models import Edition, Upload

FILE_READERS: Mapping[str, Callable[[bytes], BankFile]] = {
    "zip": partial(read_apart, from_zip),
    "xlsx": partial(read_apart, from_xlsx),
}
MOST_ROWS_ON_PAGE = 20_000
"""Comparing and writing more of them takes longer than somebody waits for a page."""


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=format_lazy(
            _(
                "A ZIP or a workbook (XLSX) as it is exported here, of at most {megabytes} MB and "
                "{most} parts, options and translations."
            ),
            megabytes=LARGEST_FILE // MEGABYTE,
            most=MOST_ROWS_ON_PAGE,
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.xlsx"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB."),
                params={"limit": LARGEST_FILE // MEGABYTE},
            )
        if file_suffix(file.name) not in FILE_READERS:
            raise forms.ValidationError(_("Choose a file whose name ends in .zip or .xlsx."))
        return file


def file_suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()


def import_page(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Takes a file that can be read and stored, and leads to its dry run."""
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    if not form.is_valid():
        return _draw_import(request, edition, form)
    file = form.cleaned_data["file"]
    content = file.read()
    compile_edition(edition)
    if faults := _faults_of(edition, file.name, content):
        return _draw_import(request, edition, form, faults=faults, file_name=file.name)
    upload = store_upload(
        user=request.user, edition=edition, name=file.name, content=content, now=timezone.now()
    )
    return HttpResponseRedirect(address_of("dry_run", edition, upload.pk))


def _draw_import(
    request: HttpRequest, edition: Edition, form: FileForm, **context: Any
) -> HttpResponseBase:
    title = _("Import a file")
    return draw_page(request, "editions/import_file", edition, title, form=form, **context)


def dry_run_page(request: HttpRequest, edition: Edition, key: UUID) -> HttpResponseBase:
    """Shows what the file would change; only the form below it writes."""
    upload = upload_for(user=request.user, edition=edition, key=key, now=timezone.now())
    if upload is None or file_suffix(upload.name) not in FILE_READERS:
        return _upload_gone(request, edition)
    current = compile_edition(edition)
    try:
        bank = FILE_READERS[file_suffix(upload.name)](bytes(upload.content))
    except Refused as refused:
        # It could be read when it came: the machine has too much to do now.
        sentence = fault_sentence(refused.faults[0])
        return send_to(request, address_of("import", edition), sentence, messages.WARNING)
    if request.method == "POST":
        return _import(request, edition, upload, bank)
    comparison = _preview(edition, bank)
    here = ComparedEdition(edition, current, all_translations_of(edition))
    there = ComparedEdition(edition, bank.instrument, bank.translations)
    return draw_page(
        request,
        "editions/dry_run",
        edition,
        _("What the file would change"),
        blocks=type_differences(comparison, here, there),
        same=comparison.same,
        ignored=fault_lines(bank.ignored).splitlines(),
        open_faults=[
            {"code": issue.where.code, "message": issue_sentence(issue)}
            for issue in issues_in(bank.instrument)[:MOST_FAULTS]
        ],
        upload=upload,
        seen=draft_fingerprint(edition, current),
        may_import_into=may_import_into(request, edition),
        may_start_draft=may_start_draft(request, edition),
    )


def _import(
    request: HttpRequest, edition: Edition, upload: Upload, bank: BankFile
) -> HttpResponseBase:
    into = request.POST.get("into") == "this"
    may = may_import_into if into else may_start_draft
    if not may(request, edition):
        raise PermissionDenied
    try:
        draft = import_upload(
            upload=upload,
            bank=bank,
            into=edition if into else None,
            seen=request.POST.get("seen", ""),
            now=timezone.now(),
        )
    except UploadGone:
        return _upload_gone(request, edition)
    except (ChangedMeanwhile, NotADraft):
        message = gettext("The edition was changed meanwhile. Look at the changes again.")
        address = address_of("dry_run", edition, upload.pk)
        return send_to(request, address, message, messages.WARNING)
    record(request, draft, import_sentence(upload.name), CHANGE if into else ADDITION)
    message = gettext("The file is imported: the draft holds what stands in it.")
    return send_back(request, draft, message, messages.SUCCESS)


def _upload_gone(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    message = gettext("The file is no longer kept. Choose it again.")
    return send_to(request, address_of("import", edition), message)


def _preview(edition: Edition, bank: BankFile) -> EditionComparison:
    return preview_import(
        edition=edition, instrument=bank.instrument, translations=bank.translations
    )


def _faults_of(edition: Edition, name: str, content: bytes) -> list[dict[str, object]]:
    """Why the file cannot be taken, each at its place in the file."""
    bank = None
    try:
        bank = FILE_READERS[file_suffix(name)](content)
        if bank.rows() > MOST_ROWS_ON_PAGE:
            raise refusal("too_large_for_page", most=MOST_ROWS_ON_PAGE)
        _preview(edition, bank)
    except Refused as refused:
        faults = bank.with_positions(refused.faults) if bank else refused.faults
        return [
            {"sheet": f.sheet, "row": f.row, "column": f.column, "message": fault_sentence(f)}
            for f in faults
        ]
    return []
