"""Computing how far every living society is from each level."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from common import clock, locks
from demonstration.choices import Honour, ItemKind, Verdict
from demonstration.eligibility import Finding, check
from demonstration.models import CriteriaSet, Standing
from registry.models import Cooperative

GAPS_KEPT = 6
BATCH = 2_000


@transaction.atomic
def recompute_standings(*, by: User | None) -> int:
    """Check all living societies against every set in force; return how many standings there are.

    A fixed number of queries for each set of criteria, whatever the size of the register.
    May run again at any time: the standings of before make room in the same transaction.
    """
    locks.hold("standings")
    day, at = clock.today(), clock.now()
    living = Cooperative.objects.living()
    Standing.objects.all().delete()
    written = 0
    for criteria in CriteriaSet.objects.in_force(day).filter(honour=Honour.DEMONSTRATION):
        rows = [
            _standing(pk, criteria, findings, at)
            for pk, findings in check(living, criteria, day=day).items()
        ]
        Standing.objects.bulk_create(rows, batch_size=BATCH)
        written += len(rows)
    audit.record("standings-computed", by=by, number=written)
    return written


def _standing(pk: int, criteria: CriteriaSet, findings: list[Finding], at: dt.datetime) -> Standing:
    conditions = [f for f in findings if f.kind == ItemKind.CONDITION]
    verdicts = [finding.verdict for finding in conditions]
    gaps = [
        f"{f.text}：{f.missing or f.value or f.source}"
        for f in conditions
        if f.verdict != Verdict.MET
    ]
    vetoed = any(f.kind == ItemKind.VETO and f.verdict == Verdict.NOT_MET for f in findings)
    not_met, unknown = verdicts.count(Verdict.NOT_MET), verdicts.count(Verdict.UNKNOWN)
    return Standing(
        cooperative_id=pk,
        criteria=criteria,
        met=verdicts.count(Verdict.MET),
        not_met=not_met,
        unknown=unknown,
        missing=not_met + unknown,
        vetoed=vetoed,
        gaps=gaps[:GAPS_KEPT],
        computed_at=at,
    )
