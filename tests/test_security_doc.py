"""docs/security.md names every item, and only tests that exist."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from django.apps import apps
from django.conf import settings

from assessment.actions.clean_text import NAME_LIMIT
from assessment.actions.responses.device_code import CODE_LIFETIME
from assessment.actions.responses.start import KEY_LIFETIME
from assessment.instrument.answers import NOTE_LIMIT
from assessment.interchange.archive import LARGEST_EXPANDED, LARGEST_FILE, MEGABYTE, MOST_ENTRIES
from assessment.interchange.parse_apart import MOST_MEMORY, MOST_SECONDS, MOST_WAITING
from assessment.management.serving.request import (
    LARGEST_HEADERS,
    MOST_HEADERS,
    PATIENCE,
    SLOWEST,
)
from assessment.management.serving.server import LONGEST_IDLE, MOST_CONNECTIONS, MOST_HELD
from assessment.reports.pdf.printed_text import MOST_LINES
from assessment.reports.pdf.printer import MEMORY_LIMIT, PROCESSOR_LIMIT
from assessment.web import device_code, mailing, sample, shared_brief
from assessment.web.access import MOST_GRANTS
from assessment.web.accounts import mail_limits
from assessment.web.accounts.tries import CODES, KNOWN_FOR, PASSWORDS, Limits
from assessment.web.limits import DAY, HOUR, MINUTE, RETURN_LINKS, STARTS, Limit
from assessment.web.organisations.join import JOIN_LINKS
from assessment.web.sessions import ACCOUNT_LASTS, ACCOUNT_LASTS_UNUSED

ITEMS = """
1.1.1-2 1.2.1-5 1.2.9 1.3.1-7 1.3.10-11 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1
3.2.1-2 3.3.1-4 3.4.1-6 3.5.1 3.5.3 3.7.2 4.1.1-3 4.2.1 5.1.1 5.2.1-3 5.3.1-2 5.4.1-2
6.1.1 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-4 6.6.3 7.1.1-2 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.2
8.1.1-2 8.2.1-3 8.3.1 8.4.1 9.1.1 9.2.1-2 11.4.1-2 11.5.1 12.1.1 12.2.1 12.3.1
13.1.1 13.2.2-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3
15.1.1-3 15.2.1-3 15.3.1-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-2 16.5.1-3
"""
WRITTEN_DOWN = {
    *("2.1.1", "2.1.3", "5.1.1", "6.1.1", "7.1.1", "7.1.2", "13.1.1", "14.1.1", "14.1.2"),
    *("15.1.1", "15.1.3", "16.1.1"),
}
"""These ask for a document, which is named in place of a test."""
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
OF_TIME = {MINUTE: "a minute", 15 * MINUTE: "in 15 minutes", HOUR: "an hour", DAY: "a day"}
OF_PEOPLE = {
    "Scheme Programme": "the scheme's name and programmes",
    "Round": "in its round country, stage and other facts",
    "Response": "the times of starting, saving and submitting",
    "Answer SectionState": "answers and notes",
    "Result DimensionScore ResultCode": "result, made when submitting",
    "PlanLine": "the plan: its lines",
    "PlanShare PlanChange": "of each side who owns a line",
    "ReportFile": "the report as PDF",
    "SharedBrief": "links to read a brief",
    "DeviceCode": "a code for a second device",
    "Session": "session in the database",
    "User EmailAddress Authenticator": "accounts: name, e-mail address",
    "AccountSession": "on which browsers an account is signed in",
    "RecordEntry": "the record: who signed in",
    "LogEntry": "history of the question bank",
    "admin.LogEntry": "Django's own list of what an account did",
    "Counter": "tried, began or sent something, and how often",
    "Upload": "a file of the question bank that waits",
    "Organisation Membership": "organisations: name, contact",
    "Invitation OpenLink": "who is invited to a round",
    "JointSession SessionItem SessionAnswer AgreedAnswer": "the joint session of a round",
    "Signatory SignOff": "who signs for a side of a round",
    "MemberInvitation": "invitations of members",
    "OutgoingMail": "messages that wait",
    "Unsubscribed": "mailboxes that want no reminders",
}
"""By the tables of an entry of "What is kept", words of it."""
OF_NOBODY = {
    *("Edition", "EditionLanguage", "OfferedLanguage", "Correction", "Translation", "Region"),
    *("Source", "Dimension", "Finding", "Question", "Option", "Case", "CaseReading", "Rule"),
    *("RuleVariant", "Role", "Package", "Pattern", "Term"),
    *("Site", "Logo", "OrganisationLogo", "TranslatorLanguage", "Worker", "DBTaskResult"),
    *("Permission", "Group", "ContentType"),
}
"""Content, what the site says of itself, names of processes, numbers of other rows."""
UNUSED = {"EmailConfirmation"}
"""Of the library; addresses are confirmed by a link that is signed and stored nowhere."""
STATE = re.compile(r"met|(does not apply|open): .+")


def page() -> str:
    return (settings.BASE_DIR / "docs" / "security.md").read_text()


def rows() -> list[tuple[str, ...]]:
    return ROW.findall(page())


def numbers() -> list[str]:
    found = []
    for item in ITEMS.split():
        chapter, section, last = item.split(".")
        first, _, end = last.partition("-")
        found += [f"{chapter}.{section}.{n}" for n in range(int(first), int(end or first) + 1)]
    return found


def met_by(number: str, state: str, where: str) -> bool:
    """Whether the line says what shows it: a test, a document, or else the reason why not."""
    if number in WRITTEN_DOWN and not re.search(r"`docs/|below: ", where):
        return False
    shown = state != "met" or number in WRITTEN_DOWN or TEST.search(where)
    return bool(STATE.fullmatch(state) and shown)


def test_every_item_stands_once_and_names_what_shows_it() -> None:
    found = Counter((number, met_by(number, state, where)) for number, _, state, where in rows())

    assert found == Counter((number, True) for number in numbers())


def limits() -> dict[str, str]:
    table = page().partition("## Limits")[2].partition("##")[0]
    return dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", table, re.MULTILINE))


def test_limits_are_those_of_the_code() -> None:
    days = settings.SESSION_COOKIE_AGE // 86_400
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 2**20
    held = {
        "session": f"{days} days; any number a person; "
        f"a device holds at most {MOST_GRANTS} responses",
        "a request": f"{megabytes} MB, {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields",
        "a request of the administration": f"{settings.LARGEST_BODY // MEGABYTE} MB",
        "headers of a request": f"{MOST_HEADERS}, {LARGEST_HEADERS // 1024} kB together",
        "an idle connection, and the headers of a request": f"{LONGEST_IDLE} seconds",
        "a body, and an answer until it is taken": f"{PATIENCE} seconds and one more for "
        f"{SLOWEST // 1000} kB",
        "connections at once": f"{MOST_CONNECTIONS:,}",
        "bodies that are not yet answered": f"{MOST_HELD // MEGABYTE} MB together",
        "a note": f"{NOTE_LIMIT:,} characters; in the PDF also {MOST_LINES} lines",
        "a name": f"{NAME_LIMIT} characters",
        "an account in a session": f"{hours(ACCOUNT_LASTS)} hours, {hours(ACCOUNT_LASTS_UNUSED)} "
        "hour without use; what the device was granted stays",
        "a file of the question bank": f"{LARGEST_FILE // MEGABYTE} MB, unpacked "
        f"{LARGEST_EXPANDED // MEGABYTE} MB, {MOST_ENTRIES} entries",
    }

    assert held.items() <= limits().items()
    parts = {
        "the PDF, the costliest page": f"at most {PROCESSOR_LIMIT} seconds of processor time and "
        f"{MEMORY_LIMIT} MB",
        "a file of the bank in the admin": f"at most {MOST_SECONDS} seconds of the processor, "
        f"{MOST_WAITING:.0f} by the clock and {MOST_MEMORY // 2**30} GB",
        "a start that is sent again": f"the same response and link for {minutes(KEY_LIFETIME)} "
        "minutes, in the same browser",
        "a code for a second device": f"one a response, {minutes(CODE_LIFETIME)} minutes, once",
    }
    assert [what for what, part in parts.items() if part not in limits()[what]] == []


def hours(time: timedelta) -> int:
    return time // timedelta(hours=1)


def minutes(time: timedelta) -> int:
    return time // timedelta(minutes=1)


def told(limit: Limit) -> str:
    return f"{limit.most:,} {OF_TIME[limit.seconds]}"


def test_limits_on_tries_and_messages_are_those_of_the_code() -> None:
    known = f"in the last {KNOWN_FOR // DAY} days"
    itself = [f"counted for itself, {told(kind.of_browser)}" for kind in (PASSWORDS, CODES)]
    of_day = zip(mailing.OF_DAY, ("and source", "and response", "and mailbox", "from"), strict=True)
    held = {
        "wrong return links": [f"{told(RETURN_LINKS)} and source"],
        "wrong links to rounds": [f"{told(RETURN_LINKS)} and source"],
        "links to read that open nothing": [f"{told(shared_brief.WRONG_LINKS)} and source"],
        "wrong links of invitations": [f"{told(JOIN_LINKS)} and source"],
        "wrong codes for a second device": [
            f"{told(device_code.OF_MINUTE)} and source",
            f"{told(device_code.OF_HOUR)} for the whole site",
        ],
        "wrong passwords": [*both(PASSWORDS), known, itself[0]],
        "wrong codes of a second factor": [*both(CODES), itself[1]],
        "new responses": [f"{told(STARTS)} and source"],
        "the actions of the sample result, filtered": [
            f"{told(sample.FILTERED)} and source",
            f"{told(sample.FILTERED_BY_ALL)} for the whole site",
        ],
        "messages with a link": [
            told(mailing.OF_MINUTE),
            *(f"{told(limit)} {whose}" for limit, whose in of_day),
        ],
        "messages to accounts: codes, links, new addresses": [
            f"{told(mail_limits.OF_MINUTE)} and source",
            f"{told(mail_limits.OF_HOUR)} and mailbox",
            f"{told(mail_limits.OF_DAY)} from the site",
        ],
    }
    found = limits()

    assert [
        (name, part) for name, parts in held.items() for part in parts if part not in found[name]
    ] == []


def both(kind: Limits) -> list[str]:
    return [f"{told(kind.of_source)} and source", f"{told(kind.of_account)} and account"]


def test_every_table_is_named_or_holds_nothing_of_people() -> None:
    kept = page().partition("## What is kept")[2].partition("\n## ")[0]
    tables = {named for names in OF_PEOPLE for named in names.split()} | OF_NOBODY | UNUSED
    known = {
        model._meta.label if model._meta.app_label == "admin" else model.__name__
        for model in apps.get_models()
    }

    assert known ^ tables == set()
    assert [words for words in OF_PEOPLE.values() if words not in kept] == []


def test_named_parts_of_the_page_exist() -> None:
    parts = set(re.findall(r"below: ([A-Z][\w ]+?) \|", page()))

    assert parts - set(re.findall(r"^## (.+)$", page(), re.MULTILINE)) == set()
