"""Take an edition out as a file, and bring one in as a draft after a dry run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.import_bank import (
    ChangedMeanwhile,
    draft_fingerprint,
    import_as_new_draft,
    import_bank,
    preview_import,
)
from assessment.actions.editions.uploads import store_upload, upload_for
from assessment.admin.core.pages import EditionPages, compiled, page_of
from assessment.admin.editions.pages.differences import Side, blocks_of
from assessment.instrument.diff import EditionComparison
from assessment.instrument.model import Instrument
from assessment.instrument.translation import TranslationsByLanguage
from assessment.instrument.validation.validate import issues_in
from assessment.interchange.archive import LARGEST_FILE, MEGABYTE
from assessment.interchange.bank_file import BankFile
from assessment.interchange.refusal import MOST_FAULTS, Refused
from assessment.interchange.toml_files import from_zip, to_zip
from assessment.interchange.workbook.reader import from_xlsx
from assessment.interchange.workbook.writer import to_xlsx
from assessment.models import Edition, Upload
from assessment.models.editions import NotADraft
from assessment.models.translations import all_translations_of
from assessment.reports.issue_wording.bank import issue_sentence
from assessment.reports.issue_wording.files import fault_line, fault_sentence
from assessment.reports.xlsform import xlsform_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS: Mapping[str, tuple[Callable[[Edition], bytes], str, str]] = {
    "zip": (lambda edition: to_zip(*_held(edition)), "application/zip", ".zip"),
    "xlsx": (lambda edition: to_xlsx(*_held(edition)), XLSX, ".xlsx"),
    "xlsform": (xlsform_of, XLSX, "-xlsform.xlsx"),
}
READERS: Mapping[str, Callable[[bytes], BankFile]] = {"zip": from_zip, "xlsx": from_xlsx}


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A ZIP or a workbook (XLSX) as it is exported here, of at most 16 MB."),
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
        if ending(file.name) not in READERS:
            raise forms.ValidationError(_("Choose a file whose name ends in .zip or .xlsx."))
        return file


def _held(edition: Edition) -> tuple[Instrument, TranslationsByLanguage]:
    return compiled(edition), all_translations_of(edition)


def ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


class ExchangePages(EditionPages):
    def get_urls(self) -> list[URLPattern]:
        return [
            self.edition_path("export.<slug:kind>", self.export_view, "export"),
            self.edition_path("import/", self.import_view, "import"),
            self.edition_path("import/<uuid:key>/", self.dry_run_view, "dry_run"),
            *super().get_urls(),
        ]

    def may_import_into(self, request: HttpRequest, edition: Edition) -> bool:
        return self.has_change_permission(request, edition)

    def may_import(self, request: HttpRequest, edition: Edition) -> bool:
        return self.may_start_draft(request) or self.may_import_into(request, edition)

    def export_view(self, request: HttpRequest, edition: Edition, kind: str) -> HttpResponseBase:
        if kind not in WRITERS:
            raise PermissionDenied
        write, content_type, suffix = WRITERS[kind]
        compiled(edition)
        try:
            content = write(edition)
        except Refused as refusal:
            title = _("This edition cannot be exported")
            lines = [fault_line(fault) for fault in refusal.faults]
            return self.page(request, "faults", edition, title, faults=lines)
        name = f"articula-{'draft' if edition.is_draft else 'edition'}-"
        name += f"{edition.number or edition.pk}{suffix}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=content_type, headers=headers)

    def import_view(self, request: HttpRequest, edition: Edition) -> HttpResponseBase:
        """Takes a file that can be read and stored, and leads to its dry run."""
        if not self.may_import(request, edition):
            raise PermissionDenied
        posted = request.method == "POST"
        form = FileForm(request.POST, request.FILES) if posted else FileForm()
        if not form.is_valid():
            return self._form(request, edition, form)
        file = form.cleaned_data["file"]
        content = file.read()
        compiled(edition)
        if faults := _faults_of(edition, file.name, content):
            return self._form(request, edition, form, faults=faults, file_name=file.name)
        kept = store_upload(
            user=request.user, edition=edition, name=file.name, content=content, now=timezone.now()
        )
        return HttpResponseRedirect(_dry_run(edition, kept.pk))

    def _form(
        self, request: HttpRequest, edition: Edition, form: FileForm, **more: Any
    ) -> HttpResponseBase:
        return self.page(request, "import", edition, _("Import a file"), form=form, **more)

    def dry_run_view(self, request: HttpRequest, edition: Edition, key: UUID) -> HttpResponseBase:
        """Shows what the file would change; only the form below it writes."""
        upload = upload_for(user=request.user, edition=edition, key=key, now=timezone.now())
        if upload is None:
            message = gettext("The file is no longer kept. Choose it again.")
            self.message_user(request, message, messages.ERROR)
            return HttpResponseRedirect(page_of("import", edition))
        current = compiled(edition)
        bank = READERS[ending(upload.name)](bytes(upload.content))
        if request.method == "POST":
            return self._import(request, edition, upload, bank)
        comparison = _preview(edition, bank)
        here = Side(edition, current, all_translations_of(edition))
        there = Side(edition, bank.instrument, bank.translations)
        return self.page(
            request,
            "dry_run",
            edition,
            _("What the file would change"),
            blocks=blocks_of(comparison, here, there),
            same=comparison.same,
            open_faults=[
                {"code": issue.where.code, "message": issue_sentence(issue)}
                for issue in issues_in(bank.instrument)[:MOST_FAULTS]
            ],
            upload=upload,
            seen=draft_fingerprint(edition, current),
            may_import_into=self.may_import_into(request, edition),
            may_start_draft=self.may_start_draft(request),
        )

    def _import(
        self, request: HttpRequest, edition: Edition, upload: Upload, bank: BankFile
    ) -> HttpResponseBase:
        into = request.POST.get("into") == "this"
        allowed = self.may_import_into if into else lambda asker, _e: self.may_start_draft(asker)
        if not allowed(request, edition):
            raise PermissionDenied
        file: Any = {
            "instrument": bank.instrument,
            "translations": bank.translations,
            "now": timezone.now(),
        }
        try:
            if into:
                draft = import_bank(into=edition, seen=request.POST.get("seen", ""), **file)
            else:
                draft = import_as_new_draft(edition=edition, **file)
        except (ChangedMeanwhile, NotADraft):
            message = gettext("The edition was changed meanwhile. Look at the changes again.")
            self.message_user(request, message, messages.WARNING)
            return HttpResponseRedirect(_dry_run(edition, upload.pk))
        log = self.log_change if into else self.log_addition
        log(request, draft, gettext("Imported from the file %(name)s.") % {"name": upload.name})
        upload.delete()
        message = gettext("The file is imported: the draft holds what stands in it.")
        return self.sent_back(request, draft, message, messages.SUCCESS)


def _preview(edition: Edition, bank: BankFile) -> EditionComparison:
    return preview_import(
        edition=edition, instrument=bank.instrument, translations=bank.translations
    )


def _faults_of(edition: Edition, name: str, content: bytes) -> list[dict[str, object]]:
    """Why the file cannot be taken, each at its place in the file."""
    bank = None
    try:
        bank = READERS[ending(name)](content)
        _preview(edition, bank)
    except Refused as refusal:
        faults = bank.with_positions(refusal.faults) if bank else refusal.faults
        return [
            {"sheet": f.sheet, "row": f.row, "column": f.column, "message": fault_sentence(f)}
            for f in faults
        ]
    return []


def _dry_run(edition: Edition, key: UUID) -> str:
    return reverse("admin:assessment_edition_dry_run", args=[edition.pk, key])
