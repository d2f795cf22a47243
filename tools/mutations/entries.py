"""The entries of `tools/mutations.toml`, and what each makes of the source it names."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES = "tools/mutations.toml"
LAST_TRIED = "tests/web"
"""Where people meet the behaviour: what the tests of a package miss may be found there."""


class NotApplicable(Exception):
    """The source is no longer what the entry says; the message names the entry and why."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """`old` becomes `new` within one function; `tests` are tried in turn, `LAST_TRIED` after them.

    `function` is a qualified name such as `Scale.band_of`; `explained` says why no test can find
    the mutation, and is empty where one has to.
    """

    id: str
    file: str
    function: str
    old: str
    new: str
    tests: tuple[str, ...]
    explained: str = ""
    entries: ClassVar[str] = ENTRIES

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.tests, LAST_TRIED)))

    def tried_in(self, tree: Path) -> tuple[str, ...]:
        """The places in turn, at each first the file that mirrors the mutated one: it is quick."""
        tried: list[str] = []
        for place in self.places:
            mirror = sorted((tree / place).rglob(f"test_{Path(self.file).stem}.py"))
            tried += [*(file.relative_to(tree).as_posix() for file in mirror), place]
        return tuple(tried)

    def applied_to(self, tree: Path) -> str:
        """The mutated source of the file in `tree`; raises NotApplicable, writes nothing."""
        file = tree / self.file
        if not file.is_file():
            raise self.outdated(f"there is no file {self.file}")
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        found = [node for name, node in functions_in("".join(lines)) if name == self.function]
        if len(found) != 1:
            raise self.outdated(f"{self.file} has {len(found)} functions {self.function}")
        first, last = lines_of(found[0])
        body = "".join(lines[first:last])
        if body.count(self.old) != 1:
            raise self.outdated(
                f"its old text stands {body.count(self.old)} times in {self.function}"
            )
        mutated = "".join([*lines[:first], body.replace(self.old, self.new), *lines[last:]])
        if not compiles(mutated) or same_code(mutated, "".join(lines)):
            raise self.outdated("its new text gives no other code that can run")
        return mutated

    def outdated(self, why: str) -> NotApplicable:
        return NotApplicable(f"{self.id}: {why}. Bring this entry of {self.entries} up to date.")


Function = ast.FunctionDef | ast.AsyncFunctionDef


def read_mutations(tree: Path) -> tuple[Mutation, ...]:
    content = tomllib.loads((tree / ENTRIES).read_text(encoding="utf-8"))
    entries = [entry | {"tests": tuple(entry["tests"])} for entry in content["mutation"]]
    return tuple(Mutation(**entry) for entry in entries)


def functions_in(source: str) -> Iterator[tuple[str, Function]]:
    """Each function by its qualified name, those within classes and functions too."""
    waiting: list[tuple[str, ast.AST]] = [("", ast.parse(source))]
    while waiting:
        prefix, outer = waiting.pop()
        for node in ast.iter_child_nodes(outer):
            name = prefix
            if isinstance(node, Function | ast.ClassDef):
                name = f"{prefix}{node.name}."
            if isinstance(node, Function):
                yield name.removesuffix("."), node
            waiting.append((name, node))


def lines_of(function: Function) -> tuple[int, int]:
    """The lines of the function, its decorators included, as a slice."""
    first = min([function.lineno, *(above.lineno for above in function.decorator_list)])
    return first - 1, function.end_lineno or function.lineno


def compiles(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def same_code(one: str, other: str) -> bool:
    return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
