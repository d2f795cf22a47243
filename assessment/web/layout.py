"""The layout object that draws one whole question of a form: one template, one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.layout import LayoutObject
from django.template.loader import get_template

from assessment.templatetags.glossary import terms_in

if TYPE_CHECKING:
    from django.forms import Form
    from django.utils.safestring import SafeString

    from assessment.method.instrument import Finding, Instrument, Question, Source, Term


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
        names = [name for name in (code, f"{code}-note", f"{code}-revision") if name in form.fields]
        form.rendered_fields.update(names)  # type: ignore[attr-defined]
        template = get_template(f"{template_pack}/question.html")
        drawn = {
            "asked": self,
            "words": self.words(form) if self.shown else (),
            "question": self.question,
            "field": form[code],
            "note": form[f"{code}-note"] if f"{code}-note" in names else None,
            "revision": form[f"{code}-revision"] if f"{code}-revision" in names else None,
        }
        return cast("SafeString", template.render(drawn))

    def words(self, form: Form) -> list[Term]:
        """The glossary's terms in what is asked, hinted and offered, each once on a page."""
        q = self.question
        explained: set[str] = form.__dict__.setdefault("explained", set())
        terms = terms_in(self.instrument, q.text, q.help, *(o.text for o in q.options))
        fresh = [term for term in terms if term.code not in explained]
        explained.update(term.code for term in fresh)
        return fresh

    def passages(self) -> list[tuple[Finding, Source]]:
        cited = [self.instrument.finding[code] for code in self.question.findings]
        return [(finding, self.instrument.source[finding.source]) for finding in cited]
