"""The register and what other sources say of it, as the fingerprint sees them."""

from collections.abc import Iterator

from registry.choices import PairState
from registry.models import (
    FACTS,
    Contradiction,
    Cooperative,
    CooperativeMerge,
    CooperativeVersion,
    Flag,
    FormerName,
    MatchPair,
    NilReturn,
    SiteFinding,
    Statement,
    WordMeaning,
)
from registry.side_choices import ContradictionState
from tongchuan_coop.fingerprint.values import SOCIETY, Table, values


def tables() -> Iterator[Table]:
    """Give each table by name with its rows in natural keys."""
    yield (
        "societies",
        values(
            Cooperative.objects,
            "uscc",
            *FACTS,
            "township__code",
            "township_basis",
            "counsellor__username",
            "internal_note",
        ),
    )
    yield "former-names", values(FormerName.objects, *SOCIETY, "name", "until")
    yield (
        "contradictions",
        values(
            Contradiction.objects.exclude(state=ContradictionState.CURED),
            *SOCIETY,
            "kind",
            "state",
            "assignee__username",
            "due_on",
            "decision_reason",
        ),
    )
    yield (
        "nil-returns",
        values(NilReturn.objects, "source", "quarter", "sender__code", "signed_by__username"),
    )
    yield (
        "merged",
        values(
            CooperativeMerge.objects.standing(),
            "kept__uscc",
            "kept__registration_no",
            "absorbed__uscc",
            "absorbed__registration_no",
        ),
    )
    yield (
        "told-apart",
        values(
            MatchPair.objects.filter(state=PairState.DIFFERENT),
            "left__uscc",
            "left__registration_no",
            "right__uscc",
            "right__registration_no",
        ),
    )
    yield (
        "versions",
        values(
            CooperativeVersion.objects.known(),
            *SOCIETY,
            *FACTS,
            "township__code",
            "true_from",
            "true_to",
            "changed_fields",
        ),
    )
    yield (
        "site-findings",
        values(
            SiteFinding.objects.standing(),
            "visit_key",
            *SOCIETY,
            "seen_on",
            "seen_by__username",
            "in_person",
            "at_address",
            "operating",
            "signboard",
            "licence_shown",
            "charter_kept",
            "accounts_kept",
            "member_accounts",
            "affairs_disclosed",
            "members_met",
            "members_told",
            "note",
        ),
    )
    yield "meanings", values(WordMeaning.objects.in_force(), "key", "word", "code")
    for model in Statement.__subclasses__():
        known = model._default_manager.filter(known_to__isnull=True)
        yield model.__name__, values(known, *SOCIETY, *model.said())
    yield "flags", values(Flag.objects.open(), *SOCIETY, "rule", "label", "severity", "state")
