"""What a translator has on the desk: source and target of each text, its words and its gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from assessment.actions.editions.translate import SubmittedText
from assessment.instrument.glossary import glossary_of, terms_in
from assessment.instrument.model import Instrument
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import MISSING, TO_REVIEW, Entry, entries_by_group

PER_PAGE = 40
GAPS = "gaps"
FIELD_WORDS = {
    "advice": _("advice for level"),
    "first_step": _("first step within 30 days"),
    "forms": _("other forms, one a line"),
    "help": _("help"),
    "labels": _("name of level"),
    "meanings": _("meaning of level"),
    "name": _("name"),
    "needs": _("what it needs"),
    "note": _("note"),
    "options": _("option"),
    "readings": _("reading of"),
    "short": _("short name"),
    "sub_dimensions": _("sub-dimension"),
    "summary": _("summary"),
    "term": _("term"),
    "text": _("text"),
    "text_national": _("wording for the national tier"),
    "title": _("title"),
    "actor": _("who acts"),
    "unit": _("unit"),
    "variants": _("variant"),
    "why": _("why this question"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A glossary term that occurs in a source; `target` is empty where it is not translated."""

    term: str
    target: str


@dataclass(frozen=True, slots=True)
class Row:
    """`before` and `after` are the next gaps around it; on this page they stand in `here`."""

    name: str
    label: str
    entry: Entry
    source: SafeString
    source_hash: str
    seen: str
    text: str
    words: tuple[Word, ...]
    error: str
    theirs: str | None
    confirmed: bool
    before: str
    after: str
    here: frozenset[str]

    @property
    def is_to_review(self) -> bool:
        return self.entry.state == TO_REVIEW

    @property
    def lines(self) -> int:
        return max(2, len(self.entry.source) // 45 + 1)

    @property
    def before_is_here(self) -> bool:
        return self.before in self.here

    @property
    def after_is_here(self) -> bool:
        return self.after in self.here


@dataclass(frozen=True)
class Desk:
    """The texts of one language of an edition, `pk` being its row."""

    pk: int
    instrument: Instrument
    entries: tuple[Entry, ...]
    typed: Mapping[TextKey, SubmittedText] = field(default_factory=dict)
    errors: Mapping[TextKey, str] = field(default_factory=dict)
    theirs: Mapping[TextKey, str] = field(default_factory=dict)

    def with_typed(
        self,
        typed: Iterable[SubmittedText],
        errors: Mapping[TextKey, str] | None = None,
        theirs: Mapping[TextKey, str] | None = None,
    ) -> Desk:
        by_place = {one.place: one for one in typed}
        return replace(self, typed=by_place, errors=errors or {}, theirs=theirs or {})

    @cached_property
    def number(self) -> dict[TextKey, int]:
        return {entry.place: number for number, entry in enumerate(self.entries)}

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        return tuple(n for n, entry in enumerate(self.entries) if not entry.is_done)

    @cached_property
    def translated_terms(self) -> dict[str, str]:
        return {
            entry.place.code: entry.target
            for entry in self.entries
            if entry.place.kind == "terms" and entry.place.field == "term"
        }

    def entry(self, place: TextKey) -> Entry:
        """The text that stands there; one without a source where it has left the edition."""
        number = self.number.get(place)
        return Entry(place, "", "", "", MISSING) if number is None else self.entries[number]

    def url_of(self, entry: Entry) -> str:
        """The page of its group on which it stands."""
        group = entries_by_group(self.entries).get(entry.group, [])
        page = group.index(entry) // PER_PAGE + 1 if group else 1
        return f"{address(self.pk, group=entry.group, page=page)}#{name_of(entry.place)}"

    def rows(self, entries: Sequence[Entry]) -> list[Row]:
        here = frozenset(name_of(entry.place) for entry in entries)
        return [self._row(entry, here) for entry in entries]

    def _row(self, entry: Entry, here: frozenset[str]) -> Row:
        place, typed = entry.place, self.typed.get(entry.place)
        theirs = self.theirs.get(place)
        before, after = self._around(place)
        return Row(
            name=name_of(place),
            label=label_of(place),
            entry=entry,
            source=self._marked(entry.source),
            source_hash=hash_of_text(entry.source) if typed is None else typed.source_hash,
            seen=typed.seen if typed and theirs is None else hash_of_text(theirs or entry.target),
            text=entry.target if typed is None else typed.text,
            words=self._words(entry.source),
            error=self.errors.get(place, ""),
            theirs=theirs,
            confirmed=bool(typed and typed.confirmed),
            before=before,
            after=after,
            here=here,
        )

    def _around(self, place: TextKey) -> tuple[str, str]:
        here = self.number.get(place, -1)
        before = next((n for n in reversed(self.gaps) if n < here), None)
        after = next((n for n in self.gaps if n > here), None)
        return self._name(before), self._name(after)

    def _name(self, number: int | None) -> str:
        return "" if number is None else name_of(self.entries[number].place)

    def _words(self, source: str) -> tuple[Word, ...]:
        targets = self.translated_terms
        return tuple(
            Word(term.term, targets.get(term.code, ""))
            for term in terms_in(self.instrument, source)
        )

    def _marked(self, source: str) -> SafeString:
        """The source with each term of the glossary marked."""
        parts, end = [], 0
        for match, _term in glossary_of(self.instrument).first_occurrences(source):
            parts.append(conditional_escape(source[end : match.start()]))
            parts.append(format_html("<mark>{}</mark>", match[0]))
            end = match.end()
        return mark_safe("".join([*parts, conditional_escape(source[end:])]))


def name_of(place: TextKey) -> str:
    """A place as the name of its form field."""
    return "/".join(place)


def place_named(name: str) -> TextKey:
    kind, _slash, rest = name.partition("/")
    code, _slash, own = rest.rpartition("/")
    return TextKey(kind, code, own)


def label_of(place: TextKey) -> str:
    words = " ".join(str(FIELD_WORDS.get(part, part)) for part in place.field.split("."))
    return f"{place.code}: {words}"


def address(pk: int, **query: str | int) -> str:
    page = reverse("admin:assessment_texts", args=[pk])
    return f"{page}?{urlencode(query)}" if query else page
