"""Languages of an edition, how complete each is, and the translations to search in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.languages import remove_language, translations_into
from assessment.admin.core import filters
from assessment.admin.core.base_admin import ReadOnlyAdmin
from assessment.admin.core.drafts import DraftAdmin
from assessment.admin.core.edition_choice import edition_choice
from assessment.admin.history.history_admin import HistoryAdmin
from assessment.admin.translations.file_page import file_paths
from assessment.admin.translations.links import texts_address
from assessment.admin.translations.permissions import may_read, may_translate
from assessment.admin.translations.texts_page import texts_path
from assessment.admin.translations.translation_query import group_name
from assessment.admin.translations.translation_workbench import workbench_of
from assessment.instrument.translation import completeness_of, entries_by_group
from assessment.models import Edition, EditionLanguage, Translation
from assessment.models.translations import language_name

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLPattern

    from assessment.instrument.translation import Completeness
    from assessment.models.queries.history import RowsBelow


@admin.register(EditionLanguage)
class EditionLanguageAdmin(DraftAdmin, HistoryAdmin):
    empty_list = _(
        "The languages into which an edition is translated stand here, with how complete they are. "
        "Add one to a draft."
    )
    restorable = True
    change_form_template = "admin/assessment/translations/language.html"
    list_display = ["name", "edition", "translated", "fallback_accepted", "next_step"]
    list_select_related = ["edition"]
    list_filter = [filters.EditionFilter]
    fields = ["edition", "language", "fallback_accepted"]
    actions = None

    class Media:
        css = {"all": ["css/admin.css", "css/admin-translation.css"]}
        js = ["js/admin-translation.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        same = Translation.objects.filter(
            edition=OuterRef("edition"), language=OuterRef("language")
        )
        counted = same.order_by().values("edition").annotate(number=Count("pk")).values("number")
        rows = super().get_queryset(request).select_related("edition")
        found: QuerySet[Any] = rows.annotate(translated=Coalesce(Subquery(counted), 0))
        return found

    # Forms

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["edition", "language"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        drafts = edition_choice(request).drafts
        kwargs["queryset"] = Edition.objects.filter(pk__in=[draft.pk for draft in drafts])
        kwargs["initial"] = drafts[0] if drafts else None
        kwargs["empty_label"] = None
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "language":
            field.help_text = _("Its code: es, fr, pt, am, qu, or with a country, such as es-mx.")
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        offered = kwargs.get("obj")
        if offered is not None:
            context["completeness"] = _completeness(offered)
            context["may_translate"] = may_translate(request, offered)
            context["may_read"] = may_read(request, offered)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        deleted, counts, missing_permissions, protected = super().get_deleted_objects(objs, request)
        count = sum(translations_into(offered).count() for offered in objs)
        counts[str(Translation._meta.verbose_name_plural)] = count
        return deleted, counts, missing_permissions, protected

    def delete_model(self, request: HttpRequest, obj: EditionLanguage) -> None:
        remove_language(offered=obj)

    def rows_below(self, row: EditionLanguage) -> list[RowsBelow]:
        return [(Translation, {"edition": row.edition_id, "language": row.language})]

    def get_urls(self) -> list[URLPattern]:
        return [texts_path(), *file_paths(), *super().get_urls()]

    # Columns

    @admin.display(description=_("language"), ordering="language")
    def name(self, offered: EditionLanguage) -> str:
        return f"{language_name(offered.language)} ({offered.language})"

    @admin.display(description=_("texts translated"))
    def translated(self, offered: Any) -> int:
        return int(offered.translated)

    @admin.display(description=_("what you can do"))
    def next_step(self, offered: EditionLanguage) -> str:
        return format_html(
            '<a class="step" href="{}">{}</a>', texts_address(offered.pk), _("Translate")
        )


@admin.register(Translation)
class TranslationAdmin(HistoryAdmin, ReadOnlyAdmin):
    empty_list = _(
        "Texts in other languages stand here. Add a language to a draft and translate its texts."
    )
    """For searching; translations are written side by side with their source."""

    list_display = ["code", "field", "language", "wording", "edition"]
    list_select_related = ["edition"]
    list_filter = [filters.EditionFilter, "language"]
    search_fields = ["code", "text"]
    fields = ["edition", "language", "kind", "code", "field", "text", "updated_at"]

    class Media:
        css = {"all": ["css/admin.css"]}

    @admin.display(description=_("text"))
    def wording(self, translation: Translation) -> str:
        return Truncator(translation.text).chars(100)


def _completeness(offered: EditionLanguage) -> list[tuple[str, Completeness, str]]:
    """Of each group and of all: its name, its counts and the address of its texts."""
    workbench = workbench_of(offered, offered.edition.instrument())
    groups = [
        (group_name(workbench, name), completeness_of(found), texts_address(offered.pk, group=name))
        for name, found in entries_by_group(workbench.entries).items()
    ]
    whole = completeness_of(workbench.entries)
    return [*groups, (gettext("All texts"), whole, texts_address(offered.pk))]
