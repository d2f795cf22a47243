"""What the site answered to one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """`seconds` it took and the `trace` of what it raised stand there where they are measured."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    seconds: float = 0
    trace: str = ""
