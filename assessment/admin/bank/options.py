"""Values of options are lasting, as codes are: what was published or is used is not renamed."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.admin.bank.part.forms import add_row_error
from assessment.admin.bank.part.inlines import SortableFormSet
from assessment.models import Edition, Option
from assessment.models.queries import usage as uses


class ImmutableOptionValues(SortableFormSet):
    """A field that only reads is still sent, so that a row taken away meanwhile can come back."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "value" in form.fields and form.instance.value in self.immutable_values:
            form.fields["value"].widget.attrs["readonly"] = True

    @cached_property
    def immutable_values(self) -> frozenset[str]:
        if self.instance.pk is None:
            return frozenset()
        same = Option.objects.filter(question__code=self.instance.code)
        published = same.exclude(question__edition__state=Edition.State.DRAFT)
        used = uses.of_options(self.instance)
        return frozenset(published.values_list("value", flat=True)) | {v for v in used if used[v]}

    def refuse_renamed(self) -> None:
        for form in self.initial_forms:
            value = form.initial.get("value")
            if "value" in form.changed_data and value in self.immutable_values:
                add_row_error(
                    form,
                    "value",
                    _(
                        "The value %(value)s was published or is used: it stays. Add another "
                        "option instead."
                    ),
                    value=value,
                )
