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
    from collections.abc import Sequence

    from tools.bench.table import Measurement

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
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"))
    options = parser.parse_args()
    options.rounds = max(3, options.rounds)
    return options


def bench(options: argparse.Namespace) -> int:
    """The exit status: 1 where a bound is missed."""
    from tools.bench.table import table

    began = time.monotonic()
    measurements = measure_everything(options, began)
    print(table(measurements), flush=True)
    write_json(options, measurements)
    missed = [measurement for measurement in measurements if not measurement.holds]
    seconds = f"{time.monotonic() - began:.0f} s"
    print(f"{len(missed)} of {len(measurements)} missed; {seconds}; {options.json}")
    return 1 if missed else 0


def measure_everything(options: argparse.Namespace, began: float) -> list[Measurement]:
    from tools.bench.measured_site import prepare_site
    from tools.bench.measures import drawing, judging, reports, requests
    from tools.bench.measures.concurrent_saves import concurrent_saves

    site = prepare_site()
    print("The site to be measured is ready. Every time is processor time.", flush=True)
    measurements = []
    for measure in (
        requests.pages,
        requests.weight,
        drawing.drawing,
        requests.write_queries,
        judging.judging,
        reports.report_page,
        reports.report_file,
        reports.report_memory,
    ):
        measurements += measure(site, options.rounds)
        name, seconds = measure.__name__.replace("_", " "), time.monotonic() - began
        print(f"measured: {name}, {seconds:.0f} s", flush=True)
    return measurements + concurrent_saves(site, options.savers)


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
