"""python -m tools.simulate: run by `manage.py simulate`."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

import django

from assessment.instrument.seeds import read_seeds
from tools.simulate.answer_sets import RELATIONS
from tools.simulate.rounds import attacked_round
from tools.simulate.simulation import silent_questions, simulate
from tools.simulate.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assessment.instrument.model import Instrument
    from tools.simulate.findings import Finding


def main() -> int:
    """The exit status: 1 where something is not as it must be."""
    options = read_options()
    bank = read_seeds()
    if options.rounds is not None:
        attacked = with_bytes(bank) if options.bytes else partial(attacked_round, bank)
        return attack(attacked, range(options.seed, options.seed + options.rounds))
    found = simulate(bank, seed=options.seed, share=options.share)
    print("\n".join(tables(found)))
    relations = RELATIONS[: round(len(RELATIONS) * options.share)]
    number, silent = silent_questions(bank, relations)
    print(f"Schemes with one low answer: {number}; of which nothing speaks: {len(silent)}.")
    faults = [*found.faults(), *(f"silent: {line}" for line in silent)]
    print("\n".join(["", *faults, f"{len(faults)} not as they must be"]))
    return 1 if faults else 0


def with_bytes(bank: Instrument) -> Callable[[int], list[Finding]]:
    """What makes the outlets is read only where they are wanted: it takes the whole site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment.settings")
    django.setup()
    attacked_bytes = import_module("tools.simulate.bytes_attack").attacked_bytes
    return partial(attacked_bytes, bank, paper=True)


def attack(attacked: Callable[[int], list[Finding]], seeds: Iterable[int]) -> int:
    """Every finding by the seed of its round; the exit status: 1 where there is one."""
    found = [(seed, finding) for seed in seeds for finding in attacked(seed)]
    kinds = Counter(finding.kind for _, finding in found)
    for seed, finding in found:
        print(f"{seed}: {finding.kind}, {finding.what}, {finding.points:.3f}")
    print(f"{len(found)} told that is hidden: {', '.join(map(str, kinds.items())) or 'none'}")
    return 1 if found else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--bytes", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
