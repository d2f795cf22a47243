"""The long runs of reliability: `python3 manage.py soak` starts them and says what they found."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import django

from tests.soak.site import POSTGRESQL, Site, database_beside

if TYPE_CHECKING:
    from tests.soak.visitor import Visitor


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--hostile", type=int, required=True)
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    with ExitStack() as thrown_away:
        folder = Path(thrown_away.enter_context(tempfile.TemporaryDirectory()))
        url = os.environ.get("DATABASE_URL", "")
        if url.partition(":")[0] in POSTGRESQL:
            url = thrown_away.enter_context(database_beside(url))
        else:
            url = f"sqlite:///{folder}/soak.sqlite3"
        os.environ |= {
            "ARTICULA_DATA": str(folder),
            "ARTICULA_ENV": "local",
            "ARTICULA_NO_VENV": "1",
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "assessment.settings",
        }
        django.setup()
        site = Site(folder)
        try:
            site.start()
            return soak(site, wanted)
        finally:
            site.kill()
            close_database()


def close_database() -> None:
    from django.db import connections

    connections.close_all()


def soak(site: Site, wanted: argparse.Namespace) -> int:
    """Prints one line a figure; 1 where one of them is not what it must be."""
    bad = {
        **saving(site, wanted),
        **crowds(site, wanted),
        **(hostile(site, wanted) if wanted.hostile else {}),
    }
    wrong = [name for name, number in bad.items() if number]
    for line in site.faults() if wrong else ():
        print(f"  {line}")  # noqa: T201 -- the command speaks by it
    tell("verdict", f"wrong: {', '.join(wrong)}" if wrong else "all as it must be")
    return 1 if wrong else 0


def saving(site: Site, wanted: argparse.Namespace) -> dict[str, int]:
    from tests.soak.audit import doubled_starts
    from tests.soak.crowd import save_under_kills

    random = Random(wanted.seed)
    visitors = people(site, random, min(wanted.people, 8))
    until = time.monotonic() + 60 * wanted.minutes
    counts = save_under_kills(site, visitors, random=random, until=until, most=wanted.kills)
    bad = {name: counts[name] for name in ("lost", "torn", "doubled")}
    bad |= {"doubled starts": doubled_starts(visitors), "faults while saving": said(visitors)}
    tell("answers acknowledged", sum(visitor.acknowledged for visitor in visitors))
    tell("kills of the server", counts["kills"])
    again = sorted(site.starts[1:])
    tell("serving again after (s)", f"median {again[len(again) // 2]:.1f}, most {again[-1]:.1f}")
    tell("refused while away, sent again", sum(len(visitor.refusals) for visitor in visitors))
    for name, number in bad.items():
        tell(name, number)
    return bad


def crowds(site: Site, wanted: argparse.Namespace) -> dict[str, int]:
    from tests.soak.audit import audit
    from tests.soak.crowd import crowd_of_savers, crowd_of_starts, crowd_of_submits

    random, bad = Random(wanted.seed + 1), {}
    for number in sorted({min(number, wanted.people) for number in (1, 10, 50, 200)}):
        visitors = people(site, random, number)
        bad[f"{number} savers: refused"] = crowd_of_savers(visitors, 5)
        bad[f"{number} savers: lost"] = audit(visitors).total()
        bad[f"{number} savers: faults"] = said(visitors)
    at_once = min(wanted.people, 50)
    receipts = crowd_of_submits(people(site, random, 1)[0], at_once)
    bad["submits: doubled or refused"] = sum(
        (receipts["different receipts"] - 1, receipts["refused"], receipts["results"] - 1)
    )
    bad["starts: doubled"] = crowd_of_starts(people(site, random, 1)[0], at_once) - 1
    tell("submits and starts at once", at_once)
    for name, number in bad.items():
        tell(name, number)
    return bad


def hostile(site: Site, wanted: argparse.Namespace) -> dict[str, int]:
    from django.utils import timezone

    from assessment.actions.demo import load_demo
    from assessment.models import Response
    from tests.soak.hostile import hostile_run

    load_demo(now=timezone.now())
    still_open = Response.objects.filter(result=None).latest("pk")
    closed = Response.objects.exclude(result=None).exclude(demo=True).latest("pk")
    found = hostile_run(site.port, (still_open, closed), wanted.hostile, wanted.seed)
    tell("hostile requests as each role", wanted.hostile)
    tell("hostile requests answered wrongly", found)
    return {"hostile requests": found}


def people(site: Site, random: Random, number: int) -> list[Visitor]:
    """Visitors who have started; they answer the page with most questions that all are asked."""
    from assessment.models import Edition
    from tests.soak.visitor import Visitor

    edition = Edition.objects.current()
    asked = edition.instrument().questions if edition else ()
    always = [q for q in asked if q.kind == "level" and not q.shown_if]
    section = Counter(q.dimension for q in always).most_common(1)[0][0]
    codes = tuple(q.code for q in always if q.dimension == section)
    visitors = [
        Visitor(site.port, Random(random.random()), codes, section.lower()) for _ in range(number)
    ]
    for visitor in visitors:
        visitor.begin()
    return visitors


def said(visitors: list[Visitor]) -> int:
    found = [fault for visitor in visitors for fault in visitor.faults]
    for fault in found[:20]:
        print(f"  {fault}")  # noqa: T201 -- the command speaks by it
    return len(found)


def tell(name: str, figure: object) -> None:
    print(f"{name:40}{figure}", flush=True)  # noqa: T201 -- the command speaks by it


if __name__ == "__main__":
    sys.exit(main())
