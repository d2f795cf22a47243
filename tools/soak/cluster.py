"""A PostgreSQL cluster of the soak's own: crashed, left without disk, thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg

from tools.soak.full_disk import file_writes_refused

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = ("initdb", "pg_ctl", "postgres")
DEBIAN = Path("/usr/lib/postgresql")
UNPRIVILEGED = ("postgres", "nobody")
DISK_SIZE = "192m"
LONGEST_RECOVERY = 60
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = on
max_connections = 40
min_wal_size = 2MB
max_wal_size = 16MB
wal_recycle = off
"""
"""Reached by a socket in a folder of its owner alone; every segment of the log is new disk."""


class ClusterUnavailable(Exception):
    """A cluster cannot be made on this machine; the message says why, in one line."""


def find_programs(below: Path = DEBIAN) -> Path:
    """The folder of PostgreSQL's server programs: the one on the PATH, else the newest."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(below.glob("*/bin"), key=lambda found: (len(str(found)), found))[::-1]
    for folder in folders:
        if all((folder / name).is_file() for name in PROGRAMS):
            return folder
    raise ClusterUnavailable(
        f"PostgreSQL's server programs ({', '.join(PROGRAMS)}) are not found here."
    )


def server_owner() -> dict[str, Any]:
    """As whom the server is run: where the soak runs as root, the server refuses to."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}
    raise ClusterUnavailable("PostgreSQL does not run as root, and there is no other user for it.")


class Cluster:
    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder, programs
        self.disk, self.data = folder / "disk", folder / "disk" / "data"
        self.owner = server_owner()
        self.mounted = False

    @property
    def url(self) -> str:
        return f"postgres://soak@{quote(str(self.folder), safe='')}/postgres"

    def create(self) -> None:
        self.disk.mkdir()
        self.mounted = self._mount()
        for path in (self.folder, self.disk) if self.owner else ():
            os.chown(path, self.owner["user"], self.owner["group"])
        self._run(
            "initdb",
            f"--pgdata={self.data}",
            *("--auth=trust", "--username=soak", "--wal-segsize=1"),
            *("--encoding=UTF8", "--locale=C", "--no-sync"),
        )
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(SETTINGS.format(folder=self.folder))
        self.control("start")

    def destroy(self) -> None:
        """Whatever happened: no server and no file system stays behind."""
        try:
            if self.is_running():
                self.control("stop", "--mode=immediate")
        finally:
            if self.mounted:
                subprocess.run(("umount", "--lazy", self.disk), check=True)

    def control(self, *what: str) -> None:
        log = self.folder / "log"
        self._run("pg_ctl", f"--pgdata={self.data}", f"--log={log}", "--wait", "--silent", *what)

    def crash_and_restart(self) -> None:
        """No checkpoint before; what does not start again is tried by wait_until_accepting."""
        with suppress(ClusterUnavailable):
            self.control("restart", "--mode=immediate")

    def is_running(self) -> bool:
        with suppress(ClusterUnavailable):
            self._run("pg_ctl", f"--pgdata={self.data}", "status")
            return True
        return False

    def wait_until_accepting(self) -> float:
        """The moment it accepts connections; it is started where what was done ended it."""
        until = time.monotonic() + LONGEST_RECOVERY
        while time.monotonic() < until:
            with suppress(psycopg.Error), psycopg.connect(self.url):
                return time.monotonic()
            if not self.is_running():
                with suppress(ClusterUnavailable):
                    self.control("start")
            time.sleep(0.02)
        raise TimeoutError((self.folder / "log").read_text(errors="replace")[-2000:])

    def can_fill_disk(self) -> bool:
        return self.mounted or shutil.which("prlimit") is not None

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """No byte more for the data: the disk is full, or no file may grow where it is shared."""
        if not self.mounted:
            with file_writes_refused(self._process_ids, **self.owner):
                yield
            return
        filler = self.disk / "filler"
        try:
            _fill(filler)
            yield
        finally:
            filler.unlink()

    def ask_for_disk(self) -> None:
        """A new segment of the log: what is written next needs new disk."""
        with suppress(psycopg.Error), psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SELECT pg_switch_wal()")

    def _mount(self) -> bool:
        """A small file system of its own, which only root may make."""
        options = ("-t", "tmpfs", "-o", f"size={DISK_SIZE},mode=0700", "tmpfs")
        try:
            done = subprocess.run(("mount", *options, self.disk), capture_output=True, check=False)
        except FileNotFoundError:
            return False
        return done.returncode == 0

    def _process_ids(self) -> Iterator[int]:
        """The server before what it started: what it starts afterwards is as it is by then."""
        with suppress(OSError):
            server = int((self.data / "postmaster.pid").read_text().split()[0])
            yield server
            children = Path(f"/proc/{server}/task/{server}/children").read_text()
            yield from map(int, children.split())

    def _run(self, program: str, *options: str) -> None:
        output = self.folder / "output"
        with output.open("wb") as file:
            done = subprocess.run(
                (self.programs / program, *options),
                cwd=self.folder,
                env=os.environ | {"LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                check=False,
                **self.owner,
            )
        if done.returncode != 0:
            raise ClusterUnavailable(
                f"{program} failed: {' '.join(output.read_text().split())[-500:]}"
            )


@contextmanager
def temporary_cluster() -> Iterator[Cluster]:
    """Made, started, and thrown away with its file system whatever happens."""
    with tempfile.TemporaryDirectory(prefix="soak") as folder:
        cluster = Cluster(Path(folder), find_programs())
        try:
            cluster.create()
            yield cluster
        finally:
            cluster.destroy()


def _fill(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
