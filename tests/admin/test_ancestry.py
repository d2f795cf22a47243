"""How many classes of ours stand above each screen: few enough to be read in one sitting."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

MOST = 6
SCREENS: list[Any] = [
    type(screen)
    for screen in admin.site._registry.values()
    if type(screen).__module__.startswith("assessment.")
]


def ours(screen: type) -> list[str]:
    return [cls.__name__ for cls in screen.__mro__ if cls.__module__.startswith("assessment.")]


def test_screen_and_rows_have_few_classes_above_them() -> None:
    inlines = [inline for screen in SCREENS for inline in screen.inlines]

    assert len(SCREENS) == 24
    assert [ours(one) for one in (*SCREENS, *inlines) if len(ours(one)) > MOST] == []
