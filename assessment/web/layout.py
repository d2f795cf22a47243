"""The layout object that draws one whole question of a form: one template, one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.layout import LayoutObject
from django.template.loader import get_template, render_to_string
from django.utils.translation import get_language

from assessment.templatetags.glossary import terms_in

if TYPE_CHECKING:
    from django.forms import BoundField, Form
    from django.utils.safestring import SafeString

    from assessment.method.instrument import Instrument, Question, Term


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody else saved meanwhile, in words: shown beside what this person sent."""

    text: str
    note: str = ""


class Asked(LayoutObject):  # type: ignore[misc]
    """A question with hint, error, options, words explained, reason, note and save state."""

    def __init__(
        self,
        question: Question,
        *,
        instrument: Instrument,
        shown: bool = True,
        conflict: Conflict | None = None,
    ) -> None:
        self.fields: list[str] = [question.code]
        self.question = question
        self.instrument = instrument
        self.shown = shown
        self.conflict = conflict

    def render(
        self, form: Form, context: Any, template_pack: str = "articula", **kwargs: Any
    ) -> SafeString:
        code = self.question.code
        bound = {part: form[name] for part, name in parts(code).items() if name in form.fields}
        form.rendered_fields.update(field.name for field in bound.values())  # type: ignore[attr-defined]
        wording = cast("str", bound["answer"].label)
        drawn = {
            **bound,
            "code": code,
            "shown": self.shown,
            "hint": self.question.help,
            "conflict": self.conflict,
            "error": first_error(bound["answer"]),
            "note_error": first_error(bound["note"]) if "note" in bound else "",
            "words": self.words(form) if self.shown else (),
            "head": kept("articula/head.html", self.question, self.instrument, wording),
            "why": kept("articula/why.html", self.question, self.instrument, wording),
        }
        template = get_template(f"{template_pack}/question.html")
        return cast("SafeString", template.render(drawn))

    def words(self, form: Form) -> list[Term]:
        """The glossary's terms in what is asked, hinted and offered, each once on a page."""
        q = self.question
        explained: set[str] = form.__dict__.setdefault("explained", set())
        terms = terms_in(self.instrument, q.text, q.help, *(o.text for o in q.options))
        fresh = [term for term in terms if term.code not in explained]
        explained.update(term.code for term in fresh)
        return fresh


def parts(code: str) -> dict[str, str]:
    """The names of a question's fields by what they hold."""
    return {"answer": code, "note": f"{code}-note", "revision": f"{code}-revision"}


def first_error(field: BoundField) -> str:
    errors = field.errors
    return str(errors[0]) if errors else ""


_KEPT: dict[tuple[str | None, ...], SafeString] = {}
MOST_KEPT = 4096


def kept(template: str, question: Question, instrument: Instrument, wording: str) -> SafeString:
    """A part that no answer changes: drawn once for each content, wording and language."""
    key = (template, instrument.texts_hash, question.code, wording, get_language())
    if key not in _KEPT:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        cited = [instrument.finding[code] for code in question.findings]
        passages = [(finding, instrument.source[finding.source]) for finding in cited]
        drawn = {"question": question, "wording": wording, "passages": passages}
        _KEPT[key] = render_to_string(template, drawn)
    return _KEPT[key]
