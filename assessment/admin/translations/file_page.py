"""All texts of a language as a file, out and, after a dry run, in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.import_bank import ChangedMeanwhile
from assessment.actions.editions.language_file import changes_in, fingerprint, take_over
from assessment.actions.editions.translate import BadTranslations, entries_in, translate_sentence
from assessment.actions.editions.uploads import store_upload, upload_for
from assessment.admin.core.pages import compile_edition, draw_page, page_path, record, send_to
from assessment.admin.translations.labels import limit_words, place_label
from assessment.admin.translations.permissions import may_read, may_translate
from assessment.admin.translations.translation_query import STATE_NAMES
from assessment.instrument.texts import texts_of
from assessment.instrument.translation import STATES
from assessment.interchange.archive import LARGEST_FILE, MEGABYTE
from assessment.interchange.language_file import (
    COLUMNS,
    FileText,
    read_language_po,
    read_language_workbook,
    to_language_workbook,
    to_po,
)
from assessment.interchange.refusal import Refused
from assessment.models import EditionLanguage
from assessment.models.translations import language_name
from assessment.reports.issue_wording.bank import bare_sentence
from assessment.reports.issue_wording.files import fault_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponseBase
    from django.urls import URLPattern

    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import Entry
    from assessment.interchange.language_file import ReadText
    from assessment.models import Upload

HEADINGS = {
    "key": _("Key"),
    "place": _("Place"),
    "source": _("Source"),
    "target": _("Translation"),
    "longest": _("Limit"),
    "state": _("State"),
}
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "po": "text/x-gettext-translation; charset=utf-8",
}


class LanguageFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=format_lazy(
            _("A workbook (XLSX) or a catalogue (PO) as it is taken out here, of at most {n} MB."),
            n=LARGEST_FILE // MEGABYTE,
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.po"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE or _suffix(file.name) not in TYPES:
            raise forms.ValidationError(
                _("Choose a file of at most %(limit)d MB whose name ends in .xlsx or .po."),
                params={"limit": LARGEST_FILE // MEGABYTE},
            )
        return file


def file_paths() -> list[URLPattern]:
    def rows() -> Any:
        return EditionLanguage.objects.select_related("edition")

    return [
        page_path("<int:pk>/file/", file_page, "assessment_texts_file", rows=rows, may=may_read),
        page_path(
            "<int:pk>/file/<uuid:key>/",
            changes_page,
            "assessment_texts_changes",
            rows=rows,
            may=_may_take,
        ),
        page_path(
            "<int:pk>/file.<slug:kind>",
            download,
            "assessment_texts_download",
            rows=rows,
            may=may_read,
        ),
    ]


def _may_take(request: HttpRequest, offered: EditionLanguage) -> bool:
    return may_translate(request, offered)


def download(_request: HttpRequest, offered: EditionLanguage, kind: str) -> HttpResponseBase:
    if kind not in TYPES:
        raise PermissionDenied
    texts = [
        FileText(
            place=entry.place,
            name=place_label(entry.place),
            source=entry.source,
            target=entry.target,
            limit=limit_words(entry.place),
            state=entry.state,
        )
        for entry in _entries(offered)
    ]
    content = to_po(offered.language, texts) if kind == "po" else _workbook(offered, texts)
    number = offered.edition.number or offered.edition.pk
    name = f"articula-{number}-{offered.language}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


def _workbook(offered: EditionLanguage, texts: list[FileText]) -> bytes:
    return to_language_workbook(
        offered.language,
        texts,
        headings=[str(HEADINGS[name]) for name in COLUMNS],
        states={state: str(STATE_NAMES[state]) for state in STATES},
    )


def _entries(offered: EditionLanguage) -> tuple[Entry, ...]:
    instrument = compile_edition(offered.edition)
    return entries_in(edition=offered.edition, language=offered.language, instrument=instrument)


def file_page(request: HttpRequest, offered: EditionLanguage) -> HttpResponseBase:
    """Both ways: the two files to take out, and the form to bring one in."""
    posted = request.method == "POST"
    if posted and not may_translate(request, offered):
        raise PermissionDenied
    form = LanguageFileForm(request.POST, request.FILES) if posted else LanguageFileForm()
    if not form.is_valid():
        return _draw(request, offered, "file", form=form)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        _read(offered, file.name, content)
    except Refused as refused:
        faults = [
            {"sheet": f.sheet, "row": f.row, "column": f.column, "message": fault_sentence(f)}
            for f in refused.faults
        ]
        return _draw(request, offered, "file", form=form, faults=faults)
    upload = store_upload(
        user=request.user,
        edition=offered.edition,
        name=file.name,
        content=content,
        now=timezone.now(),
    )
    address = reverse("admin:assessment_texts_changes", args=[offered.pk, upload.pk])
    return HttpResponseRedirect(address)


def changes_page(request: HttpRequest, offered: EditionLanguage, key: UUID) -> HttpResponseBase:
    """What the file would change; only the form below it writes."""
    upload = upload_for(user=request.user, edition=offered.edition, key=key, now=timezone.now())
    if upload is None or _suffix(upload.name) not in TYPES:
        message = gettext("The file is no longer kept. Choose it again.")
        return send_to(request, _address(offered), message)
    try:
        if request.method == "POST":
            return _take(request, offered, upload)
        return _draw_changes(request, offered, upload)
    except Refused as refused:
        # It could be read when it came: the texts of the edition are others now.
        return send_to(request, _address(offered), fault_sentence(refused.faults[0]))


def _draw_changes(
    request: HttpRequest,
    offered: EditionLanguage,
    upload: Upload,
    errors: Mapping[TextKey, str] | None = None,
) -> HttpResponseBase:
    entries = _entries(offered)
    read = _read(offered, upload.name, bytes(upload.content))
    changes = changes_in(entries, read)
    told = errors or {}
    return _draw(
        request,
        offered,
        "changes",
        changes=[(place_label(c.entry.place), c, told.get(c.entry.place, "")) for c in changes],
        same=len(read) - len(changes),
        file_name=upload.name,
        seen=fingerprint(entries),
    )


def _take(request: HttpRequest, offered: EditionLanguage, upload: Upload) -> HttpResponseBase:
    entries = _entries(offered)
    changes = changes_in(entries, _read(offered, upload.name, bytes(upload.content)))
    try:
        outcome = take_over(
            offered=offered,
            changes=changes,
            entries=entries,
            seen=request.POST.get("seen", ""),
            now=timezone.now(),
        )
    except BadTranslations as bad:
        messages.error(request, gettext("Nothing was saved. Correct the texts that are marked."))
        errors = {place: bare_sentence(issue) for place, issue in bad.errors.items()}
        return _draw_changes(request, offered, upload, errors)
    except ChangedMeanwhile:
        message = gettext("The edition was changed meanwhile. Look at the changes again.")
        return send_to(request, request.path, message, messages.WARNING)
    upload.delete()
    number = len(outcome.saved)
    record(request, offered, translate_sentence(outcome.saved))
    message = ngettext("%(number)d text is saved.", "%(number)d texts are saved.", number)
    return send_to(request, _address(offered), message % {"number": number}, messages.SUCCESS)


def _read(offered: EditionLanguage, name: str, content: bytes) -> list[ReadText]:
    """Raises Refused. A workbook may have been taken out in any language of the program."""
    sources = texts_of(compile_edition(offered.edition))
    if _suffix(name) == "po":
        return read_language_po(content, sources)
    headings, states = dict[str, str](), dict[str, str]()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            headings |= {str(word): column for column, word in HEADINGS.items()}
            states |= {str(STATE_NAMES[state]): state for state in STATES}
    return read_language_workbook(content, sources, headings=headings, states=states)


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _address(offered: EditionLanguage) -> str:
    return reverse("admin:assessment_texts_file", args=[offered.pk])


def _draw(
    request: HttpRequest, offered: EditionLanguage, page: str, **context: Any
) -> HttpResponseBase:
    title = gettext("File of a language: %(language)s") % {
        "language": language_name(offered.language)
    }
    kinds: Sequence[tuple[str, str]] = (("xlsx", gettext("Workbook (XLSX)")), ("po", "PO"))
    return draw_page(
        request,
        f"translations/{page}",
        offered,
        title,
        offered=offered,
        kinds=kinds,
        may_translate=may_translate(request, offered),
        **context,
    )
