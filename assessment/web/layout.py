"""The layout object that draws one whole question of a form: one template, one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.layout import LayoutObject
from django.template.loader import get_template, render_to_string
from django.utils.translation import get_language

from assessment.method.result import DONT_KNOW, NOT_APPLICABLE
from assessment.templatetags.glossary import terms_in
from assessment.web.widgets import values_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BoundField, Form
    from django.utils.safestring import SafeString

    from assessment.method.instrument import Instrument, Question, Term

Key = tuple[str, ...]
STATUSES = frozenset({DONT_KNOW, NOT_APPLICABLE})


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
        words = self.words(form) if self.shown else []
        if self.conflict or form.is_bound:
            return self.draw(bound, words, template_pack)
        key = self.key(bound, words)
        return kept(key, lambda: self.draw(bound, words, template_pack))

    def key(self, bound: dict[str, BoundField], words: list[Term]) -> Key | None:
        """Everything a question looks like; None where a person's own words stand in it."""
        chosen = values_of(bound["answer"].value())
        offered = {option.value for option in self.question.options} | STATUSES
        if not offered.issuperset(chosen) or ("note" in bound and bound["note"].value()):
            return None
        revision = str(bound["revision"].value()) if "revision" in bound else ""
        terms = ",".join(term.code for term in words)
        wording = str(bound["answer"].label)
        return (*self.same(wording), "|".join(chosen), revision, str(self.shown), terms)

    def same(self, wording: str) -> Key:
        return self.instrument.texts_hash, self.question.code, wording, str(get_language())

    def draw(self, bound: dict[str, BoundField], words: list[Term], pack: str) -> SafeString:
        wording = cast("str", bound["answer"].label)
        drawn = {
            **bound,
            "code": self.question.code,
            "shown": self.shown,
            "hint": self.question.help,
            "conflict": self.conflict,
            "error": first_error(bound["answer"]),
            "note_error": first_error(bound["note"]) if "note" in bound else "",
            "words": words,
            "head": self.part("articula/head.html", wording),
            "why": self.part("articula/why.html", wording),
        }
        return cast("SafeString", get_template(f"{pack}/question.html").render(drawn))

    def part(self, template: str, wording: str) -> SafeString:
        """A part that no answer changes."""
        return kept((template, *self.same(wording)), lambda: self.draw_part(template, wording))

    def draw_part(self, template: str, wording: str) -> SafeString:
        cited = [self.instrument.finding[code] for code in self.question.findings]
        passages = [(finding, self.instrument.source[finding.source]) for finding in cited]
        drawn = {"question": self.question, "wording": wording, "passages": passages}
        return render_to_string(template, drawn)

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


_KEPT: dict[Key, SafeString] = {}
MOST_KEPT = 4096


def kept(key: Key | None, draw: Callable[[], SafeString]) -> SafeString:
    """Drawn once for each key: the same content, wording, language and answer look the same."""
    if key is None:
        return draw()
    if key not in _KEPT:
        drawn = draw()
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[key] = drawn
    return _KEPT[key]
