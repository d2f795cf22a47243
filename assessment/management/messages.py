"""The catalogue of all that a person reads: extracted, checked, compiled without gettext tools."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
MARKED = re.compile(r"\b_\(|gettext")
"""Stands in every source with a message: to read the others word by word takes long."""
PYTHON = "assessment/**/*.py"
TEMPLATES = ("templates/**/*.html", "templates/**/*.txt")
CATALOGUE = "*/LC_MESSAGES/django.po"
PARTS_THAT_STAY = re.compile(r"%\(\w+\)[sd]|\{\{?\w+(?:!r)?\}?\}|</?\w+[^>]*>")
"""What a message fills in, and its tags."""

Message = tuple[str | None, str | tuple[str, ...]]  # context and text, or its singular and plural


def extracted(root: Path) -> Catalog:
    catalog = Catalog(project="Articula", charset="utf-8", fuzzy=False)
    for path, source in sorted(_sources(root)):
        if not MARKED.search(source):
            continue
        found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for _line, text, comments, context in found:
            name = path.relative_to(root).as_posix()
            catalog.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def differences(root: Path, source: Path) -> list[str]:
    """What the catalogue lacks, and what nothing uses any more."""
    known = _messages(read_po(io.BytesIO(source.read_bytes()))) if source.is_file() else set()
    used = _messages(extracted(root))
    return [
        *(f"missing: {text}" for _context, text in sorted(used - known, key=str)),
        *(f"unused: {text}" for _context, text in sorted(known - used, key=str)),
    ]


def untranslated(source: Path) -> list[str]:
    """The messages that a catalogue has no certain translation for."""
    catalog = read_po(io.BytesIO(source.read_bytes()))
    return [str(message.id) for message in catalog if message.id and _is_open(message)]


def _is_open(message: CatalogMessage) -> bool:
    return message.fuzzy or not all(_forms(message.string))


def write_catalogues(root: Path, folder: Path) -> None:
    """Bring the source and every other language up to date; what is translated stays."""
    used = extracted(root)
    for language in sorted({"en", *(po.parts[-3] for po in folder.glob(CATALOGUE))}):
        _write(used, folder / language / "LC_MESSAGES" / "django.po", language)


def write_source(root: Path, source: Path) -> None:
    _write(extracted(root), source, "en")


def _write(used: Catalog, source: Path, language: str) -> None:
    catalog = used
    if source.is_file():
        catalog = read_po(io.BytesIO(source.read_bytes()), locale=language)
        catalog.update(used, no_fuzzy_matching=True)
        catalog.obsolete.clear()
    catalog.locale = language
    source.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, omit_header=True, include_lineno=False, sort_by_file=True)
    header = HEADER.format(language=language, plurals=catalog.plural_forms)
    source.write_bytes(header.encode() + buffer.getvalue())


HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Articula\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def other_placeholders(source: Path) -> list[str]:
    """The messages whose translation fills in something else than they do."""
    catalog = read_po(io.BytesIO(source.read_bytes()))
    made = (message for message in catalog if message.id and not _is_open(message))
    return [f"other placeholders: {message.id}" for message in made if not _fills_in_alike(message)]


def _fills_in_alike(message: CatalogMessage) -> bool:
    pairs = zip(_forms(message.id), _forms(message.string), strict=True)
    return all(
        set(PARTS_THAT_STAY.findall(text)) == set(PARTS_THAT_STAY.findall(made))
        for text, made in pairs
    )


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def compile_changed(sources: Path, folder: Path) -> list[Path]:
    """Make in `folder` the .mo files that are missing or not of their .po; tell which.

    A compiled file has the time of its source, so that an older source counts as a change too:
    going back to an earlier version brings one.
    """
    found = ((po, folder / po.relative_to(sources)) for po in sources.glob("*/LC_MESSAGES/*.po"))
    pairs = sorted((po, target.with_suffix(".mo")) for po, target in found)
    return [_compiled(po, mo) for po, mo in pairs if _is_stale(po, mo)]


def _is_stale(po: Path, mo: Path) -> bool:
    return not mo.is_file() or mo.stat().st_mtime_ns != po.stat().st_mtime_ns


def _compiled(po: Path, mo: Path) -> Path:
    """Whole or not at all: another process may be reading it."""
    catalog = read_po(io.BytesIO(po.read_bytes()), locale=po.parts[-3])
    mo.parent.mkdir(parents=True, exist_ok=True)
    draft = mo.with_name(f"{mo.name}-{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, catalog)
    os.utime(draft, ns=(po.stat().st_atime_ns, po.stat().st_mtime_ns))
    return draft.replace(mo)


def _sources(root: Path) -> Iterator[tuple[Path, str]]:
    for path in root.glob(PYTHON):
        yield path, path.read_text(encoding="utf-8")
    for pattern in TEMPLATES:
        for path in root.glob(pattern):
            yield path, _as_python(path.read_text(encoding="utf-8"), str(path))


def _as_python(template: str, origin: str) -> str:
    """Django blanks out all but the messages; what is left reads as Python once unindented."""
    return "\n".join(line.strip() for line in templatize(template, origin=origin).splitlines())


def _messages(catalog: Catalog) -> set[Message]:
    return {(message.context, _hashable(message.id)) for message in catalog if message.id}


def _hashable(text: str | tuple[str, ...] | list[str]) -> str | tuple[str, ...]:
    return text if isinstance(text, str) else _forms(text)
