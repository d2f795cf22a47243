"""The browser of the journeys is started as Playwright starts it, and draws nothing of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_browser_leaves_off_what_playwright_leaves_off_and_its_suggestions(
    browser: Browser,
) -> None:
    asked = browser.new_browser_cdp_session()

    started = asked.send("SystemInfo.getInfo")["commandLine"]
    *others, last = re.findall(r"--disable-features=(\S+)", started)
    context = browser.new_context()
    context.new_page()
    shown = asked.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
    context.close()

    assert set(",".join(others).split(",")) - set(last.split(",")) == set()
    assert [target["url"] for target in shown if target["type"] == "browser_ui"] == []
