"""python3 -m tools.languages [language ...]: its faults, and how long its sentences are."""

from __future__ import annotations

import sys

from tools.languages.bank import in_country, sources, targets
from tools.languages.checks import faults
from tools.languages.lengths import sentence_lengths
from tools.languages.programs import missing
from tools.languages.rules import of_countries, translated


def main(languages: list[str]) -> int:
    """The exit status: 1 where something is wrong or a program is missing."""
    if absent := missing():
        print(absent)
        return 1
    wrong = 0
    for language in languages or [*translated(), *of_countries()]:
        of_country = language in of_countries()
        compared = in_country(language) if of_country else (sources(), targets(language))
        found = list(faults(language, *compared))
        words = sorted(count for count, _, _ in sentence_lengths(targets(language)))
        print(
            f"{language}: {len(targets(language))} texts, {len(found)} faults; sentences of "
            f"{sum(words) / len(words):.1f} words on average, 95 in 100 of at most "
            f"{words[int(len(words) * 0.95)]}, the longest of {words[-1]}"
        )
        print("".join(f"  {fault.check} {fault.place}: {fault.what}\n" for fault in found), end="")
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
