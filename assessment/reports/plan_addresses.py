"""Where the pages of a plan are: below the answers of one person alone, or below a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django import template
from django.urls import reverse

if TYPE_CHECKING:
    from uuid import UUID

register = template.Library()


class PlanAddresses(NamedTuple):
    """`owner` is the response or the round; the addresses of a round's plan have names of their
    own, which begin with `round_`.
    """

    owner: UUID
    of_round: bool = False

    def to(self, page: str, *line: UUID) -> str:
        """Of the page `plan`, `plan_add` and so on."""
        name = f"round_{page}" if self.of_round else page
        return reverse(name, args=[self.owner, *line])


@register.simple_tag
def plan_address(addresses: PlanAddresses, page: str, *line: UUID) -> str:
    return addresses.to(page, *line)
