from __future__ import annotations

from assessment.checks import missing_libraries, pango, pango_message


def test_missing_libraries_names_what_cannot_be_opened() -> None:
    libraries = (("no-such-library", "libno-such.so.0"), ("c", "libno-such.so.1"))

    assert missing_libraries(libraries) == ["no-such-library"]


def test_pango_message_names_the_packages() -> None:
    assert pango_message(["pango-1.0"]) == (
        "PDF reports need libraries that this machine lacks (pango-1.0). On Debian: "
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig. "
        "Everything else works without them."
    )


def test_pango_is_silent_where_nothing_is_missing() -> None:
    assert pango(None) == []


def test_pango_warns_where_a_library_is_missing() -> None:
    messages = pango(None, libraries=(("no-such-library", "libno-such.so.0"),))

    assert [message.id for message in messages] == ["articula.W001"]
