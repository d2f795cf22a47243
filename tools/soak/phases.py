"""What a soak does one after the other; each phase prints its figures."""

from __future__ import annotations

import time
from itertools import zip_longest
from random import Random
from typing import TYPE_CHECKING

from tools.soak.audit import audit, doubled_starts
from tools.soak.concurrency import concurrent_saves, concurrent_starts, concurrent_submits
from tools.soak.disruptions import FULL_DISKS, KILLS, RESTARTS, Disruptions
from tools.soak.hostile_run import hostile_run
from tools.soak.load import load
from tools.soak.output import median_and_most, print_faults, print_figure, print_figures
from tools.soak.visitor import start_visitors

if TYPE_CHECKING:
    from argparse import Namespace

    from tools.server import Server
    from tools.soak.cluster import Cluster

MOST_SAVERS = 8  # as many as the site has threads: each of them saves all the time


def run_phases(server: Server, cluster: Cluster | None, options: Namespace) -> int:
    """The exit status: 1 where a figure is not what it must be."""
    faults = {
        **disrupted_saves(server, cluster, options),
        **concurrent_requests(server, options),
        **(paced_load(server, options) if options.load else {}),
        **(hostile_requests(server, options) if options.hostile else {}),
    }
    wrong = [name for name, number in faults.items() if number]
    for line in server.logged_errors() if wrong else ():
        print(f"  {line}")
    print_figure("verdict", f"wrong: {', '.join(wrong)}" if wrong else "all as it must be")
    return 1 if wrong else 0


def disrupted_saves(server: Server, cluster: Cluster | None, options: Namespace) -> dict[str, int]:
    random = Random(options.seed)
    visitors = start_visitors(server.port, random, min(options.people, MOST_SAVERS))
    disruptions = Disruptions(server, cluster, visitors, random)
    numbers = {KILLS: options.kills, RESTARTS: options.restarts, FULL_DISKS: options.full_disks}
    until = time.monotonic() + 60 * options.minutes
    disruptions.disrupt_savers(disruptions.draw(numbers), options.saves, until)
    print_figure("saves acknowledged", disruptions.saves())
    print_figure("answers acknowledged", sum(one.acknowledgements for one in visitors))
    print_figure("refused while away, sent again", sum(len(one.refusals) for one in visitors))
    faults = {**disruptions.faults, "doubled starts": doubled_starts(visitors)}
    faults |= {"faults while saving": print_faults(visitors)}
    faults |= {"saves left out": max(0, options.saves - disruptions.saves())}
    for kind, number in numbers.items():
        faults |= recovery_faults(kind, number, disruptions, options)
    if disruptions.processor_seconds:
        used = median_and_most(disruptions.processor_seconds)
        print_figure("new servers: processor seconds to serve", used)
    return print_figures(faults)


def recovery_faults(
    kind: str, number: int, disruptions: Disruptions, options: Namespace
) -> dict[str, int]:
    """Without a cluster the minutes may end before as many kills as there may be at most.

    What else is asked for has to happen. That others use the processors is no fault of the site:
    the time that a new server stood in line for one does not count.
    """
    recoveries, waits = disruptions.recoveries[kind], disruptions.processor_waits[kind]
    print_figure(kind, f"{len(recoveries)} of {number}")
    if recoveries:
        print_figure(f"{kind}: serving again after (s)", median_and_most(recoveries))
    if waits:
        print_figure(f"{kind}: of it in line for a processor", median_and_most(waits))
    pairs = zip_longest(recoveries, waits, fillvalue=0.0)
    slow = sum(1 for seconds, waited in pairs if seconds - waited > options.within)
    counted = options.cluster or kind != KILLS
    left_out = number - len(recoveries) if counted else 0
    return {f"{kind}: serving too late": slow, f"{kind}: left out": left_out}


def concurrent_requests(server: Server, options: Namespace) -> dict[str, int]:
    random, faults = Random(options.seed + 1), {}
    for number in sorted({min(number, options.people) for number in (1, 10, 50, 200)}):
        visitors = start_visitors(server.port, random, number)
        faults[f"{number} savers: refused"] = concurrent_saves(visitors, 5)
        faults[f"{number} savers: lost"] = audit(visitors).total()
        faults[f"{number} savers: faults"] = print_faults(visitors)
    number = min(options.people, 50)
    receipts = concurrent_submits(start_visitors(server.port, random, 1)[0], number)
    faults["submits: doubled or refused"] = sum(
        (receipts["different receipts"] - 1, receipts["refused"], receipts["results"] - 1)
    )
    starter = start_visitors(server.port, random, 1)[0]
    faults["starts: doubled"] = concurrent_starts(starter, number) - 1
    print_figure("submits and starts at once", number)
    return print_figures(faults)


def paced_load(server: Server, options: Namespace) -> dict[str, int]:
    random = Random(options.seed + 2)
    visitors = start_visitors(server.port, random, min(options.people, 100))
    return print_figures(load(visitors, options.load))


def hostile_requests(server: Server, options: Namespace) -> dict[str, int]:
    wrong = hostile_run(server, options.hostile, options.seed)
    print_figure("hostile requests as each role", options.hostile)
    print_figure("hostile requests answered wrongly", wrong)
    return {"hostile requests": wrong}
