"""Criteria, rounds, honours, plans, as the fingerprint sees them."""

from collections.abc import Iterator

from demonstration.models import (
    CriteriaItem,
    DemonstrationTitle,
    InnovationEntry,
    MonitoringCase,
    NamedListEntry,
    PlanMeasure,
    RatingApplication,
    Score,
    ShareDividend,
    SocietyStrength,
    TitleEvent,
    Undertaking,
)
from tongchuan_coop.fingerprint.values import SOCIETY, Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "criteria",
        values(
            CriteriaItem.objects,
            "criteria__level",
            "criteria__honour",
            "criteria__region",
            "criteria__number",
            "criteria__state",
            "criteria__effective_from",
            "criteria__effective_until",
            "position",
            "text",
            "kind",
            "points",
            "measure",
            "threshold",
        ),
    )
    yield (
        "titles",
        values(
            DemonstrationTitle.objects,
            *SOCIETY,
            "level",
            "honour",
            "document_number",
            "recognised_on",
            "state",
            "ended_on",
        ),
    )
    yield (
        "title-events",
        values(
            TitleEvent.objects,
            "title__cooperative__uscc",
            "title__level",
            "title__honour",
            "kind",
            "on",
            "document_number",
        ),
    )
    yield (
        "applications",
        values(
            RatingApplication.objects,
            *SOCIETY,
            "round__title",
            "round__state",
            "state",
            "statement",
            "total",
            "place",
        ),
    )
    yield (
        "scores",
        values(
            Score.objects,
            "sheet__application__cooperative__uscc",
            "sheet__reviewer__user__username",
            "item__text",
            "points",
        ),
    )
    yield (
        "monitoring",
        values(
            MonitoringCase.objects,
            "title__cooperative__uscc",
            "title__level",
            "cause",
            "state",
            "told_on",
            "decision",
        ),
    )
    yield (
        "plans",
        values(
            PlanMeasure.objects,
            "plan__cooperative__uscc",
            "plan__target",
            "plan__state",
            "dimension",
            "aim",
            "due_on",
            "done_on",
        ),
    )
    yield "named-lists", values(NamedListEntry.objects, *SOCIETY, "name", "since", "until")
    yield (
        "strengths",
        values(
            SocietyStrength.objects,
            *SOCIETY,
            "what",
            "number",
            "valid_until",
            "verification",
            "withdrawn_on",
        ),
    )
    yield (
        "innovations",
        values(
            InnovationEntry.objects,
            *SOCIETY,
            *("year", "what", "name", "partner_code", "households", "people", "amount"),
            *("outsiders", "fixed_return", "document", "note", "verification", "withdrawn_on"),
        ),
    )
    yield (
        "dividends",
        values(
            ShareDividend.objects,
            *("entry__cooperative__uscc", "entry__year", "entry__what", "year", "amount"),
            *("households", "paid_on", "document"),
        ),
    )
    yield "undertakings", values(Undertaking.objects, *SOCIETY, "industry", "base_area")
