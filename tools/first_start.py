"""The first start on a machine that has nothing but Python, up to a PDF that opens.

    python -m tools.first_start [--suite bookworm] [--mirror ADDRESS] [--copy PATH …]

Makes a minimal Debian of its own (debootstrap and chroot, so it needs root), puts this program
into it, runs `python3 manage.py start` there as a person would, opens the example's private link
and reads its PDF. Printed are the lines of `start` and what was found; all that was made is thrown
away. `--copy` takes a file or folder of this machine along that packages cannot be fetched without
there, such as pip's configuration or a certificate; the environment goes with it. The exit status
is 0 where the PDF opens, 1 where not, and 2, with the reason, where no such root can be made.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING

from tools.server import HOST, ROOT, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = "srv/articula"
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "*.mo", ".*_cache")
EXAMPLE = re.compile(r"The invented example: (http\S+)")
REPORT = re.compile(r'href="(/response/[\w-]+/)')
LONGEST_PRINT = 600
LEAST_PAGES = 10


class RootUnavailable(Exception):
    """A root of its own cannot be made here; the message says why, in one line."""


class DidNotPrint(Exception):
    """`start` ended, or no PDF came; the message says what was last."""


def main() -> int:
    options = read_options()
    try:
        with ExitStack() as temporary:
            folder = Path(temporary.enter_context(tempfile.TemporaryDirectory(prefix="debian")))
            make_root(folder, options.suite, options.mirror)
            temporary.enter_context(mounted(folder))
            copy_into(folder, options.copy)
            began = time.monotonic()
            print(f"{describe(first_pdf(folder))}; {time.monotonic() - began:.0f} s from start")
    except RootUnavailable as reason:
        print(f"Skipped, the first start on a bare Debian: {reason}", file=sys.stderr)
        return 2
    except DidNotPrint as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="first_start")
    parser.add_argument("--suite", default="bookworm")
    parser.add_argument("--mirror", default="http://deb.debian.org/debian")
    parser.add_argument("--copy", action="append", default=[], type=Path)
    return parser.parse_args()


def make_root(folder: Path, suite: str, mirror: str) -> None:
    if os.geteuid() != 0:
        raise RootUnavailable("only root may change the root of a process.")
    if shutil.which("debootstrap") is None:
        raise RootUnavailable("debootstrap is not installed.")
    debian = ("debootstrap", "--variant=minbase", "--include=python3-venv", suite, folder, mirror)
    done = subprocess.run(debian, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RootUnavailable(f"debootstrap failed: {done.stdout.strip().splitlines()[-1:]}")


@contextmanager
def mounted(folder: Path) -> Iterator[None]:
    """With the processes of this machine, as Debian's packages expect."""
    command = ("mount", "-t", "proc", "proc", folder / "proc")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise RootUnavailable("/proc cannot be mounted there.")
    try:
        yield
    finally:
        subprocess.run(("umount", "--lazy", folder / "proc"), check=True)


def copy_into(folder: Path, more: list[Path]) -> None:
    shutil.copytree(ROOT, folder / PROGRAM, ignore=NOT_COPIED)
    for path in more:
        to = folder / path.absolute().relative_to("/")
        if path.is_dir():
            shutil.copytree(path, to, dirs_exist_ok=True)
        else:
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, to)


def first_pdf(folder: Path) -> bytes:
    """What a person gets who types the one command and opens the link that it prints."""
    port = free_port()
    command = f"cd /{PROGRAM} && exec python3 manage.py start --demo --port={port}"
    site = subprocess.Popen(
        ("chroot", folder, "sh", "-c", command),
        env=bare_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        return fetched_pdf(address_of_example(site))
    finally:
        site.terminate()
        site.wait()


def bare_environment() -> dict[str, str]:
    """How packages are fetched here, and nothing that speaks of this program or its Python."""
    own = ("ARTICULA_", "DATABASE_", "DJANGO_", "PYTHON", "VIRTUAL_ENV", "LC_", "LANG", "TMPDIR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    usual = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return kept | {"PATH": usual, "HOME": "/root"}


def address_of_example(site: subprocess.Popen[str]) -> str:
    """Once the site serves; its lines are printed as they come."""
    found = ""
    for line in site.stdout or ():
        print(f"  {line}", end="", flush=True)
        if example := EXAMPLE.search(line):
            found = example[1]
        if line.startswith("Ctrl-C"):
            return found
    raise DidNotPrint("start came to its end.")


def fetched_pdf(link: str) -> bytes:
    """The private link opens the response, whose report is asked for until it is printed."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    found = REPORT.search(patient(browser, link)[1].decode())
    if found is None:
        raise DidNotPrint(f"{link} does not lead to a response.")
    report = f"http://{HOST}:{link.split(':')[2].partition('/')[0]}{found[1]}report.pdf"
    until = time.monotonic() + LONGEST_PRINT
    while time.monotonic() < until:
        kind, content = patient(browser, report)
        if kind == "application/pdf":
            return content
        time.sleep(1)
    raise DidNotPrint(" ".join(re.sub("<[^>]+>", " ", content.decode()).split())[-500:])


def patient(browser: urllib.request.OpenerDirector, address: str) -> tuple[str, bytes]:
    """Kind and content of the answer, of a refusal too; the server may not listen yet."""
    for attempt in range(50):
        try:
            with browser.open(address, timeout=LONGEST_PRINT) as answer:
                return answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.headers.get_content_type(), refusal.read()
        except TimeoutError as late:
            raise DidNotPrint(f"{address} is not answered in {LONGEST_PRINT} s.") from late
        except urllib.error.URLError:
            time.sleep(0.1 * attempt)
    raise DidNotPrint(f"Nothing answers at {address}.")


def describe(content: bytes) -> str:
    """Its pages and letters, as a reader of PDF finds them."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    letters = sum(page.get_textpage().count_chars() for page in document)
    if len(document) < LEAST_PAGES or not letters:
        raise DidNotPrint(f"The PDF has {len(document)} pages and {letters} letters.")
    return f"a PDF of {len(document)} pages, {letters} letters, {len(content)} bytes opens"


if __name__ == "__main__":
    sys.exit(main())
