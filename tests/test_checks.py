from __future__ import annotations

from assessment.checks import pango

LACKING = (("no-such-library", "libno-such.so.0"), ("c", "libno-such.so.1"))
"""The second is found by its short name."""
SAID = (
    "PDF reports need libraries that this machine lacks (no-such-library). On Debian: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig. "
    "Everything else works without them."
)


def test_pango_warns_by_the_names_of_the_packages_where_a_library_is_missing() -> None:
    found = pango(None, libraries=LACKING)

    assert [(message.id, message.msg) for message in found] == [("articula.W001", SAID)]
    assert pango(None) == []
