"""The layout object that draws one question, by one template, on whatever page it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.layout import LayoutObject
from django.template.loader import get_template, render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from assessment.instrument.glossary import terms_in
from assessment.instrument.kinds.registry import kind_of
from assessment.models.process_cache import QUESTION_HTML

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField, Form

    from assessment.instrument.model import Finding, Instrument, Question, Term


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """What somebody else saved meanwhile, in words: shown beside what this person sent."""

    text: str
    note: str = ""


class QuestionLayout(LayoutObject):  # type: ignore[misc]
    """A question with hint, error, options, words explained, reason, note and save state."""

    def __init__(
        self,
        question: Question,
        *,
        instrument: Instrument,
        shown: bool = True,
        conflict: ShownConflict | None = None,
        heading: bool = False,
    ) -> None:
        self.fields: list[str] = [question.code]
        self.question = question
        self.instrument = instrument
        self.shown = shown
        self.conflict = conflict
        self.heading = heading

    def render(
        self, form: Form, context: Any, template_pack: str = "articula", **kwargs: Any
    ) -> SafeString:
        names = field_names(self.question.code)
        bound = {part: form[name] for part, name in names.items() if name in form.fields}
        form.rendered_fields.update(field.name for field in bound.values())  # type: ignore[attr-defined]
        values = {part: field.value() for part, field in bound.items()}
        error = first_error(bound["answer"])
        parts = {
            "code": self.question.code,
            "conflict": self.conflict,
            "error": error,
            "note_error": first_error(bound["note"]) if "note" in bound else "",
            "heading": self.heading,
            "noted": bool(values.get("note")),
            **{part: widget_html(field, values[part]) for part, field in bound.items()},
            **self.fixed_parts(form, wording=str(bound["answer"].label), error=bool(error)),
        }
        if who_sees := getattr(form, "who_sees", ""):
            parts["note_hint"] = who_sees
            parts["who_sees"] = who_sees if kind_of(self.question).free_text else ""
        return cast("SafeString", get_template(f"{template_pack}/question.html").render(parts))

    def fixed_parts(self, form: Form, *, wording: str, error: bool) -> Mapping[str, SafeString]:
        """What no answer changes: the head with what is asked, and what opens on demand below."""
        words = self.terms_to_explain(form)
        key = (
            *(self.instrument.texts_hash, self.question.code, wording, str(get_language())),
            *(str(self.shown), str(error), str(self.heading), *(term.code for term in words)),
        )
        return QUESTION_HTML.get(key, lambda: self.render_fixed(words, wording, error=error))

    def render_fixed(
        self, words: list[Term], wording: str, *, error: bool
    ) -> Mapping[str, SafeString]:
        cited = [self.instrument.finding[code] for code in self.question.findings]
        context = {
            "question": self.question,
            "code": self.question.code,
            "wording": wording,
            "shown": self.shown,
            "error": error,
            "heading": self.heading,
            "words": words,
            "passages": [(finding, self.place_of(finding)) for finding in cited],
        }
        return {
            "head": render_to_string("articula/head.html", context),
            "asides": render_to_string("articula/asides.html", context),
            "note_title": escape(gettext("What makes you say so? (optional)")),
            "note_hint": escape(gettext("It stands beside the result. Name no persons.")),
        }

    def place_of(self, finding: Finding) -> str:
        """Where it stands, in words for readers; editions of before have the section alone."""
        return (
            finding.citation or f"{self.instrument.source[finding.source].title}: {finding.section}"
        )

    def terms_to_explain(self, form: Form) -> list[Term]:
        """The glossary's terms in what is asked, hinted and offered, each once on a page.

        A question that is put away keeps its own, for when an answer shows it.
        """
        q = self.question
        explained: set[str] = form.__dict__.setdefault("explained", set())
        terms = terms_in(self.instrument, q.text, q.help, *(o.text for o in q.options))
        fresh = [term for term in terms if term.code not in explained]
        if self.shown:
            explained.update(term.code for term in fresh)
        return fresh


def field_names(code: str) -> dict[str, str]:
    """The names of a question's fields by what they hold."""
    return {"answer": code, "note": f"{code}-note", "revision": f"{code}-revision"}


def widget_html(field: BoundField, value: object) -> SafeString:
    """Drawn by its widget alone: help and error stand in the question's template."""
    return cast("SafeString", field.field.widget.render(field.name, value, {"id": field.auto_id}))


def first_error(field: BoundField) -> str:
    errors = field.errors
    return str(errors[0]) if errors else ""
