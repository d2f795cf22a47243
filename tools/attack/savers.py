"""People who save while others hold the server up, and newcomers who only want the first page."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from tools.html_page import form_data
from tools.server import HOST
from tools.soak.visitor import SavedAnswer, Visitor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

LONGEST_WAIT = 20


@dataclass
class Saver(Visitor):
    """Puts her name into each note; what she is shown must be hers."""

    name: str = ""
    foreign: int = 0
    given_up: int = 0

    def _next_answer(self, code: str) -> SavedAnswer:
        answer = super()._next_answer(code)
        return SavedAnswer(answer.value, f"{self.name}: {answer.note}", answer.revision)

    def save(self) -> None:
        try:
            super().save()
        except (ValueError, KeyError):
            self.foreign += 1
        except TimeoutError:
            self.given_up += 1

    def look(self) -> None:
        """Her page as she would read it; an answer that is lost on its way is asked for again."""
        try:
            reply = self.request("GET", f"{self.address}{self.page}/")
            fields = form_data(reply) if reply.status == 200 else {}
        except (OSError, http.client.HTTPException):
            self.dropped_requests += 1
            return
        except (ValueError, IndexError):
            fields = {"foreign-note": "no page of hers"}
        if reply.status >= 500:
            self.refusals.append(reply.status)
        notes = [text for name, text in fields.items() if name.endswith("-note") and text]
        self.foreign += any(not str(note).startswith(f"{self.name}: ") for note in notes)


def named_savers(visitors: Sequence[Visitor], random: Random) -> list[Saver]:
    """Takes over what the visitors started."""
    return [
        Saver(
            *(visitor.port, Random(random.random()), visitor.codes, visitor.page),
            cookies=visitor.cookies,
            address=visitor.address,
            token=visitor.token,
            name=f"person {number}",
        )
        for number, visitor in enumerate(visitors)
    ]


@dataclass
class Newcomers:
    """A new connection each half second; the longest wait is that of who was not answered too."""

    port: int
    waits: list[float] = field(default_factory=list)
    unanswered: int = 0

    def come(self, over: Event) -> None:
        while not over.wait(0.5):
            began = time.monotonic()
            connection = http.client.HTTPConnection(HOST, self.port, timeout=LONGEST_WAIT)
            try:
                connection.request("GET", "/")
                answer = connection.getresponse()
                answer.read()
                self.unanswered += answer.status != 200
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
            finally:
                connection.close()
            self.waits.append(time.monotonic() - began)
