from __future__ import annotations

from assessment.models.process_cache import RecentTexts


def test_what_was_asked_for_longest_ago_goes_first_and_what_is_too_large_is_not_kept() -> None:
    texts = {letter: letter * 10 for letter in "abc"}
    cache = RecentTexts(max_bytes=30)
    for key, text in texts.items():
        cache.keep(key, text)
        cache.find("a")
    small = RecentTexts(max_bytes=10)
    small.keep("a", "a b c d e f g h")

    assert {key: cache.find(key) for key in texts} == {"a": texts["a"], "b": None, "c": texts["c"]}
    assert cache.bytes <= 30
    assert (small.find("a"), small.bytes) == (None, 0)
