"""python -m tools.bench: run by `manage.py bench` on a data folder that is thrown away."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path

import django
from django.test import override_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment.settings")


def main() -> int:
    options = arguments()
    django.setup()
    with override_settings(ROOT_URLCONF="tools.bench.urls"):
        return measure(options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--savers", type=int, default=50)
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"))
    found = parser.parse_args()
    found.rounds = max(3, found.rounds)
    return found


def measure(options: argparse.Namespace) -> int:
    from tools.bench import measures
    from tools.bench.ground import prepared
    from tools.bench.savers import saving_at_once
    from tools.bench.table import table

    began = time.monotonic()
    ground = prepared()
    say("The site to be measured is ready. Every time is processor time.")
    rows = []
    for part in (
        measures.pages,
        measures.weight,
        measures.drawing,
        measures.saving,
        measures.judging,
        measures.report_page,
        measures.report_file,
        measures.report_memory,
    ):
        rows += part(ground, options.rounds)
        say(f"measured: {part.__name__.replace('_', ' ')}, {time.monotonic() - began:.0f} s")
    rows += saving_at_once(ground, options.savers)
    say(table(rows))
    options.json.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "django": django.get_version()}
    kept = {"machine": machine, "rounds": options.rounds, "rows": [row.as_json() for row in rows]}
    options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    missed = [row.what for row in rows if not row.holds]
    say(f"{len(missed)} of {len(rows)} missed; {time.monotonic() - began:.0f} s; {options.json}")
    return 1 if missed else 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
