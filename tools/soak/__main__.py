"""The long runs of reliability: `python3 manage.py soak` starts them and passes their options."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tools.server import HOST, Server, bring_database, bring_files, free_port
from tools.soak.cluster import ClusterUnavailable, temporary_cluster
from tools.soak.databases import (
    bring_rows,
    close_connections,
    is_postgresql,
    temporary_database,
)
from tools.soak.output import print_figure

if TYPE_CHECKING:
    from tools.soak.cluster import Cluster


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--within", type=float, required=True)
    parser.add_argument("--load", type=float, required=True)
    for name in ("seed", "kills", "people", "saves", "hostile"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--restarts", type=int)
    parser.add_argument("--full-disks", type=int)
    options = parser.parse_args()
    foreign = not options.cluster and is_postgresql(os.environ.get("DATABASE_URL", ""))
    if foreign and (options.restarts or options.full_disks):
        parser.error("--restarts and --full-disks of PostgreSQL need --cluster")
    if options.restarts is None:
        options.restarts = 20 if options.cluster else 0
    if options.full_disks is None:
        options.full_disks = 6 if options.cluster else 0
    return options


def main() -> int:
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # throws away what was made
    try:
        with ExitStack() as temporary:
            return soak(options, temporary)
    except ClusterUnavailable as error:
        print(error, file=sys.stderr)
        return 2


def soak(options: argparse.Namespace, temporary: ExitStack) -> int:
    """The exit status; what is made for the run is thrown away with `temporary`."""
    folder = Path(temporary.enter_context(tempfile.TemporaryDirectory()))
    cluster = temporary.enter_context(temporary_cluster()) if options.cluster else None
    if cluster and options.full_disks and not cluster.can_fill_disk():
        print_figure("full disks", "left out: neither may be mounted nor files limited here")
        options.full_disks = 0
    bring_files(folder)
    os.environ |= {
        "ARTICULA_DATA": str(folder),
        "ARTICULA_ENV": "local",
        "ARTICULA_NO_VENV": "1",
        "DATABASE_URL": database_url(folder, cluster, temporary),
        "DJANGO_SETTINGS_MODULE": "assessment.settings",
    }
    if options.hostile:
        # Pages that send messages are there; nothing listens where these would go.
        os.environ |= {"ARTICULA_MAIL_HOST": HOST, "ARTICULA_MAIL_PORT": str(free_port())}
    django.setup()
    bring_rows()
    from tools.soak.phases import run_phases

    server = Server(folder)
    try:
        server.start()
        return run_phases(server, cluster, options)
    finally:
        server.kill()
        close_connections()


def database_url(folder: Path, cluster: Cluster | None, temporary: ExitStack) -> str:
    """That of the cluster, of a database beside the one of DATABASE_URL, or of an SQLite file."""
    url = os.environ.get("DATABASE_URL", "")
    if cluster:
        return cluster.url
    if is_postgresql(url):
        return temporary.enter_context(temporary_database(url))
    bring_database(folder / "soak.sqlite3")
    return f"sqlite:///{folder}/soak.sqlite3"


if __name__ == "__main__":
    sys.exit(main())
