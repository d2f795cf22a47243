"""All texts of one language as a file for translators: a workbook (XLSX) or a catalogue (PO)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from assessment.instrument.plain_text import unsupported_character
from assessment.instrument.texts import TextKey, hash_of_text
from assessment.instrument.translation import DONE, TO_REVIEW
from assessment.interchange.people_table import plain
from assessment.interchange.plan_workbook import PlanTable, to_plan_workbook
from assessment.interchange.refusal import FileFault, Refused, refusal
from assessment.interchange.workbook.xlsx import XlsxFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

COLUMNS = ("key", "place", "source", "target", "longest", "state")
NEEDED = ("key", "source", "target")
WIDE = frozenset({2, 3})
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class FileText:
    """One text as it goes out: `name` says where it stands, `limit` how long it may be."""

    place: TextKey
    name: str
    source: str
    target: str
    limit: str
    state: str


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text as it comes in; `done` is what the translator says of its state, where he does."""

    place: TextKey
    text: str
    source_hash: str
    done: bool


def key_of(place: TextKey) -> str:
    return "/".join(place)


def to_language_workbook(
    language: str,
    texts: Iterable[FileText],
    *,
    headings: Sequence[str],
    states: Mapping[str, str],
) -> bytes:
    """`headings` are those of COLUMNS, `states` the words for the three states."""
    rows = [
        [key_of(one.place), one.name, one.source, one.target, one.limit, states[one.state]]
        for one in texts
    ]
    return to_plan_workbook(PlanTable(language, headings, rows, WIDE))


def to_po(language: str, texts: Iterable[FileText]) -> bytes:
    """The key of each text is its context; one to review is fuzzy."""
    catalogue = Catalog(project="Articula", fuzzy=False)
    for one in texts:
        catalogue.add(
            one.source,
            one.target,
            context=key_of(one.place),
            flags=["fuzzy"] if one.state == TO_REVIEW else [],
            auto_comments=[part for part in (one.name, one.limit) if part],
        )
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=True, width=100)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def read_language_workbook(
    content: bytes,
    sources: Mapping[TextKey, str],
    *,
    headings: Mapping[str, str],
    states: Mapping[str, str],
) -> list[ReadText]:
    """`headings` and `states` give by every word, in any language, what it stands for.

    Raises Refused.
    """
    file = XlsxFile(content)
    sheet = next(iter(file.parts))
    found = _cells(file, sheet, {plain(word): name for word, name in headings.items()})
    known = {plain(word): state for word, state in states.items()}
    rows = (
        (row, cells["key"], cells["source"], cells["target"], known.get(plain(cells["state"])))
        for row, cells in found
    )
    return _checked(sheet, rows, sources)


def read_language_po(content: bytes, sources: Mapping[TextKey, str]) -> list[ReadText]:
    """Raises Refused."""
    try:
        catalogue = read_po(io.BytesIO(content), ignore_obsolete=True, abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError, IndexError) as error:
        raise refusal("po_unreadable", reason=str(error)) from error
    messages = (one for one in catalogue if one.id and isinstance(one.id, str))
    rows = (
        (
            one.lineno or 0,
            one.context or "",
            str(one.id),
            str(one.string or ""),
            TO_REVIEW if one.fuzzy else DONE,
        )
        for one in messages
    )
    return _checked("PO", rows, sources)


def _cells(
    file: XlsxFile, sheet: str, known: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row below the headings by the names of COLUMNS."""
    order: dict[int, str] = {}
    for number, cells in file.rows(sheet):
        if number > MOST_ROWS:
            raise refusal("too_many_rows", sheet, most=MOST_ROWS)
        if not order:
            order = {at: known.get(plain(cell.text), "") for at, cell in cells.items()}
            if not set(NEEDED) <= set(order.values()):
                raise refusal("no_head", sheet, columns=NEEDED)
            continue
        texts = {order.get(at, ""): cell.text.replace("\r\n", "\n") for at, cell in cells.items()}
        if texts.get("key", "").strip():
            yield number, {name: texts.get(name, "") for name in COLUMNS}


def _checked(
    sheet: str,
    rows: Iterable[tuple[int, str, str, str, str | None]],
    sources: Mapping[TextKey, str],
) -> list[ReadText]:
    """A text made from another source than today's keeps the hash of its own."""
    found: dict[TextKey, ReadText] = {}
    faults = []
    for number, key, source, target, state in rows:
        place = _place(key)
        code = "repeated_text_of_bank" if place in found else "text_not_in_bank"
        if place not in sources or place in found:
            faults.append(FileFault(code, sheet, number, params={"name": key}))
        elif odd := unsupported_character(target):
            params = {"name": key, "character": odd.name, "near": odd.near}
            faults.append(FileFault("control_character_in_text", sheet, number, params=params))
        else:
            of = "" if state == TO_REVIEW else hash_of_text(source.strip() or sources[place])
            found[place] = ReadText(place, target, of, done=state == DONE)
    if faults:
        raise Refused(faults)
    return list(found.values())


def _place(key: str) -> TextKey:
    kind, _slash, rest = key.strip().partition("/")
    code, _slash, field = rest.rpartition("/")
    return TextKey(kind, code, field)
