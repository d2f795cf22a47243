"""The bank as the files of seeds/, alone or in a ZIP, and back."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assessment.instrument.canonical import canonical
from assessment.instrument.plain_text import visible
from assessment.instrument.seeds import LATER_FILES, SeedErrors, plain_scale, read_files
from assessment.instrument.texts import texts_of
from assessment.instrument.translation import current_translations
from assessment.interchange.archive import MEGABYTE, open_archive
from assessment.interchange.bank_file import BankFile
from assessment.interchange.refusal import MOST_FAULTS, FileFault, Refused, fault_of, refusal
from assessment.interchange.toml_writer import table, tables
from assessment.interchange.translations import (
    FILE,
    file_of,
    rows_in,
    sheet_of,
    to_toml,
    translations_from,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assessment.instrument.model import Instrument, Question
    from assessment.instrument.seeds import SeedFault
    from assessment.instrument.texts import TextKey
    from assessment.instrument.translation import Translation, TranslationsByLanguage
    from assessment.interchange.bank_file import FilePosition

LISTS = {
    "regions.toml": ("region", "regions"),
    "sources.toml": ("source", "sources"),
    "findings.toml": ("finding", "findings"),
    "dimensions.toml": ("dimension", "dimensions"),
    "cases.toml": ("case", "cases"),
    "rules.toml": ("rule", "rules"),
    "glossary.toml": ("term", "terms"),
    "roles.toml": ("role", "roles"),
    "packages.toml": ("package", "packages"),
    "patterns.toml": ("pattern", "patterns"),
}
NESTED = {"options": "option", "readings": "reading", "variants": "variant"}
TOP = "seeds/"
FOLDERS = {top + name for top in ("", TOP) for name in ("", "questions/", "translations/")}
READ = {"edition.toml", "scale.toml", *LISTS}
# They lie beside the files of the bank and are nothing of it.
LEFT_ALONE = {"README.md", "example.toml", "samples.toml"}
QUESTION_FILE = re.compile(r"questions/[a-z0-9_-]{1,40}\.toml")
FIRST = ("code", "kind", "dimension", "profile", "essential", "weight", "scored", "title", "when")
LAST = ("findings", "suppressed_by", "suppressed_when", "unless", "options", "readings", "variants")
ALWAYS = ("tiers", "region")
# The reader of TOML takes the square of the number of parts of a dotted key.
STRINGS = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'''', re.DOTALL
)
MOST_DOTS = 50
LARGEST_TEXT = 24 * MEGABYTE
BEGINNING = (1980, 1, 1, 0, 0, 0)


def seed_files(
    instrument: Instrument, translations: TranslationsByLanguage | None = None
) -> dict[str, str]:
    """The text of each file by its name in seeds/, one more for each language."""
    questions = _question_files(instrument)
    edition: dict[str, Any] = {"name": instrument.name, "language": instrument.language}
    natural = [question.code for group in questions.values() for question in group]
    if natural != [question.code for question in instrument.questions]:
        edition["questions"] = [question.code for question in instrument.questions]
    files = {"edition.toml": table(edition), "scale.toml": table(plain_scale(instrument.scale))}
    for name, (header, kind) in LISTS.items():
        if name not in LATER_FILES or getattr(instrument, kind):
            files[name] = _entries(header, getattr(instrument, kind))
    files |= {name: _entries("question", group) for name, group in questions.items()}
    made = current_translations(instrument, translations or {})
    return files | {file_of(language): to_toml(texts) for language, texts in made.items()}


def to_zip(instrument: Instrument, translations: TranslationsByLanguage | None = None) -> bytes:
    """The files of seeds/ in a ZIP: the same content, the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in seed_files(instrument, translations).items():
            entry = ZipInfo(name, BEGINNING)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode(), ZIP_DEFLATED)
    return out.getvalue()


def from_zip(data: bytes) -> BankFile:
    """The bank in a ZIP of the files of seeds/, finished or not; raises Refused with all faults."""
    files, ignored = _files_in(data)
    others = {name: text for name, text in files.items() if not FILE.fullmatch(name)}
    try:
        instrument = read_files(others)
    except SeedErrors as errors:
        raise Refused(_fault(fault) for fault in errors.faults) from errors
    faults: list[FileFault] = []
    translations = _translations(files, texts_of(instrument), faults)
    if faults:
        raise Refused(faults)
    return BankFile(instrument, translations, _positions(instrument, translations), ignored)


def _fault(fault: SeedFault) -> FileFault:
    return fault_of(fault.issue, fault.file, column=fault.issue.where.field.replace("/", " "))


def _translations(
    files: dict[str, bytes], sources: dict[TextKey, str], faults: list[FileFault]
) -> dict[str, dict[TextKey, Translation]]:
    return {
        match[1]: translations_from(rows_in(name, text, faults), sources, faults)
        for name, text in sorted(files.items())
        if (match := FILE.fullmatch(name))
    }


def _positions(
    instrument: Instrument, translations: TranslationsByLanguage
) -> dict[tuple[str, str], FilePosition]:
    """In which file each object stands."""
    found = {("edition", name): ("edition.toml", 0) for name in ("name", "language")}
    for file, (_header, kind) in LISTS.items():
        found |= {(kind, part.code): (file, 0) for part in getattr(instrument, kind)}
    found |= {("questions", q.code): (_file_of(q), 0) for q in instrument.questions}
    for language, made in translations.items():
        found |= {(sheet_of(language), "/".join(at)): (file_of(language), 0) for at in made}
    return found


def _question_files(instrument: Instrument) -> dict[str, list[Question]]:
    """The file of the profile, one for each dimension, the closing one."""
    names = ["profile", *(dimension.code.lower() for dimension in instrument.dimensions)]
    files: dict[str, list[Question]] = {f"questions/{name}.toml": [] for name in names}
    if len(files) < len(names) or "questions/closing.toml" in files:
        raise refusal("shared_file")
    for name in files:
        if not QUESTION_FILE.fullmatch(name):
            raise refusal("bad_file_name", name=name)
    files["questions/closing.toml"] = []
    for question in instrument.questions:
        files[_file_of(question)].append(question)
    return files


def _file_of(question: Question) -> str:
    place = question.dimension.lower() or ("profile" if question.profile else "closing")
    return f"questions/{place}.toml"


def _entries(header: str, parts: Sequence[Any]) -> str:
    return tables(header, (_entry(header, part) for part in parts))


def _entry(header: str, part: Any) -> str:
    plain = _folded(_given(part))
    nested = {name: plain.pop(name) for name in NESTED if name in plain}
    text = table(plain)
    for name in nested:
        inner = f"{header}.{NESTED[name]}"
        text += "\n" + tables(inner, (table(_given(child)) for child in getattr(part, name)))
    return text


def _given(part: Any) -> dict[str, Any]:
    """What differs from the defaults, in the order of the files."""
    own = {
        field.name: canonical(getattr(part, field.name))
        for field in fields(part)
        if field.default is MISSING
        or field.name in ALWAYS
        or getattr(part, field.name) != field.default
    }
    names = [name for name in own if name not in FIRST and name not in LAST]
    return {name: own[name] for name in (*FIRST, *names, *LAST) if name in own}


def _folded(plain: dict[str, Any]) -> dict[str, Any]:
    """An entry with the short forms of the files."""
    options = plain.get("options")
    if options and all(map(_is_level, options, range(len(options)))):
        plain["levels"] = [option["text"] for option in options]
        labels = [option.get("label", "") for option in plain.pop("options")]
        if any(labels):
            plain["labels"] = labels
    if plain.get("essential"):
        weight = plain.pop("weight", 1)
        if weight != 2:
            plain["weight"] = weight
    return plain


def _is_level(option: dict[str, Any], level: int) -> bool:
    whole = {"value": str(level), "text": option["text"], "points": level}
    return option | {"label": ""} == whole | {"exclusive": False, "help": "", "label": ""}


def _files_in(data: bytes) -> tuple[dict[str, bytes], tuple[FileFault, ...]]:
    """The files of the bank, and what lies beside them."""
    archive = open_archive(data)
    names = {name: name.removeprefix(TOP) for name in archive.entries if name not in FOLDERS}
    strays = {
        stray: FileFault("ignored_file", visible(stray))
        for stray, name in names.items()
        if name not in READ | LEFT_ALONE
        and not (QUESTION_FILE.fullmatch(name) or FILE.fullmatch(name))
    }
    wanted = {
        entry: name
        for entry, name in names.items()
        if name not in LEFT_ALONE and entry not in strays
    }
    if len(set(wanted.values())) < len(wanted):
        raise refusal("repeated_file")
    if sum(archive.entries[name].file_size for name in wanted) > LARGEST_TEXT:
        raise refusal("texts_too_large", megabytes=LARGEST_TEXT // MEGABYTE)
    files = {name: _text(archive.read(entry)) for entry, name in wanted.items()}
    for name, text in files.items():
        if any(line.count(".") > MOST_DOTS for line in _bare(text).splitlines()):
            raise refusal("toml_key_too_long", name)
    return files, tuple(strays.values())[:MOST_FAULTS]


def _bare(text: bytes) -> str:
    """What stands outside the texts in quotes."""
    return STRINGS.sub("s", text.decode(errors="replace"))


def _text(raw: bytes) -> bytes:
    """Without a byte order mark; another encoding is left to the reader."""
    try:
        return raw.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        return raw
