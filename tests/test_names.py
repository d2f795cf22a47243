"""One word a thing: what names of the code may not be, and which word means one thing only.

Stored names (columns, keys of JSON and of files, form fields, addresses) are no names of the code.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PACKAGE = settings.BASE_DIR / "assessment"
ONCE = ("instrument", "method", "models", "actions")
ROWS_AND_VALUES = {
    *("Answer", "Case", "CaseReading", "Dimension", "Finding", "Option", "Package"),
    *("Pattern", "Question", "Region", "Result", "Role", "Rule", "RuleVariant", "Source", "Term"),
    "Translation",
}
"""A stored row and its value: the same thing, once in a table and once in the method."""

METAPHORS = {
    *("borrowed", "company", "crowd", "desk", "door", "guard", "ground", "hole", "laid", "lenses"),
    *("press", "quiet", "rehearsal", "silent", "tongue", "twin", "voice", "voices"),
}
BARE_PARTICIPLES = {
    *("asked", "drawn", "ended", "filled", "given", "heard", "kept", "known", "lacking", "laid"),
    *("made", "meant", "named", "noted", "put", "said", "seen", "shown", "taken", "told", "typed"),
    *("wanted", "written"),
}
RESERVED = {
    # between groups; what is not answered is open, what is not translated is missing
    "gap": ("method/", "instrument/", "reports/", "interchange/result_json.py"),
    # how a case is read
    "reading": ("instrument/", "models/", "admin/bank/", "actions/editions/"),
    # of a report; the questionnaire has subjects
    "section": ("reports/", "models/responses.py", "models/prepared_queries.py"),
    # of a scheme; checks run in phases
    "stage": (),
    # of the knowledge base; access has permissions
    "rule": ("instrument/", "method/", "models/", "reports/", "admin/", "actions/editions/"),
}
"""The only places where a word of this kind may stand in a name."""


class Name(NamedTuple):
    """A module, or what stands at its top."""

    text: str
    file: str

    @property
    def is_module(self) -> bool:
        return self.file.endswith(f"/{self.text}.py")

    @property
    def words(self) -> list[str]:
        parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+", self.text)
        return [part.lower() for part in parts]


@cache
def public_names() -> Sequence[Name]:
    """Modules, and what stands at the top of each."""
    found: list[Name] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            found += names_in(path)
    return found


def names_in(path: Path) -> Iterator[Name]:
    file = path.relative_to(PACKAGE).as_posix()
    if path.stem != "__init__":
        yield Name(path.stem, file)
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        else:
            names = []
        yield from (Name(name, file) for name in names if not name.startswith("_"))


def test_public_name_is_defined_once_but_for_pairs_of_row_and_value() -> None:
    files, folders = defaultdict(set), defaultdict(set)
    for name in public_names():
        folders[name.text].add(name.file.partition("/")[0])
        if name.file.startswith(ONCE) and not name.is_module:
            files[name.text].add(name.file)

    twice = {name: sorted(found) for name, found in files.items() if len(found) > 1}
    pairs = {n for n in ROWS_AND_VALUES if folders[n] & {"instrument", "method"}}
    assert {name for name in twice if name not in ROWS_AND_VALUES} == set(), twice
    assert {name for name in pairs if "models" in folders[name]} == ROWS_AND_VALUES


def test_no_name_is_a_metaphor_or_a_bare_participle() -> None:
    assert [
        name
        for name in public_names()
        if METAPHORS & set(name.words) or name.text.lower() in BARE_PARTICIPLES
    ] == []


def test_reserved_word_has_one_meaning() -> None:
    strange = [
        (word, name)
        for name in public_names()
        for word, folder in RESERVED.items()
        if {word, f"{word}s"} & set(name.words) and not name.file.startswith(folder or "-")
    ]

    assert strange == []
