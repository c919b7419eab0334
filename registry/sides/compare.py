"""Compare all sources about all societies: open, renew and cure contradictions, set-based.

A fixed number of statements, however many societies. Running twice changes nothing.
"""

from functools import cache

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject

from common import clock, locks
from common.planner import plan_for_whole_tables
from registry.flags.insertion import Select, insert_from
from registry.models import Contradiction, ContradictionCandidate
from registry.side_choices import ContradictionState
from registry.sides.kinds import KINDS, Kind

_CARRIED = ("cooperative_id", "kind", "evidence")
_RENEW = """
    UPDATE registry_contradiction
    SET evidence = found.evidence, computed_at = %s, version = registry_contradiction.version + 1
    FROM registry_contradictioncandidate AS found
    WHERE found.kind = registry_contradiction.kind
      AND found.cooperative_id = registry_contradiction.cooperative_id
      AND registry_contradiction.state = %s AND registry_contradiction.evidence <> found.evidence
"""


@transaction.atomic
def compare_sources() -> dict[str, int]:
    """Bring the contradictions up to date with the sources; return how many of each change."""
    locks.hold("contradictions")
    plan_for_whole_tables()
    now = clock.now()
    ContradictionCandidate.objects.all().delete()
    for kind in KINDS:
        _collect(kind)
    candidates = ContradictionCandidate.objects.filter(
        kind=OuterRef("kind"), cooperative=OuterRef("cooperative")
    )
    cured = (
        Contradiction.objects.open()
        .filter(~Exists(candidates))
        .update(state=ContradictionState.CURED, closed_at=now, version=F("version") + 1)
    )
    computed_at = Contradiction._meta.get_field("computed_at")
    with connection.cursor() as cursor:
        stamp = computed_at.get_db_prep_value(now, connection)
        cursor.execute(_RENEW, [stamp, ContradictionState.OPEN.value])
        renewed = int(cursor.rowcount)
    opened = _open(now)
    ContradictionCandidate.objects.all().delete()
    return {"opened": opened, "renewed": renewed, "cured": cured}


def _collect(kind: Kind) -> None:
    insert_from(
        ContradictionCandidate, ("cooperative_id", "evidence"), worded(kind), kind=kind.code
    )


@cache
def worded(kind: Kind) -> Select:
    """Return what a kind asks, worded in SQL once: it depends on no day and on no row."""
    figures = {name: F(name) for name in (*kind.facts, *kind.figures)}
    found = kind.found().order_by().annotate(proof=JSONObject(**figures))
    return found.values_list("pk", "proof").query.sql_with_params()


def _open(now: object) -> int:
    """Open what is new; what a person has settled stays so until the sources say something else."""
    same = Contradiction.objects.filter(kind=OuterRef("kind"), cooperative=OuterRef("cooperative"))
    settled = same.filter(state=ContradictionState.SETTLED, evidence=OuterRef("evidence"))
    new = ContradictionCandidate.objects.filter(~Exists(same.open()), ~Exists(settled))
    return insert_from(
        Contradiction,
        _CARRIED,
        new.order_by("cooperative_id", "kind").values_list(*_CARRIED),
        state=ContradictionState.OPEN,
        opened_at=now,
        computed_at=now,
        decision_reason="",
        version=1,
    )
