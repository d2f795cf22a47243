"""python -m tools.bench: run by `manage.py bench` on a data folder that is thrown away."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import traceback
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.test import override_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.bench.measured_site import MeasuredSite
    from tools.bench.table import Measurement

    Measure = Callable[[MeasuredSite, argparse.Namespace], list[Measurement]]

PARTS = (
    "pages",
    "weight",
    "drawing",
    "write_queries",
    "judging",
    "report_page",
    "report_file",
    "report_memory",
    "concurrent_saves",
    "round_of_many",
    "hall",
)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment.settings")


def main() -> int:
    options = read_options()
    django.setup()
    with override_settings(ROOT_URLCONF="tools.bench.urls"):
        return bench(options)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--savers", type=int, default=50)
    parser.add_argument("--respondents", type=int, default=1_000)
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"))
    options = parser.parse_args()
    options.rounds = max(3, options.rounds)
    return options


def bench(options: argparse.Namespace) -> int:
    """The exit status: 1 where a bound is missed or a part failed."""
    from tools.bench.measured_site import prepare_site

    site, measures = prepare_site(), measures_by_part()
    print("The site to be measured is ready. Every time is processor time.", flush=True)
    asked = {name: partial(measures[name], site, options) for name in options.only or PARTS}
    outcome = measure_parts(asked)
    write_json(options, outcome)
    print(f"{outcome.summary}; {options.json}")
    return outcome.status


@dataclass
class Outcome:
    """What was found, and why parts failed, by their name."""

    found: list[Measurement] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def missed(self) -> int:
        return sum(not measurement.holds for measurement in self.found)

    @property
    def above_aim(self) -> int:
        return sum(row.holds and not row.reaches_aim for row in self.found)

    @property
    def summary(self) -> str:
        parts = f"; not measured: {', '.join(self.failed)}" if self.failed else ""
        above = f"{self.above_aim} within their bound and not at their aim"
        return f"{self.missed} of {len(self.found)} missed, {above}{parts}"

    @property
    def status(self) -> int:
        return 1 if self.missed or self.failed else 0


def measure_parts(parts: Mapping[str, Callable[[], list[Measurement]]]) -> Outcome:
    """Prints each row as its part is done; one that fails is said and the next one measured."""
    from tools.bench.table import HEAD, line

    outcome = Outcome()
    print(line(HEAD), flush=True)
    for name, measure in parts.items():
        try:
            rows = measure()
        except Exception as error:  # noqa: BLE001 -- whatever it is, no other row is lost
            outcome.failed[name] = repr(error)
            traceback.print_exc(limit=-3, chain=False)
            rows = []
        outcome.found += rows
        print("".join(f"{line(row.cells())}\n" for row in rows), end="", flush=True)
    return outcome


def measures_by_part() -> dict[str, Measure]:
    """Imported here, because settings have to stand first."""
    from tools.bench.measures import drawing, judging, reports, requests
    from tools.bench.measures.concurrent_saves import concurrent_saves
    from tools.bench.measures.hall import hall
    from tools.bench.measures.rounds import round_of_many

    in_rounds = (
        requests.pages,
        requests.weight,
        drawing.drawing,
        requests.write_queries,
        judging.judging,
        reports.report_page,
        reports.report_file,
        reports.report_memory,
    )
    measures = {measure.__name__: with_rounds(measure) for measure in in_rounds}
    measures["concurrent_saves"] = lambda site, options: concurrent_saves(site, options.savers)
    measures["round_of_many"] = lambda site, options: round_of_many(site, options.respondents)
    measures["hall"] = lambda site, options: hall(site, options.phones)
    return measures


def with_rounds(measure: Callable[[MeasuredSite, int], list[Measurement]]) -> Measure:
    return lambda site, options: measure(site, options.rounds)


def write_json(options: argparse.Namespace, outcome: Outcome) -> None:
    options.json.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "machine": {"python": platform.python_version(), "django": django.get_version()},
        "rounds": options.rounds,
        "rows": [measurement.as_json() for measurement in outcome.found],
        "failed": outcome.failed,
    }
    options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
