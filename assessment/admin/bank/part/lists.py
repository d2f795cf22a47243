"""What the lists of parts add: counts for a page at once, numbers to type, codes to complete."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part import order
from assessment.admin.bank.part.form_fields import part_label
from assessment.admin.core.bad_requests import refuse_bad_requests
from assessment.admin.core.edition_choice import edition_choice
from assessment.admin.core.generics import ModelForm


class PartChangeList(ChangeList):
    """Adds to the rows of a page what is counted for all of them at once."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        admin: Any = self.model_admin
        return admin.annotate_rows(super().get_queryset(request, *args, **kwargs))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        selected = edition_choice(request).selected
        first = str(next(iter(self.get_ordering(request, self.queryset)), ""))
        sortable = selected is not None and selected.is_draft and first.lstrip("-") == "position"
        for row in self.result_list:
            row.sortable = sortable
        admin: Any = self.model_admin
        admin.describe_rows(request, list(self.result_list))


class PositionForm(ModelForm):
    position = order.PositionField(label=_("order"))


class PartAutocomplete(AutocompleteJsonView):
    """Offers parts by their code and first words."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with refuse_bad_requests():
            return super().get(request, *args, **kwargs)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": part_label(obj)}
