"""How many classes of ours stand above each screen: few enough to be read in one sitting."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin

MOST = 6
SCREENS = [
    type(screen)
    for screen in admin.site._registry.values()
    if type(screen).__module__.startswith("assessment.")
]


def ours(screen: type) -> list[str]:
    return [cls.__name__ for cls in screen.__mro__ if cls.__module__.startswith("assessment.")]


def test_every_screen_of_ours_is_looked_at() -> None:
    assert len(SCREENS) == 15


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_screen_has_few_classes_above_it(screen: type) -> None:
    assert len(ours(screen)) <= MOST, ours(screen)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_rows_below_have_few_classes_above_them(screen: Any) -> None:
    for inline in screen.inlines:
        assert len(ours(inline)) <= MOST, ours(inline)
