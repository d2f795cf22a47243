"""How the journeys' Chromium is started."""

from __future__ import annotations

# Two pages of Chromium's own behind its address bar: it draws them anew for each window, and takes
# twice as long for them as for all else of a new device.
SUGGESTIONS = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# Chromium reads one list, the last: Playwright's stands here too (tests/journeys/test_browser.py).
OF_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "msForceBrowserSignIn",
    "msEdgeUpdateLaunchServicesPreferredVersion",
)
SWITCHES = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    f"--disable-features={','.join(SUGGESTIONS + OF_PLAYWRIGHT)}",
)
