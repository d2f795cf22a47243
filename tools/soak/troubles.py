"""People save while the server is killed and the database is stopped, cut off or without disk."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

from django.db import connection, connections

from tools.server import refused_writes
from tools.soak.audit import FAULTS, audit, wait_for_others

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from tools.server import Site
    from tools.soak.cluster import Cluster
    from tools.soak.visitor import Visitor

KILLS, RESTARTS, FULL_DISKS = "kills", "restarts", "full disks"
SHORTEST_FULL = 0.5
LONGEST_FULL = 10
LONGEST_WAIT = 60
WRONG = ("dropped without an answer", "full disks nobody felt")


class Troubles:
    """`again` holds, for each kind, the seconds until everybody's saves were acknowledged again."""

    def __init__(
        self, site: Site, cluster: Cluster | None, visitors: Sequence[Visitor], random: Random
    ) -> None:
        self.site, self.cluster, self.visitors, self.random = site, cluster, visitors, random
        self.again: dict[str, list[float]] = {KILLS: [], RESTARTS: [], FULL_DISKS: []}
        self.in_line: list[float] = []
        self.found = Counter(dict.fromkeys((*FAULTS, *WRONG), 0))

    def drawn(self, wanted: Mapping[str, int]) -> list[str]:
        """Each kind as often as wanted, in an order drawn."""
        kinds = [kind for kind, number in wanted.items() for _ in range(number)]
        self.random.shuffle(kinds)
        return kinds

    def among_savers(self, kinds: Sequence[str], saves: int, until: float) -> None:
        """One trouble after the other, spread over the saves; ends late by one at most."""
        over = Event()

        def keep_saving(visitor: Visitor) -> None:
            try:
                while not over.is_set():
                    visitor.save()
            except TimeoutError as gave_up:
                visitor.faults.append(str(gave_up))
                over.set()

        with ThreadPoolExecutor(len(self.visitors)) as pool:
            works = [pool.submit(keep_saving, visitor) for visitor in self.visitors]
            try:
                for number, kind in enumerate(kinds, 1):
                    over.wait(self.random.uniform(0.3, 1.5))
                    self._wait_for(saves * number // len(kinds), until, over)
                    self._make(kind)
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

    def _make(self, kind: str) -> None:
        if kind == KILLS:
            self._wait_until_served(kind, self._kill())
            self.in_line.append(self.site.in_line())
        else:
            self._trouble_database(kind)
        self._audit()

    def _kill(self) -> float:
        """The moment of the new start; what was acknowledged stands already before it."""
        if len(self.again[KILLS]) % 3 == 1:
            self._cut_off()
        self.site.kill()
        wait_for_others()
        self._audit()
        began = time.monotonic()
        self.site.start()
        return began

    def _cut_off(self) -> None:
        """A full disk under SQLite, cut connections on PostgreSQL."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            time.sleep(0.5)
            return
        with refused_writes(self.site.processes):
            time.sleep(0.5)
        time.sleep(0.3)

    def _trouble_database(self, kind: str) -> None:
        """The site must live through it, answer everything, and serve again of itself."""
        if self.cluster is None:
            raise RuntimeError("only a cluster of its own can be troubled")
        before = self._unanswered()
        if kind == RESTARTS:
            self.cluster.restart_at_once()
        else:
            self._fill_disk(self.cluster)
        back = self.cluster.come_back()
        connections.close_all()
        self._wait_until_served(kind, back)
        self.found["dropped without an answer"] += self._unanswered() - before

    def _fill_disk(self, cluster: Cluster) -> None:
        """Until somebody was refused: before, nobody felt it."""
        began, before = time.monotonic(), self._refused()
        with cluster.full_disk():
            time.sleep(SHORTEST_FULL)
            while self._refused() == before and time.monotonic() - began < LONGEST_FULL:
                cluster.ask_for_disk()
                time.sleep(0.2)
        self.found["full disks nobody felt"] += self._refused() == before

    def _wait_until_served(self, kind: str, began: float) -> None:
        """Until the last of the people was told that a save of hers is kept."""
        until = began + LONGEST_WAIT
        while min(visitor.saved_at for visitor in self.visitors) < began:
            if time.monotonic() > until:
                break
            time.sleep(0.01)
        self.again[kind].append(time.monotonic() - began)

    def _refused(self) -> int:
        return sum(len(visitor.refusals) for visitor in self.visitors)

    def _unanswered(self) -> int:
        return sum(visitor.unanswered for visitor in self.visitors)

    def _audit(self) -> None:
        self.found.update(audit(self.visitors))
