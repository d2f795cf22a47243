"""Who runs this site and its logos: a page for the one, a list of at most four of the other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assessment.actions.logos import LARGEST_FILE, BadLogo, DrawnLogo, draw_logo
from assessment.admin.core.lines import LinesForm
from assessment.admin.history.history_admin import HistoryAdmin
from assessment.models import Logo, Site
from assessment.models.site import THE_ROW
from assessment.reports.issue_wording.logos import OF_LOGOS


class LogoForm(LinesForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PNG or JPEG, at most 500 kB. It is drawn anew on white; the file itself is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = self.instance.pk is None

    def clean_file(self) -> DrawnLogo | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        try:
            return draw_logo(file.read(LARGEST_FILE + 1))
        except BadLogo as refusal:
            raise forms.ValidationError(OF_LOGOS[refusal.code]) from refusal

    def save(self, commit: bool = True) -> Any:
        drawn: DrawnLogo | None = self.cleaned_data["file"]
        if drawn is not None:
            for name in ("content", "digest", "width", "height"):
                setattr(self.instance, name, getattr(drawn, name))
        return super().save(commit)


@admin.register(Site)
class SiteAdmin(HistoryAdmin):
    form = LinesForm
    fields = ["organisation", "person", "contact"]
    empty_list = _(
        "Here stands who runs this site and whom to ask. People read it on the first page, on the "
        "page of help and in the privacy notice. Add it."
    )

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one row: whoever would add a second changes the first."""
        if Site.objects.exists():
            return redirect("admin:assessment_site_change", THE_ROW)
        return super().add_view(request, form_url, extra_context)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = THE_ROW
        super().save_model(request, obj, form, change)


@admin.register(Logo)
class LogoAdmin(HistoryAdmin):
    form = LogoForm
    fields = ["position", "alternative", "file", "picture"]
    readonly_fields = ["picture"]
    list_display = ["alternative", "position", "picture"]
    actions = None
    empty_list = _(
        "Logos stand on the first page and on every brief, at most four. Add the first one, with "
        "the name of the institution for those who do not see it."
    )

    @admin.display(description=_("as it stands on the pages"))
    def picture(self, logo: Logo) -> SafeString | str:
        if not logo.digest:
            return "–"
        address = reverse("logo", args=[logo.digest])
        return format_html('<img src="{}" alt="{}" height="48">', address, logo.alternative)
