"""Pages and saves: processor time beside an empty view, statements, bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tools.bench.client import Client, count_queries, expect_status
from tools.bench.server_process import ServedClient, connection_to_server
from tools.bench.table import Measurement
from tools.bench.timing import interleave, ratios

if TYPE_CHECKING:
    from assessment.models import Response
    from tools.bench.measured_site import MeasuredSite

REVISIONS = re.compile(r'name="(\w+)-revision" value="([^"]+)"')
FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
START_TAG = re.compile(r"<[a-z]")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
HELLO = "/bench-hello/"
NOTE = "The agreement of 2024, page 3."
OFTEN = 100


def pages(site: MeasuredSite, rounds: int) -> list[Measurement]:
    """A question page and an autosave beside an empty view, all as the site serves them."""
    half = site.answered_response("half", every=2)
    whole, other = site.answered_response("saves"), site.answered_response("by hand")
    address = site.page_address(half, "hc")
    with connection_to_server() as connection:
        reader = ServedClient(half, connection)
        autosave = Autosave(ServedClient(whole, connection), whole)
        by_hand = SaveByHand(ServedClient(other, connection), other)
        times = interleave(
            {
                "hello": (lambda: reader.get(HELLO), OFTEN * 2),
                "page": (lambda: expect_status(reader.get(address), 200), OFTEN),
                "autosave": (autosave, OFTEN),
                "by hand": (by_hand, OFTEN),
            },
            rounds,
            reader.processor_seconds,
        )
    client, save = Client(half), Autosave(Client(whole), whole)
    page_queries = count_queries(lambda: client.get(address))
    return [
        Measurement("an empty view, served", "ms", times["hello"]),
        Measurement(
            "question page, half answered", "× hello", ratios(times, "page", "hello"), 10, 5
        ),
        Measurement("question page", "queries", [page_queries], 6),
        # Waiting for the disk is most of it, in both: docs/decisions/0015-what-a-save-may-cost.md.
        Measurement("autosave", "× hello", ratios(times, "autosave", "hello"), aim=5),
        Measurement(
            "a save by hand that checks nothing", "× hello", ratios(times, "by hand", "hello")
        ),
        Measurement("autosave", "× by hand", ratios(times, "autosave", "by hand"), 1.5, 1.3),
        Measurement("autosave", "queries", [count_queries(save)], 6),
        Measurement("autosave, there and back", "bytes at most", [save.most_bytes], 250),
    ]


class Autosave:
    """Changes one answer with a note again and again, as the script of the page does."""

    def __init__(self, client: Client, response: Response) -> None:
        self.client = client
        self.address = f"/response/{response.uuid}/answer/HC2/"
        page = client.get(f"/response/{response.uuid}/hc/").text
        self.revision = dict(REVISIONS.findall(page))["HC2"]
        self.token = TOKEN.findall(page)[0]
        self.level = self.most_bytes = 0

    def __call__(self) -> None:
        self.level = (self.level + 1) % 5
        form: dict[str, Any] = {"csrfmiddlewaretoken": self.token, "HC2": self.level}
        form |= {"HC2-note": NOTE, "HC2-revision": self.revision}
        reply = self.client.post(self.address, form)
        expect_status(reply, 200)
        revision = re.search(r'"revision": "([^"]+)"', reply.text)
        self.revision = revision[1] if revision else ""
        size = sum(len(f"{name}={value}&") for name, value in form.items())
        self.most_bytes = max(self.most_bytes, size, len(reply.content))


class SaveByHand:
    """The same request to the smallest view that could store it."""

    def __init__(self, client: Client, response: Response) -> None:
        self.client = client
        self.address = f"/bench-save/{response.uuid}/"

    def __call__(self) -> None:
        form = {"HC2": 3, "HC2-note": NOTE, "HC2-revision": "1.0"}
        expect_status(self.client.post(self.address, form), 200)


def weight(site: MeasuredSite, rounds: int) -> list[Measurement]:
    """The heaviest page of a dimension, with headers as a server sends them."""
    response = site.answered_response("weight", every=2)
    client = Client(response)
    replies = [client.get(site.page_address(response, page)) for page in site.pages]
    files = set(FILES.findall(replies[0].text))
    file_bytes = sum(client.get(name).wire_bytes for name in files)
    page_bytes = max(reply.wire_bytes for reply in replies)
    nodes = max(len(START_TAG.findall(reply.text)) for reply in replies)
    return [
        Measurement("first visit of the heaviest page", "bytes", [page_bytes + file_bytes], 15_000),
        Measurement("first visit", "requests", [1 + len(files)], 4),
        Measurement("following page, the heaviest", "bytes", [page_bytes], 6_000),
        Measurement("nodes of the largest page", "", [nodes], 400),
        Measurement("its styles and script", "bytes", [file_bytes], 15_000),
    ]


def write_queries(site: MeasuredSite, rounds: int) -> list[Measurement]:
    """Statements of saving a page and of submitting, at two sizes."""
    small, large = site.new_response("small"), site.answered_response("large")
    pages = {"nothing answered before": small, "all answered before": large}
    submits = {"one page answered": small, "all answered": large}
    return [
        *(
            Measurement(f"save a page, {name}", "queries", [page_save_queries(site, r)], 8)
            for name, r in pages.items()
        ),
        *(
            Measurement(f"submit, {name}", "queries", [submit_queries(r)], 15)
            for name, r in submits.items()
        ),
    ]


def page_save_queries(site: MeasuredSite, response: Response) -> int:
    client, address = Client(response), site.page_address(response, "tg")
    revisions = dict(REVISIONS.findall(client.get(address).text))
    form = {f"{code}-revision": revision for code, revision in revisions.items()}
    form |= {code: "3" for code in revisions if code != "TG5"}
    return count_queries(lambda: expect_status(client.post(address, form), 302))


class Submit:
    """A response that is ready to be sent: the last page has been read."""

    def __init__(self, response: Response) -> None:
        self.client = Client(response)
        address = f"/response/{response.uuid}/"
        page = self.client.get(f"{address}check/").text
        gaps = re.search(r'name="gaps" value="([^"]*)"', page)
        self.address = f"{address}submit/"
        self.form = {"gaps": gaps[1] if gaps else ""}

    def send(self) -> None:
        expect_status(self.client.post(self.address, self.form), 302)


def submit_queries(response: Response) -> int:
    count = count_queries(Submit(response).send)
    response.refresh_from_db()
    if not response.is_submitted:
        raise RuntimeError("The response was not submitted.")
    return count
