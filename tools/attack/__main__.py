"""A crowd holds the server up while people save: `python3 manage.py attack` starts it."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from threading import Event
from typing import TYPE_CHECKING

import django

from tools.attack.servers import CANDIDATES, OWN, Candidate, is_installed
from tools.proxies import CADDY, NGINX, NoProxy, running_proxy
from tools.server import ROOT, DidNotStart, bring_files
from tools.soak.__main__ import database_url
from tools.soak.databases import bring_rows, close_connections

if TYPE_CHECKING:
    from tools.attack.savers import Saver

DIRECT = "direct"
ROADS = (DIRECT, CADDY, NGINX)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="attack")
    for name in ("people", "idle", "slow", "seed"):
        parser.add_argument(f"--{name}", type=int, required=True)
    for name in ("seconds", "pause", "within"):
        parser.add_argument(f"--{name}", type=float, required=True)
    parser.add_argument("--server", action="append", choices=(OWN, *CANDIDATES))
    parser.add_argument("--behind", action="append", choices=ROADS)
    return parser.parse_args()


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of the table. `newcomer` and `median` are the seconds of the first page, `in_line`
    those that a thread of the server stood in line for a processor which others had; `megabytes`
    are the most until then, on the roads before too.
    """

    server: str
    road: str
    saves: int
    lost: int
    foreign: int
    failed: int
    dropped: int
    newcomer: float
    median: float
    in_line: float
    unanswered: int
    wrong: int
    megabytes: int

    def is_right(self, within: float) -> bool:
        faults = self.lost + self.foreign + self.failed + self.unanswered + self.wrong
        return faults == 0 and self.newcomer <= within


def main() -> int:
    options = read_options()
    with ExitStack() as temporary:
        folder = Path(temporary.enter_context(tempfile.TemporaryDirectory()))
        bring_files(folder / "data")
        os.environ |= {
            "ARTICULA_DATA": str(folder / "data"),
            "ARTICULA_ENV": "local",
            "ARTICULA_NO_VENV": "1",
            "DATABASE_URL": database_url(folder, None, temporary),
            "DJANGO_SETTINGS_MODULE": "assessment.settings",
        }
        django.setup()
        bring_rows()
        temporary.callback(close_connections)
        return attack_all(options, folder)


def attack_all(options: argparse.Namespace, folder: Path) -> int:
    """1 where the server of `start` did not stand it; the others are there for comparison."""
    if options.server:
        prepare(folder)
    print_row(*Figures.__slots__)
    wrong = 0
    for name in options.server or (OWN,):
        if not is_installed(name):
            print(f"{name:10}left out: not installed", flush=True)
            continue
        server = Candidate(folder, name)
        try:
            server.start()
            for road in options.behind or (DIRECT,):
                wrong += not attack(server, road, folder, options) and name == OWN
        except (DidNotStart, OSError, LookupError) as reason:
            print(f"{name:10}left out: {reason!r}", flush=True)
            wrong += name == OWN
        finally:
            server.stop()
    return 1 if wrong else 0


def prepare(folder: Path) -> None:
    """Database, bank and static files, by a start of the site."""
    server = Candidate(folder, OWN)
    try:
        server.start()
    finally:
        server.kill()


def print_row(*columns: object) -> None:
    cells = (f"{one:.2f}" if isinstance(one, float) else str(one) for one in columns)
    print("".join(f"{cell:11}" for cell in cells), flush=True)


def attack(server: Candidate, road: str, folder: Path, options: argparse.Namespace) -> bool:
    """Tell whether the server stood it; a proxy that is not installed shows nothing against it."""
    place = Path(tempfile.mkdtemp(dir=folder))
    behind = nullcontext(server.port)
    try:
        with behind if road == DIRECT else running_proxy(road, server.port, place) as port:
            figures = besieged(server, road, port, options)
    except NoProxy as reason:
        print(f"{server.name:10}{road:8}left out: {reason}", flush=True)
        return True
    print_row(*(getattr(figures, column) for column in Figures.__slots__))
    return figures.is_right(options.within)


def besieged(server: Candidate, road: str, port: int, options: argparse.Namespace) -> Figures:
    from tools.attack.savers import Newcomers, named_savers
    from tools.soak.audit import audit
    from tools.soak.visitor import start_visitors

    random, before = Random(options.seed), server.seconds_in_line()
    savers = named_savers(start_visitors(port, random, options.people), random)
    newcomers, over = Newcomers(port), Event()
    with ThreadPoolExecutor(1) as pool, crowd(port, options) as crowded:
        coming = pool.submit(newcomers.come, over)
        over.wait(min(2.0, options.seconds / 4))  # until all of the crowd is there
        save_and_look(savers, options)
        over.set()
        coming.result()
        crowded.terminate()
        met = json.loads(crowded.communicate()[0])
    print_details(met)
    return Figures(
        server=server.name,
        road=road,
        saves=sum(saver.saves for saver in savers),
        lost=audit(savers).total(),
        foreign=sum(saver.foreign for saver in savers),
        failed=sum(saver.given_up + server_faults(saver) for saver in savers),
        dropped=sum(saver.dropped_requests for saver in savers),
        newcomer=max(newcomers.waits, default=float("inf")),
        median=median(newcomers.waits or [float("inf")]),
        in_line=server.seconds_in_line() - before,
        unanswered=newcomers.unanswered,
        wrong=sum(number for kind, number in met.items() if kind.startswith("wrong")),
        megabytes=server.peak_megabytes(),
    )


def server_faults(saver: Saver) -> int:
    return sum(status >= 500 for status in saver.refusals)


def crowd(port: int, options: argparse.Namespace) -> subprocess.Popen[str]:
    numbers = {"port": port, "idle": options.idle, "slow": options.slow}
    given = (f"--{name}={number}" for name, number in numbers.items())
    return subprocess.Popen(
        (sys.executable, "-m", "tools.attack.crowd", *given, f"--seconds={options.seconds + 4}"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def save_and_look(savers: list[Saver], options: argparse.Namespace) -> None:
    from tools.soak.load import save_at_pace

    save_at_pace(savers, options.pause, options.seconds)
    with ThreadPoolExecutor(len(savers)) as pool:
        list(pool.map(type(savers[0]).look, savers))


def print_details(met: dict[str, int]) -> None:
    if os.environ.get("ARTICULA_LOG") == "DEBUG":
        print(json.dumps(met, indent=1))
    for kind in sorted(kind for kind in met if kind.startswith("wrong")):
        print(f"  {kind}: {met[kind]}")


if __name__ == "__main__":
    sys.exit(main())
