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

from playwright.sync_api import ViewportSize, sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PERSON, PASSWORD = "maria", "a password for pictures"
ROUND = r"The invented round: (\S+)\n  sign in as (\S+),.*\n    password: (\S+)"
SIZE: ViewportSize = {"width": 1280, "height": 860}


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        port = free_port()
        server = start(port, data)
        try:
            said = what_it_says(server)
            make_administrator(data)
            photograph(f"http://127.0.0.1:{port}", said)
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


def what_it_says(server: subprocess.Popen[str]) -> str:
    """All lines up to the one that the site is up: addresses and passwords of the examples."""
    lines = []
    for line in server.stdout or ():
        lines.append(line)
        if "Ctrl-C" in line:
            return "".join(lines)
    raise SystemExit("The site did not start.")


def in_words(pattern: str, said: str) -> tuple[str, ...]:
    found = re.search(pattern, said)
    if found is None:
        raise SystemExit(f"The site did not say {pattern}.")
    return found.groups()


def make_administrator(data: str) -> None:
    named = {"USERNAME": PERSON, "PASSWORD": PASSWORD, "EMAIL": ""}
    environment = {f"DJANGO_SUPERUSER_{name}": value for name, value in named.items()}
    subprocess.run(
        [sys.executable, "manage.py", "createsuperuser", "--noinput"],
        cwd=ROOT,
        env=os.environ | environment | {"ARTICULA_DATA": data},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def photograph(site: str, said: str) -> None:
    browser_path = next(path for name in BROWSERS if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        take_question(page, site)
        take_report(page, *in_words(r"(http://\S+/return/\S+)", said))
        take_round(page, *in_words(ROUND, said))
        page.context.clear_cookies()
        take_content(page, f"{site}/admin/")
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
    page.goto(demo.split("/return/", maxsplit=1)[0] + response.group() + "report/brief/")
    page.locator(".section-profile-chart").evaluate("chart => chart.scrollIntoView()")
    page.screenshot(path=PICTURES / "report.png")


def take_round(page: Page, login: str, name: str, password: str) -> None:
    """The pages of docs/facilitating.md: the result of the invented round, and its board."""
    page.goto(login)
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(password)
    press(page, "Sign in")
    for section in ("two-sides", "vertical", "heard"):
        page.locator(f".section-{section}").evaluate("part => part.scrollIntoView()")
        page.screenshot(path=PICTURES / f"round-{section}.png")
    page.get_by_role("link", name="Back to the round").click()
    page.get_by_role("heading", name="Who takes part").evaluate("part => part.scrollIntoView()")
    page.screenshot(path=PICTURES / "round-board.png")


def take_content(page: Page, admin: str) -> None:
    """The pages of docs/content.md, on a new draft."""
    page.goto(admin)
    page.fill("#id_username", PERSON)
    page.fill("#id_password", PASSWORD)
    press(page, "Log in")
    page.goto(f"{admin}assessment/edition/")
    page.get_by_role("link", name="Start a new draft from it").first.click()
    press(page, "Start a new draft")
    page.screenshot(path=PICTURES / "content-edition.png")
    draft = page.url.rstrip("/").split("/")[-2]
    take_part(page, f"{admin}assessment/question/?edition__id__exact={draft}", "HC2", "question")
    take_part(page, f"{admin}assessment/rule/?edition__id__exact={draft}", "R10", "rule")
    take_translation(page, f"{admin}assessment/editionlanguage/add/", draft)


def take_part(page: Page, rows: str, code: str, name: str) -> None:
    page.goto(rows)
    page.get_by_role("link", name=code, exact=True).click()
    shown = page.locator(".inline-group") if name == "question" else page.locator(".field-when")
    shown.first.evaluate("part => part.scrollIntoView()")
    page.wait_for_timeout(1500)
    page.screenshot(path=PICTURES / f"content-{name}.png")


def take_translation(page: Page, add: str, draft: str) -> None:
    page.goto(add)
    page.locator("#id_edition").select_option(draft)
    page.locator("#id_language").fill("es")
    press(page, "Save and continue editing")
    page.goto(re.sub(r"change/.*", "texts/?code=HC2", page.url))
    page.locator(".target textarea").first.fill("¿Qué acuerdo hay entre las instituciones?")
    page.screenshot(path=PICTURES / "content-translation.png")


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).last.click()


if __name__ == "__main__":
    main()
