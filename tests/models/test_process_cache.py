from __future__ import annotations

from assessment.models.process_cache import RecentTexts


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    texts = {letter: letter * 10 for letter in "abc"}
    cache = RecentTexts(max_bytes=30)
    for key, text in texts.items():
        cache.keep(key, text)
        cache.find("a")

    assert {key: cache.find(key) for key in texts} == {"a": texts["a"], "b": None, "c": texts["c"]}
    assert cache.bytes <= 30


def test_text_that_is_larger_than_the_cache_is_not_kept() -> None:
    cache = RecentTexts(max_bytes=10)
    cache.keep("a", "a b c d e f g h")

    assert (cache.find("a"), cache.bytes) == (None, 0)
