"""Publishing is the gate: a bank is refused in words, or all that people do with it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import event

from tests.gate.bank_journey import Journey
from tests.gate.drawn import ABOUT, EXAMPLES, SHORT, draws_banks_about
from tests.gate.passing import passes_the_gate

if TYPE_CHECKING:
    from tests.gate.invented_banks import InventedBank


@pytest.mark.django_db
@pytest.mark.parametrize("about", ABOUT)
def test_bank_is_refused_in_words_or_the_whole_journey_works(about: str) -> None:
    draws_banks_about(about, is_refused_in_words_or_works)


def is_refused_in_words_or_works(made: InventedBank, style: str, printed: bool) -> None:
    with transaction.atomic():
        edition = passes_the_gate(made.instrument)
        event("published" if edition else "refused")
        if edition is not None:
            Journey(edition, style).walk(print_it=printed and EXAMPLES > SHORT)
        transaction.set_rollback(True)
