"""python -m tools.simulate: run by `manage.py simulate`."""

from __future__ import annotations

import argparse
import sys

from assessment.instrument.seeds import read_seeds
from tools.simulate.answer_sets import RELATIONS
from tools.simulate.simulation import silent_questions, simulate
from tools.simulate.tables import tables


def main() -> int:
    """The exit status: 1 where something is not as it must be."""
    options = read_options()
    bank = read_seeds()
    found = simulate(bank, seed=options.seed, share=options.share)
    print("\n".join(tables(found)))
    relations = RELATIONS[: round(len(RELATIONS) * options.share)]
    number, silent = silent_questions(bank, relations)
    print(f"Schemes with one low answer: {number}; of which nothing speaks: {len(silent)}.")
    faults = [*found.faults(), *(f"silent: {line}" for line in silent)]
    print("\n".join(["", *faults, f"{len(faults)} not as they must be"]))
    return 1 if faults else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
