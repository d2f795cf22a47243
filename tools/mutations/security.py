"""The entries of `tools/security.toml`: what makes a line of `docs/security.md` false."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from tools.mutations.entries import Mutation, compiles, same_code

if TYPE_CHECKING:
    from pathlib import Path

SECURITY_ENTRIES = "tools/security.toml"


@dataclass(frozen=True, slots=True)
class SecurityMutation(Mutation):
    """`old` stands once in the whole file, and `tests` are the one that its item names.

    The item is the beginning of `id`, before a slash where there are several.
    """

    entries: ClassVar[str] = SECURITY_ENTRIES

    @property
    def item(self) -> str:
        return self.id.partition("/")[0]

    @property
    def places(self) -> tuple[str, ...]:
        return self.tests

    def tried_in(self, _tree: Path) -> tuple[str, ...]:
        return self.tests

    def applied_to(self, tree: Path) -> str:
        file = tree / self.file
        if not file.is_file():
            raise self.outdated(f"there is no file {self.file}")
        source = file.read_text(encoding="utf-8")
        if source.count(self.old) != 1:
            raise self.outdated(
                f"its old text stands {source.count(self.old)} times in {self.file}"
            )
        mutated = source.replace(self.old, self.new)
        if file.suffix == ".py" and (not compiles(mutated) or same_code(mutated, source)):
            raise self.outdated("its new text gives no other code that can run")
        return mutated


def read_security_mutations(tree: Path) -> tuple[SecurityMutation, ...]:
    content = tomllib.loads((tree / SECURITY_ENTRIES).read_text(encoding="utf-8"))
    return tuple(
        SecurityMutation(
            id=entry["item"],
            file=entry["file"],
            function=entry["file"],
            old=entry["old"],
            new=entry["new"],
            tests=(entry["test"],),
        )
        for entry in content["edit"]
    )
