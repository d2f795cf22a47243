"""python -m tools.simulate: run by `manage.py simulate`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING

from assessment.instrument.seeds import read_seeds
from tools.simulate.answer_sets import RELATIONS
from tools.simulate.rounds import attacked_round
from tools.simulate.simulation import silent_questions, simulate
from tools.simulate.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assessment.instrument.model import Instrument


def main() -> int:
    """The exit status: 1 where something is not as it must be."""
    options = read_options()
    bank = read_seeds()
    if options.rounds is not None:
        return attack(bank, range(options.seed, options.seed + options.rounds))
    found = simulate(bank, seed=options.seed, share=options.share)
    print("\n".join(tables(found)))
    relations = RELATIONS[: round(len(RELATIONS) * options.share)]
    number, silent = silent_questions(bank, relations)
    print(f"Schemes with one low answer: {number}; of which nothing speaks: {len(silent)}.")
    faults = [*found.faults(), *(f"silent: {line}" for line in silent)]
    print("\n".join(["", *faults, f"{len(faults)} not as they must be"]))
    return 1 if faults else 0


def attack(bank: Instrument, seeds: Iterable[int]) -> int:
    """Every finding by the seed of its round; the exit status: 1 where there is one."""
    found = [(seed, finding) for seed in seeds for finding in attacked_round(bank, seed)]
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
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
