"""One mutation tried against its tests."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.mutations.copied_tree import changed_file, first_failing_test
from tools.mutations.entries import NotApplicable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tools.mutations.entries import Mutation


@dataclass(frozen=True, slots=True)
class Trial:
    """`found_by` is the first test that failed; `outdated` why the mutation was not tried."""

    mutation: Mutation
    found_by: str = ""
    seconds: float = 0
    outdated: str = ""

    @property
    def word(self) -> str:
        if self.outdated:
            return "OUTDATED"
        if self.found_by:
            return "found"
        return "explained" if self.mutation.explained else "NOT FOUND"

    @property
    def is_good(self) -> bool:
        return self.word in {"found", "explained"}

    def line(self) -> str:
        why = self.outdated or self.found_by or self.mutation.explained
        name = f"{self.mutation.id} ({self.mutation.function})"
        return f"{self.word:10}{self.seconds:6.1f} s  {name}  {why}".rstrip()


def try_mutation(tree: Path, mutation: Mutation) -> Trial:
    """Applies the mutation in `tree`, tries its tests, and takes it back."""
    try:
        source = mutation.applied_to(tree)
    except NotApplicable as reason:
        return Trial(mutation, outdated=str(reason))
    began = time.monotonic()
    with changed_file(tree / mutation.file, source):
        failing = (first_failing_test(tree, tests) for tests in mutation.tried_in(tree))
        found_by = next(filter(None, failing), "")
    return Trial(mutation, found_by, time.monotonic() - began)


def share_found(trials: Sequence[Trial]) -> str:
    found = sum(1 for trial in trials if trial.found_by)
    return f"{found} of {len(trials)} found, {100 * found // max(1, len(trials))} %"
