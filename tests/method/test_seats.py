from __future__ import annotations

from assessment.instrument.model import Role
from assessment.method.seats import ASK, HIGHER, START, Seat, part_of


def test_part_follows_from_where_both_work() -> None:
    local, national = Seat("local", "agriculture"), Seat("national", "agriculture")
    table: list[tuple[Seat, tuple[str, str, str], str]] = [
        (local, ("", "", ""), START),
        (local, ("local", "", "part"), START),
        (local, ("local", "agriculture", ""), START),
        (local, ("", "social_protection", ""), ASK),
        (local, ("local", "other", ""), ASK),
        (local, ("regional", "", ""), HIGHER),
        (local, ("national", "agriculture", ""), HIGHER),
        (national, ("local", "agriculture", ""), ASK),
        (national, ("national", "finance", ""), ASK),
        (national, ("national", "", "part"), START),
        (national, ("national", "", "above"), HIGHER),
        (Seat("national"), ("national", "agriculture", ""), ASK),
    ]

    def outcome(seat: Seat, role: tuple[str, str, str]) -> str:
        return part_of(seat, Role("some_unit", "Some unit", *role))

    assert [(seat, role, outcome(seat, role)) for seat, role, _ in table] == table
