"""Gaps between groups and the chain of tiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.method.result import ChainLink, Gap
from tests.instrument.build import instrument, level, person, rule
from tests.method.judging import assess_raw

if TYPE_CHECKING:
    from assessment.method.result import Respondent, Result

SP, AG = "social_protection", "agriculture"
BANK = instrument(
    level("HC1", "HC", essential=True, weight=2),
    level("HC2", "HC", tiers=("national", "regional")),
    level("HC3", "HC"),
    level("VC1", "VC", tiers=("local",)),
    rules=(
        rule("G1", "gap.sectors.any >= 1 or gap.sectors.HC1 >= 1"),
        rule("G2", "gap.tiers.HC >= 1"),
    ),
)


def people(sector: str, tier: str, n: int = 5, **answers: object) -> list[Respondent]:
    return [person(BANK, answers, tier, sector) for _ in range(n)]


def judged(*groups: list[Respondent], minimum: int = 5) -> Result:
    everyone = [one for group in groups for one in group]
    return assess_raw(instrument=BANK, profile={}, responses=everyone, draws=0, minimum=minimum)


def test_gap_is_signed_and_over_the_questions_of_both() -> None:
    result = judged(
        people(SP, "national", HC1=1, HC2=4, HC3=2), people(AG, "national", HC1=3, HC3=1)
    )

    assert result.gaps == (
        Gap((SP, AG), "HC", -1.0, ("HC1", "HC3")),
        Gap((SP, AG), "HC1", -2.0, ("HC1",)),
        Gap((SP, AG), "HC3", 1.0, ("HC3",)),
    )
    assert result.rules["G1"] is True
    assert [r.name for r in result.recommendations[0].because] == [
        "gap.sectors.HC",
        "gap.sectors.HC1",
    ]


def test_sectors_and_tiers_are_compared_in_what_both_have() -> None:
    by_tiers = judged(
        people(SP, "national", HC1=3),
        people(SP, "local", HC1=0),
        people(AG, "national", HC1=3),
    )
    by_sectors = judged(
        people(SP, "national", HC1=4),
        people(SP, "local", HC1=1),
        people(AG, "national", HC1=0),
    )

    assert Gap((SP, AG), "HC1", 0.0, ("HC1",)) in by_tiers.gaps
    assert Gap(("national", "local"), "HC1", 3.0, ("HC1",)) in by_sectors.gaps
    assert by_sectors.rules["G2"] is True


def test_no_gap_where_no_tier_is_shared_or_a_group_is_hidden() -> None:
    apart = judged(people(SP, "national", HC1=4), people(AG, "local", HC1=1))
    hidden = judged(people(SP, "national", HC1=4), people(AG, "national", n=3, HC1=1))

    assert (apart.gaps, hidden.gaps) == ((), ())
    assert apart.rules["G1"] is None


def test_no_gap_that_would_single_out_a_few() -> None:
    """Agriculture's comparable part is all but 3 people at the local tier.

    A gap that is not told keeps none of the other axis back.
    """
    result = judged(
        people(SP, "national", n=9, HC1=4),
        people(SP, "regional", n=6, HC1=4),
        people(AG, "national", n=9, HC1=1),
        people(AG, "regional", n=6, HC1=1),
        people(AG, "local", n=3, HC1=1),
        people("finance", "local", n=3, HC1=1),
    )
    beside = judged(
        people(SP, "national", n=6, HC1=2),
        people(AG, "national", n=3, HC1=2),
        people(AG, "local", HC1=2),
        people("other", "national", n=3, HC1=2),
        people("other", "local", n=2, HC1=2),
        minimum=3,
    )

    assert [gap for gap in result.gaps if gap.between == (SP, AG)] == []
    assert {gap.between for gap in beside.gaps} == {("national", "local")}


def test_no_gap_between_tiers_of_which_one_is_hidden() -> None:
    """It is hidden for the sake of small groups, though those of finance are shown."""
    result = judged(
        people(SP, "national", n=9, HC1=2),
        people(AG, "local", n=3, HC1=2),
        people("finance", "national", n=5, HC1=2),
        people("finance", "local", n=6, HC1=2),
        people("other", "regional", n=4, HC1=2),
        people("other", "local", n=3, HC1=2),
    )
    shown = {(g.sector, g.tier) for g in result.groups if not g.hidden}

    assert (None, "local") not in shown
    assert {("finance", "national"), ("finance", "local"), (None, "national")} <= shown
    assert result.gaps == ()


def test_chain_of_all_three_tiers_names_the_step_that_drops() -> None:
    def chain(local: int) -> tuple[ChainLink, ...]:
        return judged(
            people(SP, "national", HC1=4, HC3=2),
            people(SP, "regional", HC1=3, HC3=2),
            people(SP, "local", local, HC1=1, HC3=2, VC1=3),
        ).chain

    assert {local: chain(local) for local in (5, 4, 0)} == {
        5: (
            ChainLink("HC1", 4.0, 3.0, 1.0, ("national_regional", "regional_local")),
            ChainLink("HC3", 2.0, 2.0, 2.0, ()),
        ),
        4: (),
        0: (),
    }
