"""The filter of the page of actions, by what it shows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.reports.screen.test_pages import drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from assessment.instrument.model import Role, Rule
    from assessment.reports.report_data import ReportData


def shown(report: ReportData, **chosen: str) -> set[str]:
    html = drawn(report, "actions/", **chosen).content
    return {code.upper() for code in re.findall(r'id="action-([^"]+)"', html)}


def rules(report: ReportData, wanted: Callable[[Rule, list[Role]], bool]) -> set[str]:
    bank = report.instrument
    found = [bank.rule[one.rule] for one in report.result.recommendations]
    return {
        rule.code
        for rule in found
        if wanted(rule, [bank.role[code] for code in (rule.role, *rule.with_roles)])
    }


def test_each_list_shows_what_it_names(report: ReportData) -> None:
    expected = {
        ("when", "now"): rules(report, lambda rule, roles: rule.timing == "now"),
        ("subject", "BI"): rules(report, lambda rule, roles: "BI" in rule.dimensions),
        ("tier", "local"): rules(
            report, lambda rule, roles: any(role.tier in {"local", ""} for role in roles)
        ),
        ("who", "side:agriculture"): rules(
            report, lambda rule, roles: any(role.sector in {"agriculture", ""} for role in roles)
        ),
        ("who", "unit:planning_units"): rules(
            report, lambda rule, roles: "planning_units" in [role.code for role in roles]
        ),
    }

    assert {key: shown(report, **dict([key])) for key in expected} == expected
    assert len({frozenset(found) for found in expected.values()}) == len(expected)


def test_side_and_tier_are_of_one_role(report: ReportData) -> None:
    both = shown(report, who="side:agriculture", tier="local")

    assert both == rules(
        report,
        lambda rule, roles: any(
            role.sector in {"agriculture", ""} and role.tier in {"local", ""} for role in roles
        ),
    )


def test_choice_is_said_and_can_be_taken_back(report: ReportData) -> None:
    html = " ".join(drawn(report, "actions/", when="now").content.split())
    every = len(report.result.recommendations)

    assert '<option value="now" selected>' in html
    assert f"{len(shown(report, when='now'))} of {every} actions" in html
    assert "Show all" in html
    assert "Not recommended, although" not in html


def test_choice_that_fits_nothing_says_so(report: ReportData) -> None:
    html = drawn(report, "actions/", when="now", who="unit:planning_units", subject="RP").content

    assert "No action of this report fits that choice." in html
    assert 'id="action-' not in html


def test_value_that_is_not_offered_is_no_choice(report: ReportData) -> None:
    assert shown(report, when="yesterday", who="unit:nobody") == shown(report)


def test_edition_that_names_no_roles_offers_none(report: ReportData) -> None:
    plain = tuple(
        replace(rule, role="", with_roles=(), actor="Both ministries", timing="")
        for rule in report.instrument.rules
    )
    older = replace(report, instrument=replace(report.instrument, rules=plain))
    html = drawn(older, "actions/").content

    assert re.findall(r'<select id="filter-(\w+)"', html) == ["subject"]
    assert "Both ministries" in html
