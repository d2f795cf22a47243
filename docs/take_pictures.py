"""Take the pictures of the README and docs/ from a freshly started site with the invented example.

Run it inside the project's environment: .venv/bin/python docs/take_pictures.py
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = {"width": 1280, "height": 860}


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        port = free_port()
        server = start(port, data)
        try:
            photograph(f"http://127.0.0.1:{port}", demo_address(server))
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int, data: str) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "start", "--demo", "--no-input", "--port", str(port)]
    environment = os.environ | {"ARTICULA_DATA": data, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(  # noqa: S603 -- our own command
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


def demo_address(server: subprocess.Popen[str]) -> str:
    """The private address of the example, once the site says that it is up."""
    address = ""
    for line in server.stdout or ():
        if found := re.search(r"http://\S+/return/\S+", line):
            address = found.group()
        if "Ctrl-C" in line:
            return address
    raise SystemExit("The site did not start.")


def photograph(site: str, demo: str) -> None:
    browser_path = next(path for name in BROWSERS if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        take_question(page, site)
        take_report(page, demo)
        browser.close()


def take_question(page: Page, site: str) -> None:
    """A page of questions of a new response, the first one answered."""
    page.goto(f"{site}/begin/")
    page.locator("main form button[type=submit]").first.click()
    page.goto(page.url.replace("/link/", "/tg/"))
    page.locator("input[name=TG1][value='2']").check()
    page.screenshot(path=PICTURES / "question.png")


def take_report(page: Page, demo: str) -> None:
    page.goto(demo)
    response = re.search(r"/response/[0-9a-f-]+/", page.url)
    if response is None:
        raise SystemExit(f"The example did not open: {page.url}")
    page.goto(demo.split("/return/", maxsplit=1)[0] + response.group() + "report/")
    page.locator(".section-summary").evaluate("summary => summary.scrollIntoView()")
    page.screenshot(path=PICTURES / "report.png")


if __name__ == "__main__":
    main()
