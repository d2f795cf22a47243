"""The long runs of reliability: `python3 manage.py soak` starts them and says what they found."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import django

from tools.server import POSTGRESQL, Site, database_beside
from tools.soak.cluster import CannotTrouble, cluster_of_its_own
from tools.soak.figures import said, seconds, tell, tell_all

if TYPE_CHECKING:
    from tools.soak.cluster import Cluster

MOST_SAVERS = 8  # as many as the site has threads: each of them saves all the time


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--within", type=float, required=True)
    parser.add_argument("--load", type=float, required=True)
    for name in ("seed", "kills", "people", "saves", "hostile"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--restarts", type=int)
    parser.add_argument("--full-disks", type=int)
    wanted = parser.parse_args()
    if not wanted.cluster and (wanted.restarts or wanted.full_disks):
        parser.error("--restarts and --full-disks need --cluster")
    if wanted.restarts is None:
        wanted.restarts = 20 if wanted.cluster else 0
    if wanted.full_disks is None:
        wanted.full_disks = 6 if wanted.cluster else 0
    return wanted


def main() -> int:
    wanted = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # throws away what was made
    try:
        with ExitStack() as thrown_away:
            return prepared(wanted, thrown_away)
    except CannotTrouble as error:
        print(error, file=sys.stderr)  # noqa: T201 -- the command speaks by it
        return 2


def prepared(wanted: argparse.Namespace, thrown_away: ExitStack) -> int:
    folder = Path(thrown_away.enter_context(tempfile.TemporaryDirectory()))
    cluster = thrown_away.enter_context(cluster_of_its_own()) if wanted.cluster else None
    if cluster and wanted.full_disks and not cluster.disk_can_be_full():
        tell("full disks", "left out: neither may be mounted nor files limited here")
        wanted.full_disks = 0
    url = os.environ.get("DATABASE_URL", "")
    if cluster:
        url = cluster.url
    elif url.partition(":")[0] in POSTGRESQL:
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
        return soak(site, cluster, wanted)
    finally:
        site.kill()
        close_database()


def close_database() -> None:
    from django.db import connections

    connections.close_all()


def soak(site: Site, cluster: Cluster | None, wanted: argparse.Namespace) -> int:
    """Prints one line a figure; 1 where one of them is not what it must be."""
    bad = {
        **saving(site, cluster, wanted),
        **crowds(site, wanted),
        **(loaded(site, wanted) if wanted.load else {}),
        **(hostile(site, wanted) if wanted.hostile else {}),
    }
    wrong = [name for name, number in bad.items() if number]
    for line in site.faults() if wrong else ():
        print(f"  {line}")  # noqa: T201 -- the command speaks by it
    tell("verdict", f"wrong: {', '.join(wrong)}" if wrong else "all as it must be")
    return 1 if wrong else 0


def saving(site: Site, cluster: Cluster | None, wanted: argparse.Namespace) -> dict[str, int]:
    from tools.soak.audit import doubled_starts
    from tools.soak.troubles import FULL_DISKS, KILLS, RESTARTS, Troubles
    from tools.soak.visitor import people

    random = Random(wanted.seed)
    visitors = people(site.port, random, min(wanted.people, MOST_SAVERS))
    troubles = Troubles(site, cluster, visitors, random)
    asked = {KILLS: wanted.kills, RESTARTS: wanted.restarts, FULL_DISKS: wanted.full_disks}
    until = time.monotonic() + 60 * wanted.minutes
    troubles.among_savers(troubles.drawn(asked), wanted.saves, until)
    tell("saves acknowledged", troubles.saves())
    tell("answers acknowledged", sum(visitor.acknowledged for visitor in visitors))
    tell("refused while away, sent again", sum(len(visitor.refusals) for visitor in visitors))
    bad = {**troubles.found, "doubled starts": doubled_starts(visitors)}
    bad |= {"faults while saving": said(visitors)}
    bad |= {"saves left out": max(0, wanted.saves - troubles.saves())}
    for kind, number in asked.items():
        bad |= figures_of(kind, number, troubles.again[kind], wanted)
    if troubles.in_line:
        tell("kills: of it in line for a processor", seconds(troubles.in_line))
    return tell_all(bad)


def loaded(site: Site, wanted: argparse.Namespace) -> dict[str, int]:
    from tools.soak.load import load
    from tools.soak.visitor import people

    visitors = people(site.port, Random(wanted.seed + 2), min(wanted.people, 100))
    return tell_all(load(visitors, wanted.load))


def figures_of(
    kind: str, asked: int, again: list[float], wanted: argparse.Namespace
) -> dict[str, int]:
    """Without a cluster the minutes may end before as many kills as there may be at most."""
    tell(kind, f"{len(again)} of {asked}")
    if again:
        tell(f"{kind}: serving again after (s)", seconds(again))
    slow = sum(1 for one in again if one > wanted.within)
    left_out = asked - len(again) if wanted.cluster else 0
    return {f"{kind}: serving too late": slow, f"{kind}: left out": left_out}


def crowds(site: Site, wanted: argparse.Namespace) -> dict[str, int]:
    from tools.soak.audit import audit
    from tools.soak.crowd import crowd_of_savers, crowd_of_starts, crowd_of_submits
    from tools.soak.visitor import people

    random, bad = Random(wanted.seed + 1), {}
    for number in sorted({min(number, wanted.people) for number in (1, 10, 50, 200)}):
        visitors = people(site.port, random, number)
        bad[f"{number} savers: refused"] = crowd_of_savers(visitors, 5)
        bad[f"{number} savers: lost"] = audit(visitors).total()
        bad[f"{number} savers: faults"] = said(visitors)
    at_once = min(wanted.people, 50)
    receipts = crowd_of_submits(people(site.port, random, 1)[0], at_once)
    bad["submits: doubled or refused"] = sum(
        (receipts["different receipts"] - 1, receipts["refused"], receipts["results"] - 1)
    )
    bad["starts: doubled"] = crowd_of_starts(people(site.port, random, 1)[0], at_once) - 1
    tell("submits and starts at once", at_once)
    return tell_all(bad)


def hostile(site: Site, wanted: argparse.Namespace) -> dict[str, int]:
    from django.utils import timezone

    from assessment.actions.demo import load_demo
    from assessment.models import Response
    from tools.soak.hostile import hostile_run

    load_demo(now=timezone.now())
    still_open = Response.objects.filter(result=None).latest("pk")
    closed = Response.objects.exclude(result=None).exclude(demo=True).latest("pk")
    found = hostile_run(site.port, (still_open, closed), wanted.hostile, wanted.seed)
    tell("hostile requests as each role", wanted.hostile)
    tell("hostile requests answered wrongly", found)
    return {"hostile requests": found}


if __name__ == "__main__":
    sys.exit(main())
