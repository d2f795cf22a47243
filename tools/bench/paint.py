"""When the first words of a question page are painted over a weak connection.

    python -m tools.bench.paint http://127.0.0.1:8000 --rounds 5

Chromium with 400 kbit/s, 400 ms and a processor four times slower opens the first question of the
short way of a running site, in turns with two floors that a bare server of this program sends: the
same page without style and script, and the same with the smallest style sheet. Printed are the
first paint of a first visit and of one from a page of the site in milliseconds, whole and after
the first byte, the least of all rounds, and their ratios.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from assessment.management.commands.test import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ViewportSize

NETWORK = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
SLOWER = 4
PHONE: ViewportSize = {"width": 360, "height": 740}
STYLE = "body{max-width:46rem;margin:auto}label{display:flex;gap:1rem;min-height:44px}"
BARE = """() => {
  const page = new DOMParser().parseFromString(document.documentElement.outerHTML, 'text/html');
  page.querySelectorAll('link, script, template').forEach((one) => one.remove());
  return `<!doctype html>${page.documentElement.outerHTML}`;
}"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')"


@dataclass(frozen=True, slots=True)
class Paint:
    """Milliseconds from the start of the visit; `after_byte` from the first byte of the page."""

    first: float
    after_byte: float
    next: float


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="paint", description=__doc__)
    parser.add_argument("site")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        report(measure(browser, given.site, given.rounds))
    return 0


def measure(browser: Browser, site: str, rounds: int) -> dict[str, Paint]:
    context = browser.new_context(viewport=PHONE)
    address, bare = first_question(context, site)
    with floor_server(bare) as floor:
        places = {"bare": floor, "styled": f"{floor}styled", "question": address}
        found: dict[str, list[Paint]] = {name: [] for name in places}
        for _ in range(rounds):
            for name, place in places.items():
                found[name].append(paint_of(browser, place, context.storage_state()))
    return {name: least(paints) for name, paints in found.items()}


def first_question(context: BrowserContext, site: str) -> tuple[str, str]:
    """Its address, and its page without style and script."""
    page = context.new_page()
    page.goto(f"{site}/begin/?short=1")
    for _ in range(2):
        with page.expect_navigation():
            page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Go to the questions").click()
    return page.url, page.evaluate(BARE)


def paint_of(browser: Browser, address: str, state: Any) -> Paint:
    context = browser.new_context(viewport=PHONE, storage_state=state)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times: list[tuple[float, float]] = []
    for came_from in (None, address):
        page.goto(address, referer=came_from)
        page.wait_for_function(f"{PAINTED}.length")
        painted = page.evaluate(f"{PAINTED}[0].startTime")
        begun = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
        times.append((painted, painted - begun))
    context.close()
    return Paint(times[0][0], times[0][1], times[1][0])


def least(paints: list[Paint]) -> Paint:
    return Paint(
        min(one.first for one in paints),
        min(one.after_byte for one in paints),
        min(one.next for one in paints),
    )


def report(found: dict[str, Paint]) -> None:
    question = found["question"]
    print(f"{'page':10}{'first':>8}{'after byte':>12}{'next':>8}   question / this")
    for name, one in found.items():
        ratios = (
            question.first / one.first,
            question.after_byte / one.after_byte,
            question.next / one.next,
        )
        told = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"{name:10}{one.first:8.0f}{one.after_byte:12.0f}{one.next:8.0f}   {told}")


class floor_server:  # noqa: N801 -- used as a with block
    """Sends `bare` under `/`, and under `/styled` with a style sheet; gives its own address."""

    def __init__(self, bare: str) -> None:
        linked = bare.replace("</head>", '<link rel="stylesheet" href="/style"></head>')
        pages = {
            "/": ("text/html; charset=utf-8", bare),
            "/styled": ("text/html; charset=utf-8", linked),
            "/style": ("text/css", STYLE),
        }

        class Floor(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                kind, text = pages.get(self.path, ("text/plain", ""))
                content = gzip.compress(text.encode())
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(content)))
                self.send_header(
                    "Cache-Control", "max-age=600" if kind == "text/css" else "no-store"
                )
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *words: Any) -> None:
                """Nothing: the figures are all that is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Floor)

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/"

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
