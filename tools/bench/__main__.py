"""python -m tools.bench: run by `manage.py bench` on a data folder that is thrown away."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.test import override_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    parser.add_argument("--only", action="append", choices=PARTS)
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"))
    options = parser.parse_args()
    options.rounds = max(3, options.rounds)
    return options


def bench(options: argparse.Namespace) -> int:
    """The exit status: 1 where a bound is missed."""
    from tools.bench.table import table

    began = time.monotonic()
    measurements = measure_parts(options, began)
    print(table(measurements), flush=True)
    write_json(options, measurements)
    missed = [measurement for measurement in measurements if not measurement.holds]
    seconds = f"{time.monotonic() - began:.0f} s"
    print(f"{len(missed)} of {len(measurements)} missed; {seconds}; {options.json}")
    return 1 if missed else 0


def measure_parts(options: argparse.Namespace, began: float) -> list[Measurement]:
    """All parts, or those that were asked for."""
    from tools.bench.measured_site import prepare_site

    measures = measures_by_part()
    site = prepare_site()
    print("The site to be measured is ready. Every time is processor time.", flush=True)
    measurements = []
    for part in options.only or PARTS:
        measurements += measures[part](site, options)
        name, seconds = part.replace("_", " "), time.monotonic() - began
        print(f"measured: {name}, {seconds:.0f} s", flush=True)
    return measurements


def measures_by_part() -> dict[str, Measure]:
    """Imported here, because settings have to stand first."""
    from tools.bench.measures import drawing, judging, reports, requests
    from tools.bench.measures.concurrent_saves import concurrent_saves

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
    return measures


def with_rounds(measure: Callable[[MeasuredSite, int], list[Measurement]]) -> Measure:
    return lambda site, options: measure(site, options.rounds)


def write_json(options: argparse.Namespace, measurements: Sequence[Measurement]) -> None:
    options.json.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "machine": {"python": platform.python_version(), "django": django.get_version()},
        "rounds": options.rounds,
        "rows": [measurement.as_json() for measurement in measurements],
    }
    options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
