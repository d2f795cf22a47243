"""What a country calls a budget line, wherever a plan names one."""

from __future__ import annotations

from django.utils.translation import override

from assessment.reports.country_words import budget_words


def test_budget_line_has_the_name_of_the_country() -> None:
    with override("es"):
        named = {country: budget_words(country).pays for country in ("CO", "PE", "MX")}
        without = budget_words("CO").without("se pidió")
    with override("pt"):
        named |= {country: budget_words(country).pays for country in ("BR", "MZ")}

    assert "Dotação orçamentária" in named["BR"]
    assert "Rubrica orçamental" in named["MZ"]
    assert "Rubro presupuestal" in named["CO"]
    assert "Programa presupuestal" in named["PE"]
    assert "ubro" not in named["MX"]
    assert "rubro presupuestal: se pidió" in without
    assert budget_words("CO").why_none == "If there is no budget line: why"
