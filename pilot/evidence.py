"""What proves a task: lists of the portal with their lengths, and pages that somebody named."""

from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, resolve, reverse

from accounts.decorators import PUBLIC
from accounts.policy import may
from pilot.models import EvidenceLink, PlanTask, TaskPart
from pilot.proofs import numbers_of, proofs_of
from pilot.proofs.frame import Proof


@dataclass(frozen=True)
class ShownProof:
    """One list with the number of its rows in the district; `url` is "" out of one's rights."""

    label: str
    number: int
    url: str


def shown_proofs(task: PlanTask, user: Any) -> list[ShownProof]:
    """Return the lists that prove a task, counted in one query."""
    proofs = proofs_of(task.proofs)
    numbers = numbers_of(task.proofs, task.programme)
    return [
        ShownProof(
            proof.label,
            numbers[proof.key],
            _address(proof, task) if may(user, proof.action) else "",
        )
        for proof in proofs
    ]


def _address(proof: Proof, task: PlanTask) -> str:
    own = task.programme.query if proof.way else ""
    query = "&".join(part for part in (own, proof.query) if part)
    return f"{reverse(proof.page)}?{query}" if query else reverse(proof.page)


@dataclass(frozen=True)
class ShownLink:
    """A named page; `url` is "" for somebody without the right that the page asks for."""

    link: EvidenceLink
    url: str


def shown_links(part: TaskPart, user: Any) -> list[ShownLink]:
    """Return the pages that prove a part, in the order in which they were named."""
    links = part.links.select_related("added_by").order_by("pk")
    return [ShownLink(link, link.address if _opens(link.address, user) else "") for link in links]


def _opens(address: str, user: Any) -> bool:
    """Tell whether a page of the portal is still there and a user has its right."""
    try:
        view = resolve(address.partition("?")[0].partition("#")[0]).func
    except Resolver404:
        return False
    action = getattr(view, "required_action", "")
    return action == PUBLIC or (bool(action) and may(user, action))
