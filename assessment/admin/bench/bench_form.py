"""The form of the bench: every question that is chosen or counted, as plain fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.admin.bench.sample_fields import answer_field, profile_field
from assessment.admin.bench.samples import Sample, has_coded_answers
from assessment.instrument.answers import DONT_KNOW, NOT_APPLICABLE
from assessment.instrument.kinds.registry import kind_of
from assessment.instrument.model import PROFILE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from assessment.instrument.model import Instrument

PROFILE_PREFIX = "profile."


class BenchForm(forms.Form):
    """A group of fields for the profile and for each dimension."""

    def __init__(self, instrument: Instrument, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.instrument = instrument
        for name in PROFILE_FIELDS:
            self.fields[PROFILE_PREFIX + name] = profile_field(instrument, name)
        for question in instrument.questions:
            if question.dimension and has_coded_answers(question):
                self.fields[question.code] = answer_field(question)

    def show_sample(self, sample: Sample) -> None:
        self.initial = {PROFILE_PREFIX + name: value for name, value in sample.profile.items()}
        self.initial |= dict(sample.answers)

    @property
    def groups(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        profile = [self[name] for name in self.fields if name.startswith(PROFILE_PREFIX)]
        yield _("Profile"), profile
        for dimension in self.instrument.dimensions:
            codes = [q.code for q in self.instrument.questions_of[dimension.code]]
            yield dimension.name, [self[code] for code in codes if code in self.fields]

    def sample(self) -> Sample:
        """What was entered; fields left open are left out."""
        entered = {name: self._entered(name) for name in self.fields}
        known = {name: raw for name, raw in entered.items() if raw not in ("", [])}
        return Sample(
            name="",
            profile={
                name.removeprefix(PROFILE_PREFIX): raw
                for name, raw in known.items()
                if name.startswith(PROFILE_PREFIX)
            },
            answers={
                name: raw for name, raw in known.items() if not name.startswith(PROFILE_PREFIX)
            },
        )

    def _entered(self, name: str) -> Any:
        data: Any = self.data
        values = data.getlist(name)
        question = self.instrument.question.get(name)
        alone = values[:1] in ([DONT_KNOW], [NOT_APPLICABLE])
        if question and kind_of(question).several and not alone:
            return values
        return values[0].strip() if values else ""
