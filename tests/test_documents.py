"""What the documents name exists: files, folders, modules and what is defined in them.

Names stand in backticks. A path may be given from the root or by its last parts. `file.py: name`
and `assessment.module.name` must be defined there. A name with `<` in it is an example and not
looked for; blocks of code are not read.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("assessment", "docs", "seeds", "static", "templates", "tests", "tools")
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.md")),
    ]
)
BLOCK = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\((?!https?:|#)([^)#]+)")
FILE = re.compile(r"[\w./-]*\w\.(?:py|html|toml|md|css|js|po|png)")
FOLDER = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w./-]*|[\w-]+(?:/[\w-]+)*/")
MODULE = re.compile(r"assessment(?:\.\w+)+")
DOCUMENT_IN_CODE = re.compile(r"\bdocs/[\w./-]*\.(?:md|toml)")


def named(document: Path) -> list[str]:
    """What stands in backticks, less examples, and the targets of links."""
    text = BLOCK.sub("", document.read_text(encoding="utf-8"))
    quoted = [name for name in QUOTED.findall(text) if "<" not in name]
    return [*quoted, *LINKED.findall(text)]


def missing(name: str) -> str:
    """Why the name is wrong; empty where it is right, or names neither file nor module."""
    path, _colon, symbol = name.partition(": ")
    path, _colons, test = path.partition("::")
    if FILE.fullmatch(path):
        found = files_of(path)
        if not found:
            return f"{path} does not exist"
        wanted = symbol or test
        known = not wanted or any(wanted in definitions(file) for file in found)
        return "" if known else f"{path} has no {wanted}"
    if FOLDER.fullmatch(path):
        return "" if files_of(path) else f"{path} does not exist"
    return "" if not MODULE.fullmatch(path) or module_has(path) else f"{path} does not exist"


def files_of(path: str) -> list[Path]:
    """Files and folders whose path is this one, or ends with it."""
    wanted = path.rstrip("/")
    return [
        ROOT / known for known in every_path() if known == wanted or known.endswith(f"/{wanted}")
    ]


@cache
def every_path() -> tuple[str, ...]:
    inside = (file for folder in FOLDERS for file in (ROOT / folder).rglob("*"))
    return tuple(str(path.relative_to(ROOT)) for path in (*ROOT.iterdir(), *inside))


@cache
def definitions(file: Path) -> frozenset[str]:
    """The names at the top of a Python file; of other files none."""
    if file.suffix != ".py":
        return frozenset()
    body = ast.parse(file.read_text(encoding="utf-8")).body
    assigned = [t for node in body if isinstance(node, ast.Assign) for t in node.targets]
    assigned += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    names = (name for target in assigned for name in ast.walk(target))
    return frozenset(
        [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        + [name.id for name in names if isinstance(name, ast.Name)]
    )


def module_has(dotted: str) -> bool:
    """Whether it is a package, a module, or a name defined in one."""
    module = dotted.replace(".", "/")
    if files_of(module) or files_of(f"{module}.py"):
        return True
    holder, _slash, name = module.rpartition("/")
    return any(name in definitions(file) for file in files_of(f"{holder}.py"))


def test_documents_name_what_exists() -> None:
    found = {
        (str(document.relative_to(ROOT)), why)
        for document in DOCUMENTS
        for name in named(document)
        if (why := missing(name))
    }

    assert found == set()


def test_comments_name_documents_that_exist() -> None:
    code = [file for folder in ("assessment", "tests") for file in (ROOT / folder).rglob("*.py")]
    named_there = {
        (str(file.relative_to(ROOT)), document)
        for file in code
        for document in DOCUMENT_IN_CODE.findall(file.read_text(encoding="utf-8"))
    }

    assert [found for found in sorted(named_there) if not (ROOT / found[1]).is_file()] == []


MISSING = {
    "urls.py": "",
    "assessment/urls.py: page": "",
    "assessment/urls.py: gone": "assessment/urls.py has no gone",
    "web/gone.py": "web/gone.py does not exist",
    "gone.html": "gone.html does not exist",
    "method/rounds/": "",
    "method/gone/": "method/gone/ does not exist",
    "tests/test_documents.py::gone": "tests/test_documents.py has no gone",
    "assessment.web.access": "",
    "assessment.web.access.response_for": "",
    "assessment.web.gone": "assessment.web.gone does not exist",
    "python3 manage.py test": "",
    "text/html": "",
}


def test_missing_names_what_is_wrong() -> None:
    assert {name: missing(name) for name in MISSING} == MISSING
