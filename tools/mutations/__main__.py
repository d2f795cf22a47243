"""python -m tools.mutations: run by `manage.py mutations`."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tools.mutations.copied_tree import NothingShown, copy_tree, first_failing_test
from tools.mutations.entries import read_mutations
from tools.mutations.security import read_security_mutations
from tools.mutations.trial import share_found, try_mutation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.mutations.entries import Mutation

SEED = 7
ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """The exit status: 1 where a mutation is not found, 2 where nothing could be shown."""
    options = read_options()
    read = read_security_mutations if options.security else read_mutations
    mutations: tuple[Mutation, ...] = read(ROOT)
    if unknown := set(options.only) - {mutation.id for mutation in mutations}:
        print(f"There is no such mutation: {', '.join(sorted(unknown))}.")
        return 2
    mutations = chosen(mutations, options)
    with TemporaryDirectory() as folder:
        tree = Path(folder)
        try:
            copy_tree(ROOT, tree)
            if not options.seed_sample:
                require_passing_tests(tree, mutations)
            return try_all(tree, mutations)
        except NothingShown as reason:
            print(f"Nothing can be shown. {reason}")
            return 2


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutations")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID")
    parser.add_argument("--seed-sample", type=int, default=0, metavar="N")
    parser.add_argument("--security", action="store_true")
    return parser.parse_args()


def chosen(mutations: tuple[Mutation, ...], options: argparse.Namespace) -> tuple[Mutation, ...]:
    named = tuple(one for one in mutations if not options.only or one.id in options.only)
    if not options.seed_sample:
        return named
    return tuple(random.Random(SEED).sample(named, min(options.seed_sample, len(named))))


def require_passing_tests(tree: Path, mutations: Sequence[Mutation]) -> None:
    """A test that fails without any mutation would find every one; raises NothingShown."""
    places = dict.fromkeys(place for mutation in mutations for place in mutation.places)
    if failing := first_failing_test(tree, *places):
        raise NothingShown(f"{failing} fails without any mutation.")


def try_all(tree: Path, mutations: Sequence[Mutation]) -> int:
    trials = []
    for mutation in mutations:
        trials.append(try_mutation(tree, mutation))
        print(trials[-1].line(), flush=True)
    print(share_found(trials))
    return 0 if all(trial.is_good for trial in trials) else 1


if __name__ == "__main__":
    sys.exit(main())
