"""The tables of a simulation, as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.simulate.little import SIZES, all_alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.simulate.little import Directions
    from tools.simulate.simulation import Simulation

    Row = Sequence[str]


def tables(found: Simulation) -> Iterator[str]:
    yield f"{found.frequency.sets} sets. Rules and patterns, in percent of the sets:"
    yield from aligned(found.frequency.rows(found.bank))
    yield "\nWhat a report holds, in the mean:"
    yield from aligned(found.frequency.report_rows())
    yield "\nThe direction from some answers beside that from all of the same person:"
    yield from aligned(direction_rows(found.little.directions))
    yield "\nWhat stands first in a report of so few answers, in percent:"
    yield from aligned(first_rows(found))
    yield "\nOne answer alone: questions by how often its direction is that of all answers:"
    yield from alone_lines(found.alone)
    yield "\nFirst packages of two people who differ in one answer:"
    yield from aligned(neighbour_rows(found))
    yield ""
    yield from summary(found)


def aligned(rows: Sequence[Row]) -> Iterator[str]:
    """Columns as wide as their longest cell; a first column of names stands left."""
    places = range(max(len(row) for row in rows))
    widths = [max(len(row[p]) for row in rows if p < len(row)) for p in places]
    for name, *figures in rows:
        cells = [cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=False)]
        yield "  ".join([name.ljust(widths[0]), *cells]).rstrip()


def direction_rows(found: Directions) -> list[Row]:
    rows: list[Row] = [("answers", "compared", "same %", "opposite %")]
    for number in sorted(found.compared):
        shares = (found.of_hundred(counted, number) for counted in (found.same, found.opposite))
        rows.append(
            (str(number), str(found.compared[number]), *(f"{share:.1f}" for share in shares))
        )
    return rows


def first_rows(found: Simulation) -> list[Row]:
    sizes = (1, *SIZES)
    rows: list[Row] = [("answers", *map(str, sizes))]
    for what in found.little.first:
        shares = (found.little.share(what, size) for size in sizes)
        rows.append((what, *(f"{share:.0f}" for share in shares)))
    return rows


def alone_lines(alone: dict[str, Directions]) -> Iterator[str]:
    shares = {c: found.of_hundred(found.same, 1) for c, found in alone.items() if found.compared}
    for code, share in sorted(shares.items(), key=lambda pair: -pair[1]):
        yield f"{code} {share:.0f} ({alone[code].compared[1]})"
    together = all_alone(alone)
    if number := together.compared[1]:
        yield f"together {together.of_hundred(together.same, 1):.1f} of {number}"


def neighbour_rows(found: Simulation) -> list[Row]:
    rows: list[Row] = [("sets", "moved: alike", "lose > 1 %", "unknown: alike", "lose > 1 %")]
    for family, moved in found.moved.items():
        figures = (moved, found.unknown[family])
        cells = [cell for f in figures for cell in (f"{f.mean_alike:.3f}", f"{f.losing:.2f}")]
        rows.append((family, *cells))
    return rows


def summary(found: Simulation) -> Iterator[str]:
    told, silence = found.contradictions, found.silence
    yield f"Texts of advice told: {told.told}; against an answer: {sum(told.found.values())}."
    unsaid = ", ".join(f"{name} {number}" for name, number in sorted(told.unsaid.items()))
    yield f"Texts that take for granted what nobody was asked or knew: {unsaid or 'none'}."
    without = ", ".join(f"{code} {number}" for code, number in silence.found.items() if number)
    yield f"Low answers: {silence.low}; without a recommendation of their own: {without or 'none'}."
    yield f"Kept back by an unless alone: {sum(silence.kept_back.values())}."
