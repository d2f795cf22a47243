"""People save while the server is killed and the database is stopped, cut off or without disk."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

from django.db import connection

from tools.soak.audit import FAULTS, audit
from tools.soak.databases import (
    close_connections,
    cut_connections,
    wait_for_running_statements,
)
from tools.soak.full_disk import file_writes_refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from tools.server import Server
    from tools.soak.cluster import Cluster
    from tools.soak.visitor import Visitor

KILLS, RESTARTS, FULL_DISKS = "kills", "restarts", "full disks"
SHORTEST_FULL = 0.5
LONGEST_FULL = 10
LONGEST_WAIT = 60
WRONG = ("dropped without an answer", "full disks nobody felt")


class Disruptions:
    """What is done to the site among savers, and what they lost by it.

    `recoveries` holds, for each kind, the seconds until everybody's saves were acknowledged again,
    `processor_waits` those of them that a new server stood in line for a processor, and
    `processor_seconds` those that a new server used of one until then.
    """

    def __init__(
        self, server: Server, cluster: Cluster | None, visitors: Sequence[Visitor], random: Random
    ) -> None:
        self.server, self.cluster, self.visitors = server, cluster, visitors
        self.random = random
        self.recoveries: dict[str, list[float]] = {KILLS: [], RESTARTS: [], FULL_DISKS: []}
        self.processor_waits: dict[str, list[float]] = {kind: [] for kind in self.recoveries}
        self.processor_seconds: list[float] = []
        self.faults = Counter(dict.fromkeys((*FAULTS, *WRONG), 0))

    def draw(self, numbers: Mapping[str, int]) -> list[str]:
        """Each kind as often as its number, in an order drawn."""
        kinds = [kind for kind, number in numbers.items() for _ in range(number)]
        self.random.shuffle(kinds)
        return kinds

    def disrupt_savers(self, kinds: Sequence[str], saves: int, until: float) -> None:
        """One disruption after the other, spread over the saves; ends late by one at most."""
        over = Event()
        with ThreadPoolExecutor(len(self.visitors)) as pool:
            works = [pool.submit(keep_saving, visitor, over) for visitor in self.visitors]
            try:
                for number, kind in enumerate(kinds, 1):
                    over.wait(self.random.uniform(0.3, 1.5))
                    self._wait_for(saves * number // len(kinds), until, over)
                    self._disrupt(kind)
                    if over.is_set() or time.monotonic() > until:
                        break
                self._wait_for(saves, until, over)
            finally:
                over.set()
            for work in works:
                work.result()
        self._audit()

    def saves(self) -> int:
        return sum(visitor.saves for visitor in self.visitors)

    def _wait_for(self, saves: int, until: float, over: Event) -> None:
        while self.saves() < saves and time.monotonic() < until and not over.is_set():
            time.sleep(0.05)

    def _disrupt(self, kind: str) -> None:
        if kind == KILLS:
            self._wait_for_new_server(kind, self._kill())
        else:
            self._disrupt_database(kind)
        self._audit()

    def _kill(self) -> float:
        """The moment of the new start; what was acknowledged stands already before it."""
        if len(self.recoveries[KILLS]) % 3 == 1:
            self._withdraw_database()
        self.server.kill()
        wait_for_running_statements()
        self._audit()
        began = time.monotonic()
        self.server.start()
        return began

    def _withdraw_database(self) -> None:
        """A full disk under SQLite, cut connections on PostgreSQL."""
        if connection.vendor == "postgresql":
            cut_connections()
            time.sleep(0.5)
            return
        with file_writes_refused(self.server.process_ids):
            time.sleep(0.5)
        time.sleep(0.3)

    def _disrupt_database(self, kind: str) -> None:
        """The site must live through it, answer everything, and serve again of itself.

        The database of a file has no server: to restart it is to end the site in order.
        """
        if self.cluster is None and kind == RESTARTS:
            self._wait_for_new_server(kind, self._restart_site())
            return
        before = self._dropped_requests()
        accepting = self._disrupt_cluster(kind) if self.cluster else self._fill_disk_of_file()
        close_connections()
        self._wait_for_everybody(kind, accepting)
        self.faults["dropped without an answer"] += self._dropped_requests() - before

    def _wait_for_new_server(self, kind: str, began: float) -> None:
        self._wait_for_everybody(kind, began)
        self.processor_waits[kind].append(self.server.processor_wait())
        self.processor_seconds.append(self.server.processor_seconds() or 0)

    def _restart_site(self) -> float:
        self.server.stop()
        self._audit()
        began = time.monotonic()
        self.server.start()
        return began

    def _disrupt_cluster(self, kind: str) -> float:
        """The moment from which it takes connections again."""
        cluster = self.cluster
        if cluster is None:
            raise RuntimeError("only a cluster of its own can be disrupted")
        if kind == RESTARTS:
            cluster.crash_and_restart()
        else:
            with cluster.full_disk():
                self._wait_until_felt(cluster.ask_for_disk)
        return cluster.wait_until_accepting()

    def _fill_disk_of_file(self) -> float:
        """The moment from which there is room again."""
        with file_writes_refused(self.server.process_ids):
            self._wait_until_felt(lambda: None)
        return time.monotonic()

    def _wait_until_felt(self, ask_for_disk: Callable[[], object]) -> None:
        """Until somebody was refused: before, nobody felt it."""
        began, before = time.monotonic(), self._refusals()
        time.sleep(SHORTEST_FULL)
        while self._refusals() == before and time.monotonic() - began < LONGEST_FULL:
            ask_for_disk()
            time.sleep(0.2)
        self.faults["full disks nobody felt"] += self._refusals() == before

    def _wait_for_everybody(self, kind: str, began: float) -> None:
        """Until the last of the people was told that a save of hers is kept."""
        until = began + LONGEST_WAIT
        while min(visitor.last_save for visitor in self.visitors) < began:
            if time.monotonic() > until:
                break
            time.sleep(0.01)
        self.recoveries[kind].append(time.monotonic() - began)

    def _refusals(self) -> int:
        return sum(len(visitor.refusals) for visitor in self.visitors)

    def _dropped_requests(self) -> int:
        return sum(visitor.dropped_requests for visitor in self.visitors)

    def _audit(self) -> None:
        self.faults.update(audit(self.visitors))


def keep_saving(visitor: Visitor, over: Event) -> None:
    """Until all is over, which it is for all once one of them gives up."""
    try:
        while not over.is_set():
            visitor.save()
    except TimeoutError as gave_up:
        visitor.faults.append(str(gave_up))
        over.set()
