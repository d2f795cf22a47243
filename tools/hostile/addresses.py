"""Every address of the site and of its admin, with the form that its page would send."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import UUID

from auditlog.models import LogEntry
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assessment.web.policy import POLICY, STAFF
from tools.html_page import form_data, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KEY_NAMES = ("object_id", "pk", "content_type_id", "id")
CODES = ("TG2", "DS1", "BI5", "ZZ9")
SECTIONS = ("tg", "closing", "none")
ORGANISATION, MEMBER = UUID(int=2), 7_100_100
PREPARED_ROUND, OPEN_ROUND, CLOSED_ROUND = (UUID(int=number) for number in (3, 4, 5))
PERSON, LINK = UUID(int=6), UUID(int=7)
"""Made by who wants these pages attacked as those of its members (`soak/hostile_members.py`)."""
NO_SECRET = "w" * 32


@dataclass(slots=True)
class Address:
    """`fields` is what the page's own form holds, where it has one."""

    name: str
    path: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def is_for_staff(address: Address) -> bool:
    return address.name not in POLICY or POLICY[address.name].roles == {STAFF}


def form_fields(reply: Any) -> dict[str, Any]:
    """What the main form of a page holds, or nothing where the page has none."""
    classes = {attrs.get("class") for _, _, attrs in page_of(reply).find("form")}
    return form_data(reply) if classes - {"leave", "language"} else {}


def site_addresses(
    still_open: UUID, closed: UUID, secrets: Mapping[str, str] | None = None
) -> list[Address]:
    """The addresses of policy.py, for a response that can be changed and for one that cannot.

    `secrets` opens what an address that begins so leads to; without it, nothing.
    """
    return [
        Address(f"{pattern.name}", path)
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLPattern) and pattern.name in POLICY
        for path in dict.fromkeys(_paths(pattern, secrets or {}, still_open, closed))
    ]


def _paths(pattern: URLPattern, secrets: Mapping[str, str], *uuids: UUID) -> Iterator[str]:
    beginning = str(pattern.pattern).partition("/")[0]
    if beginning == "rounds":
        uuids = (PREPARED_ROUND, OPEN_ROUND, CLOSED_ROUND)
    by_code = product(uuids, CODES, SECTIONS[:1])
    by_section = product(uuids[:1], CODES[:1], SECTIONS)
    for uuid, code, section in (*by_code, *by_section):
        known = {"uuid": uuid, "code": code, "section": section, "line": uuid}
        known |= {"secret": secrets.get(beginning, NO_SECRET), "edition": 0, "digest": "0" * 64}
        known |= {"place": "brief/", "part": "tg", "file": "brief", "token": NO_SECRET}
        known |= {"member": MEMBER, "invitation": MEMBER, "link": LINK, "person": PERSON}
        known |= {"uidb36": "1", "key": NO_SECRET, "pk": 1}
        known |= {"sector": "agriculture", "tier": "local", "paper": "a4"}
        if beginning == "organisation":
            known["uuid"] = ORGANISATION
        kwargs = {part: known[part] for part in pattern.pattern.converters}
        yield reverse(f"{pattern.name}", kwargs=kwargs)


def admin_addresses() -> list[Address]:
    """The admin's own pages, and those of each model for a first and a last row."""
    in_paths = {"code": "TG2", "key": UUID(int=0), "entry": _keys(LogEntry)[-1]}
    return list(_reverse_all(admin.site.get_urls(), {"app_label": "assessment"}, ())) + [
        address
        for model, page in admin.site._registry.items()
        for address in _reverse_all(page.get_urls(), in_paths, _keys(model))
    ]


def _keys(model: Any) -> tuple[int, ...]:
    keys = model.objects.order_by("pk").values_list("pk", flat=True)
    return tuple(dict.fromkeys((keys.first() or 1, keys.last() or 1)))


def _reverse_all(
    patterns: Iterable[URLPattern | URLResolver], known: dict[str, Any], keys: tuple[int, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        if not isinstance(pattern, URLPattern) or not pattern.name:
            continue
        for key in keys or (1,):
            values = known | dict.fromkeys(KEY_NAMES, key)
            values["kind"] = "zip" if pattern.name.endswith("_export") else "question"
            names = {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
            kwargs = {name: values[name] for name in names}
            yield Address(f"admin:{pattern.name}", reverse(f"admin:{pattern.name}", kwargs=kwargs))
