"""The time zones that people choose from: by place, without the old and technical names."""

from __future__ import annotations

from zoneinfo import available_timezones

PLACES = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe"),
    *("Indian", "Pacific"),
)


def time_zone_choices(chosen: str) -> list[tuple[str, str]]:
    """`chosen` stays among them, whatever it is."""
    zones = {zone for zone in available_timezones() if zone.partition("/")[0] in PLACES}
    return [(zone, zone) for zone in sorted(zones | {chosen, "UTC"})]
