"""Samples of the register, its deliveries and flags."""

from typing import Any

from registry.models import (
    Contradiction,
    Cooperative,
    FeedDelivery,
    FeedRow,
    Flag,
    MatchPair,
    Rehearsal,
    WordMeaning,
)
from tongchuan_coop.samples.first import first, known, speaker

LIKELY: dict[str, Any] = {
    "sender": "scjgj",
    "uscc": "93511702MA6200001X",
    "source": "tax",
}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    row = FeedRow.objects.order_by("pk").first()
    delivery = row.delivery if row else FeedDelivery.objects.order_by("pk").first()
    correction = FeedDelivery.objects.filter(former__isnull=False).order_by("pk").first()
    agent = speaker()
    society = agent.cooperative if agent else Cooperative.objects.order_by("pk").first()
    found: dict[str, Any] = {
        "row": row and row.pk,
        "ordinal": row and row.ordinal,
        "delivery": delivery and delivery.pk,
        "registry:delivery-compare:delivery": correction and correction.pk,
        "uscc": society and society.code,
        "agent": agent and agent.pk,
        "flag": first(Flag),
        "contradiction": first(Contradiction),
        "pair": first(MatchPair),
        "rehearsal": first(Rehearsal),
        "registry:matter-detail:flag": Flag.objects.asked().values_list("pk", flat=True).first(),
        "registry:matter-answer:flag": Flag.objects.asked().values_list("pk", flat=True).first(),
        "meaning": first(WordMeaning),
    }
    return known(found)
