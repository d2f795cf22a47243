from __future__ import annotations

from assessment.web.time_zones import time_zone_choices


def test_zones_are_named_by_place_and_what_was_chosen_stays() -> None:
    zones = [zone for zone, _words in time_zone_choices("US/Eastern")]

    assert {"America/Bogota", "Africa/Bamako", "UTC", "US/Eastern"} <= set(zones)
    assert not {"Factory", "GB", "EST5EDT", "US/Alaska", "Etc/GMT+5"} & set(zones)
    assert len(zones) == len(set(zones))
