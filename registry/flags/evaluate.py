"""Run every rule over the whole register and bring the suspicions up to date.

A fixed number of statements, however many societies: each rule's one query is inserted into a
table of candidates, and the candidates open, refresh and close suspicions set-based. Running
twice changes nothing. A cured suspicion is closed with a note, never erased; one that a person
has dismissed does not come back on the same facts.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, Left

from common import clock, locks
from common.planner import analyse, plan_for_whole_tables
from registry.choices import FlagState
from registry.flags.asked import COLUMNS, asked
from registry.flags.catalogue import RULES
from registry.flags.insertion import insert_from
from registry.flags.rule import SUSPECT, UNKNOWN, FlagRule
from registry.flags.tally import exempt_counts
from registry.models import Flag, FlagCandidate, FlagRun
from registry.models.flag import FlagQuerySet

CAUSE_CHARACTERS = 80
NOTE_CHARACTERS = 200
CARRIED = ("cooperative_id", "rule", "rule_version", "label", "severity", "evidence", "facts")
# What a person has confirmed stays as it was confirmed; the rest follows the facts. A change of
# thresholds alone renews nothing: a suspicion keeps the version it was found with.
RENEWED = (FlagState.SUSPECTED, FlagState.CHECKING, FlagState.DEFERRED)

REFRESH = """
    UPDATE registry_flag
    SET evidence = found.evidence, facts = found.facts, rule_version = found.rule_version,
        as_of = %s, computed_at = %s, version = registry_flag.version + 1
    FROM registry_flagcandidate AS found
    WHERE found.run_id = %s AND found.verdict = %s AND found.rule = registry_flag.rule
      AND found.cooperative_id = registry_flag.cooperative_id
      AND registry_flag.state IN (%s, %s, %s)
      AND registry_flag.facts <> found.facts
"""


@transaction.atomic
def evaluate_flags(
    as_of: dt.date, *, cause: str, rules: Sequence[FlagRule] = RULES, at_a_glance: bool = False
) -> FlagRun:
    """Compute every rule for a day and open, refresh or close suspicions accordingly.

    `cause` says in Chinese why it runs now (“2021年二季度登记信息更新”) and becomes part of the
    note on what it closes. May be called inside a transaction: then it stands or falls with it.
    `at_a_glance` as in `plan_for_whole_tables`.
    """
    locks.hold("flags")
    plan_for_whole_tables(at_a_glance=at_a_glance)
    run = FlagRun.objects.create(
        as_of=as_of, computed_at=clock.now(), cause=cause[:CAUSE_CHARACTERS]
    )
    for rule in rules:
        _collect(rule, run)
    run.exempt = exempt_counts(rules, as_of)
    analyse(FlagCandidate, ("run", "rule", "cooperative", "verdict"))
    candidates = FlagCandidate.objects.filter(run=run)
    found = candidates.filter(verdict=SUSPECT).values_list("rule").annotate(number=Count("pk"))
    run.counts = dict.fromkeys((rule.code for rule in rules), 0) | dict(found.order_by())
    run.changes = {
        "refreshed": _refresh(run),
        "opened": _open(run),
        "cleared": _close(rules, run) + _retire(rules, run),
    }
    candidates.delete()
    analyse(Flag, ("state", "rule", "cooperative"))
    run.save(update_fields=["counts", "unknown", "exempt", "changes"])
    return run


def _collect(rule: FlagRule, run: FlagRun) -> None:
    """Note whom the rule suspects, and of whose open suspicion it can no longer judge."""
    version = rule.version_on(run.as_of)
    statements = asked(rule, run.as_of, tuple(version.limits.items()))
    noted: dict[str, Any] = {
        "run": run.pk,
        "rule": rule.code,
        "rule_version": version.number,
        "label": rule.points_to[0],
        "severity": rule.severity,
        "less": ("facts", "evidence", statements.no_facts),
    }
    if statements.suspects is not None:
        insert_from(FlagCandidate, COLUMNS, statements.suspects, **noted)
    run.unknown[rule.code] = statements.count_unknowns()
    held = Flag.objects.open().filter(rule=rule.code)
    if statements.doubted is not None and run.unknown[rule.code] and held.exists():
        insert_from(FlagCandidate, COLUMNS, statements.doubted, **noted)


def _open(run: FlagRun) -> int:
    """Open a suspicion for each candidate that has none, nor was dismissed on the same facts."""
    same = Flag.objects.filter(rule=OuterRef("rule"), cooperative=OuterRef("cooperative"))
    dismissed = same.filter(state=FlagState.DISMISSED, facts=OuterRef("facts"))
    new = FlagCandidate.objects.filter(
        ~Exists(same.open()), ~Exists(dismissed), run=run, verdict=SUSPECT
    )
    return insert_from(
        Flag,
        CARRIED,
        new.order_by("cooperative_id", "rule").values_list(*CARRIED),
        state=FlagState.SUSPECTED,
        as_of=run.as_of,
        opened_at=run.computed_at,
        computed_at=run.computed_at,
        cleared_by="",
        conclusion="",
        version=1,
    )


def _refresh(run: FlagRun) -> int:
    """Renew the suspicions whose facts are no longer the same."""
    as_of: Any = Flag._meta.get_field("as_of")
    computed_at: Any = Flag._meta.get_field("computed_at")
    with connection.cursor() as cursor:
        cursor.execute(
            REFRESH,
            [
                as_of.get_db_prep_value(run.as_of, connection),
                computed_at.get_db_prep_value(run.computed_at, connection),
                run.pk,
                SUSPECT,
                *(state.value for state in RENEWED),
            ],
        )
        return int(cursor.rowcount)


def _close(rules: Sequence[FlagRule], run: FlagRun) -> int:
    """Close the open suspicions that the rules no longer have: one look for all rules."""
    still = FlagCandidate.objects.filter(
        run=run, rule=OuterRef("rule"), cooperative=OuterRef("cooperative"), verdict=SUSPECT
    )
    ended = Flag.objects.open().filter(~Exists(still))
    codes = set(ended.order_by().values_list("rule", flat=True).distinct())
    return sum(_end(rule, run) for rule in rules if rule.code in codes)


def _end(rule: FlagRule, run: FlagRun) -> int:
    """Close the open suspicions of a rule that it no longer has, and say why for each."""
    version = rule.version_on(run.as_of)
    candidates = FlagCandidate.objects.filter(
        run=run, rule=rule.code, cooperative=OuterRef("cooperative")
    )
    ended = Flag.objects.open().filter(~Exists(candidates.filter(verdict=SUSPECT)), rule=rule.code)
    about = rule.ended(run.as_of).filter(pk=OuterRef("cooperative_id"))
    exempt = rule.exempt(run.as_of).filter(pk=OuterRef("cooperative_id"))
    said = Subquery(about.annotate(said=rule.cured(version.limits)).values("said"))
    older = Concat(Value(f"规则改用第{version.number}版阈值，"), said, output_field=CharField())
    why = Coalesce(
        Subquery(exempt.annotate(said=Concat("reason", Value("，不再适用本规则"))).values("said")),
        Case(
            When(
                Exists(candidates.filter(verdict=UNKNOWN)),
                then=Value("现有资料不足，改列为“未知”"),
            ),
            When(rule_version__lt=version.number, then=older),
            default=said,
            output_field=CharField(),
        ),
        Value("该社类别已变更，不再适用本规则"),
        output_field=CharField(),
    )
    return _clear(ended, run, why)


def _retire(rules: Sequence[FlagRule], run: FlagRun) -> int:
    """Close what belongs to rules that no longer exist: nobody can compute it again."""
    ended = Flag.objects.open().exclude(rule__in=[rule.code for rule in rules])
    return _clear(ended, run, Value("该规则已停用"))


def _clear(ended: FlagQuerySet, run: FlagRun, why: Combinable) -> int:
    note = Concat(Value(f"因{run.cause}而解除："), why, output_field=CharField())
    return ended.update(
        state=FlagState.CLEARED,
        cleared_at=run.computed_at,
        cleared_by=Left(note, NOTE_CHARACTERS),
        version=F("version") + 1,
    )
