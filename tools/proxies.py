"""The documented proxies, real ones: their files as docs/operating.md prints them, on own ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tools.server import HOST, ROOT, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CADDY, NGINX = "caddy", "nginx"
LANGUAGES = {CADDY: "caddyfile", NGINX: "nginx"}
LONGEST_START = 30
# What an installation has beside the printed file.
NGINX_MAIN = """\
daemon off;
{user}
pid {folder}/pid;
worker_processes 2;
worker_rlimit_nofile 20000;
error_log {folder}/articula.log crit;
events {{ worker_connections 8192; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    include {folder}/articula.conf;
}}
"""
# What docs/operating.md changes in the file of a proxy that stands behind another one.
BEHIND = {
    CADDY: ("reverse_proxy 127.0.0.1:8000 {", "trusted_proxies 192.0.2.10"),
    NGINX: (
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;",
    ),
}
CADDY_OPTIONS = (
    "{\n    admin off\n    skip_install_trust\n    local_certs\n    auto_https disable_redirects\n"
)


class NoProxy(Exception):
    """The program is not installed, or did not take the file; the message says which."""


@contextmanager
def running_proxy(
    name: str,
    site_port: int,
    folder: Path,
    *,
    tls: bool = False,
    path: str = "",
    behind: str = "",
) -> Iterator[int]:
    """The port on which it listens; `folder` gets its files, and `articula.log` its log.

    `behind` is the address of the proxy that it stands behind.
    """
    program = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise NoProxy(f"{name} is not installed")
    port = free_port()
    make = {CADDY: caddy_command, NGINX: nginx_command}[name]
    text = file_behind(name, behind) if behind else printed_file(name)
    command = make(text, program, port, site_port, folder, tls=tls, path=path)
    homes = {key: str(folder) for key in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with (folder / "articula.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | homes)
    try:
        wait_for_port(name, port, process, folder / "articula.log", tls=tls)
        yield port
    finally:
        process.terminate()
        process.wait()


def file_behind(name: str, front: str) -> str:
    """The printed file with the change that the page names for two proxies in a row."""
    line, change = BEHIND[name]
    if not is_documented(f"`{change}`"):
        raise NoProxy(f"{change!r} does not stand in docs/operating.md")
    changed = change.replace("192.0.2.10", front)
    return exchanged(
        printed_file(name), {line: f"{line}\n{changed}" if line.endswith("{") else changed}
    )


def caddy_command(
    text: str, program: str, port: int, site_port: int, folder: Path, *, tls: bool, path: str
) -> tuple[str, ...]:
    changes = {
        "articula.example.org": f"https://localhost:{port}" if tls else f"http://:{port}",
        "127.0.0.1:8000": f"{HOST}:{site_port}",
    }
    text = CADDY_OPTIONS + exchanged(text, changes).removeprefix("{\n")
    if path:
        text = text.replace("reverse_proxy", f"handle {path}* {{\n reverse_proxy") + "}\n"
    (folder / "Caddyfile").write_text(text)
    return (program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile")


def nginx_command(
    text: str, program: str, port: int, site_port: int, folder: Path, *, tls: bool, path: str
) -> tuple[str, ...]:
    changes = {
        "articula.example.org": "localhost",
        "127.0.0.1:8000": f"{HOST}:{site_port}",
        "listen 80;": f"listen {HOST}:{free_port()};",
        "listen 443 ssl;": f"listen {HOST}:{port}{' ssl' if tls else ''};",
        "/etc/ssl/": f"{folder}/",
        "/var/log/nginx/articula-error.log": f"{folder}/articula.log",
        "/var/log/nginx/": f"{folder}/",
        "location / {": f"location {path}/ {{",
    }
    text = exchanged(text, changes)
    if tls:
        make_certificate(folder)
    else:
        text = re.sub(r"(?m)^ *ssl_.*\n", "", text)
    (folder / "articula.conf").write_text(text)
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX_MAIN.format(folder=folder, user=user))
    return (program, "-p", str(folder), "-c", str(folder / "nginx.conf"))


def is_documented(text: str) -> bool:
    return text in (ROOT / "docs" / "operating.md").read_text()


def printed_file(name: str) -> str:
    page = (ROOT / "docs" / "operating.md").read_text()
    return page.partition(f"```{LANGUAGES[name]}\n")[2].partition("```")[0]


def exchanged(text: str, changes: Mapping[str, str]) -> str:
    """Each piece must stand in the printed file, else it is another file than the one tried."""
    for old, new in changes.items():
        if old not in text:
            raise NoProxy(f"{old!r} does not stand in docs/operating.md")
        text = text.replace(old, new)
    return text


def make_certificate(folder: Path) -> None:
    subprocess.run(
        (
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=localhost", "-out", "articula.pem", "-keyout", "articula.key"),
        ),
        cwd=folder,
        check=True,
        capture_output=True,
    )


def wait_for_port(
    name: str, port: int, process: subprocess.Popen[bytes], log: Path, *, tls: bool
) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        if answers(port, tls=tls):
            return
        time.sleep(0.05)
    process.kill()
    raise NoProxy(f"{name} did not start: {log.read_text()[-500:]}")


def answers(port: int, *, tls: bool) -> bool:
    """With TLS only once there is a certificate: Caddy makes it after it began to listen."""
    try:
        with socket.create_connection((HOST, port), timeout=5) as probe:
            if tls:
                unchecked = ssl._create_unverified_context()  # noqa: S323 -- of this run
                unchecked.wrap_socket(probe, server_hostname="localhost").close()
            return True
    except OSError:
        return False
