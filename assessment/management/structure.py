"""The structure of the code as it is: which file imports which, and what each is for.

Imports inside functions count; those under TYPE_CHECKING do not, because nothing runs them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = "assessment"
LEFT_OUT = f"{PACKAGE}.migrations"
HEAD = """\
# Structure

Made by `python3 manage.py structure --write` from the imports of the code; a test fails when it is
stale. Folders stand in the order of their highest file: what is further down knows nothing of what
is above. No two files import each other, directly or by way of others.
"""

Graph = Mapping[str, frozenset[str]]
"""By module what it imports of this package."""


def import_graph() -> dict[str, frozenset[str]]:
    import grimp

    graph = grimp.build_graph(PACKAGE, exclude_type_checking_imports=True, cache_dir=None)
    return {
        module: frozenset(filter(_counts, graph.find_modules_directly_imported_by(module)))
        for module in sorted(filter(_counts, graph.modules))
    }


def circle_in(graph: Graph) -> list[str]:
    """The files of one circle of imports, the first of them again at the end; empty if none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def structure_text(graph: Graph, root: Path) -> str:
    folders: dict[str, list[str]] = {}
    for module in graph:
        if not _is_folder(module, graph):
            folders.setdefault(module.rpartition(".")[0], []).append(module)
    parts = [_folder(name, folders[name], graph, root) for name in _from_above(folders, graph)]
    return "\n".join([HEAD, *parts])


def _counts(module: str) -> bool:
    return not module.startswith(LEFT_OUT)


def _is_folder(module: str, graph: Graph) -> bool:
    return any(other.startswith(f"{module}.") for other in graph)


def _from_above(folders: Mapping[str, list[str]], graph: Graph) -> list[str]:
    """By the highest file of each folder, then by name: of folders some files may import each
    other's folder without importing each other.
    """
    height = _heights(graph)
    highest = {name: max(height[module] for module in files) for name, files in folders.items()}
    return sorted(folders, key=lambda name: (-highest[name], name))


def _heights(graph: Graph) -> dict[str, int]:
    """By module the longest chain of imports below it."""
    height: dict[str, int] = {}
    for module in TopologicalSorter(graph).static_order():
        height[module] = 1 + max((height[below] for below in graph[module]), default=-1)
    return height


def _folder(name: str, files: list[str], graph: Graph, root: Path) -> str:
    used = {_home(imported, graph) for module in files for imported in graph[module]} - {name}
    lines = [f"## {_path(name)}/", ""]
    lines += [
        "Imports from: " + (", ".join(map(_path, sorted(used))) or "nothing of ours") + ".",
        "",
    ]
    lines += [f"- `{module.rpartition('.')[2]}.py`{_purpose(module, root)}" for module in files]
    return "\n".join([*lines, ""])


def _home(module: str, graph: Graph) -> str:
    return module if _is_folder(module, graph) else module.rpartition(".")[0]


def _path(module: str) -> str:
    return module.replace(".", "/")


def _purpose(module: str, root: Path) -> str:
    """The first sentence of the file's own description, on one line."""
    source = (root / _path(module)).with_suffix(".py").read_text(encoding="utf-8")
    described = ast.get_docstring(ast.parse(source)) or ""
    first = " ".join(_first_paragraph(described))
    return f": {first}" if first else ""


def _first_paragraph(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.strip():
            return
        yield line.strip()
