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


def rules_of(report: ReportData, wanted: Callable[[Role], bool]) -> set[str]:
    """The rules in which one of those who act is such a one."""
    return rules(report, lambda _rule, roles: any(wanted(role) for role in roles))


def test_each_list_shows_what_it_names(report: ReportData) -> None:
    """Side and tier are of one role; a value that is not offered is no choice."""
    now, agriculture, local = ("when", "now"), ("who", "side:agriculture"), ("tier", "local")
    planning = ("who", "unit:planning_units")
    farming, near = {"agriculture", ""}, {"local", ""}
    expected: dict[tuple[tuple[str, str], ...], set[str]] = {
        (now,): rules(report, lambda rule, roles: rule.timing == "now"),
        (("subject", "BI"),): rules(report, lambda rule, roles: "BI" in rule.dimensions),
        (local,): rules_of(report, lambda role: role.tier in near),
        (agriculture,): rules_of(report, lambda role: role.sector in farming),
        (planning,): rules_of(report, lambda role: role.code == "planning_units"),
        (agriculture, local): rules_of(
            report, lambda role: role.sector in farming and role.tier in near
        ),
    }

    assert {key: shown(report, **dict(key)) for key in expected} == expected
    assert len({frozenset(found) for found in expected.values()}) >= 5
    assert shown(report, when="yesterday", who="unit:nobody") == shown(report)


def test_choice_says_what_it_shows_or_that_nothing_fits_and_can_be_taken_back(
    report: ReportData,
) -> None:
    html = " ".join(drawn(report, "actions/", when="now").content.split())
    none = drawn(report, "actions/", when="now", who="unit:planning_units", subject="RP").content
    every = len(report.result.recommendations)

    assert '<option value="now" selected>' in html
    assert f"{len(shown(report, when='now'))} of {every} actions" in html
    assert "Show all" in html
    assert "Not recommended, although" not in html
    assert "No action of this report fits that choice." in none
    assert 'id="action-' not in none


def test_edition_that_names_no_roles_offers_none(report: ReportData) -> None:
    plain = tuple(
        replace(rule, role="", with_roles=(), actor="Both ministries", timing="")
        for rule in report.instrument.rules
    )
    older = replace(report, instrument=replace(report.instrument, rules=plain))
    html = drawn(older, "actions/").content

    assert re.findall(r'<select id="filter-(\w+)"', html) == ["subject"]
    assert "Both ministries" in html
