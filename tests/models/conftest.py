from __future__ import annotations

from tests.bank_fixtures import bank_in_database, edition

__all__ = ["bank_in_database", "edition"]
