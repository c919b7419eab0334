"""Sponsorships and their follow-ups, as the fingerprint sees them."""

from collections.abc import Iterator

from liaison.models import SponsorFollowUp, Sponsorship
from tongchuan_coop.fingerprint.values import Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "sponsorships",
        values(
            Sponsorship.objects,
            *("cooperative__uscc", "cooperative__registration_no", "department__code", "person"),
            *("post", "task", "since", "until", "ended_because"),
        ),
    )
    yield (
        "sponsor-follow-ups",
        values(
            SponsorFollowUp.objects,
            *("sponsorship__cooperative__uscc", "sponsorship__department__code"),
            *("happened_on", "form", "text", "solved", "by__username"),
        ),
    )
