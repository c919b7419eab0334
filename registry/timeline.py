"""What happened to a society, the latest first: every change with before, after, who and why."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from accounts import deeds
from accounts.models import AuditEvent
from accounts.policy import Action
from common import clock
from registry.choices import JobState, RowOutcome
from registry.differences import Difference
from registry.models import Cooperative, CooperativeVersion, Flag, GoneNotice
from registry.provenance import Provenance
from registry.wording import label_of, value_in_words

REGISTRATION, CORRECTION, DELIVERY, FLAG, ACT = (
    "registration",
    "correction",
    "delivery",
    "flag",
    "act",
)
KINDS = {
    REGISTRATION: "登记变动",
    CORRECTION: "人工更正",
    DELIVERY: "报送情况",
    FLAG: "疑似问题",
    ACT: "其他操作",
}
# These acts leave a version, which says more.
_TOLD_BY_VERSIONS = (Action.EDIT_COOPERATIVE, Action.RESOLVE_ADDRESS)
_MOST_ACTS = 100


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `true_from` is the business day where it differs from the notice."""

    at: dt.datetime
    kind: str
    title: str
    who: str = ""
    reason: str = ""
    changes: list[Difference] = field(default_factory=list)
    true_from: dt.date | None = None
    delivery_id: int | None = None
    ordinal: int | None = None
    url: str = ""  # the page that says more, for entries of other rooms
    whole_day: bool = False  # only the day is known
    internal: bool = False  # never shown to the society


def entries_of(
    provenance: Provenance, *, flags: Iterable[Flag] = (), with_acts: bool = False
) -> list[Entry]:
    """Return everything that happened, the latest first."""
    society = provenance.cooperative
    found = [*_changes(provenance.versions), *_appearances(provenance), *_absences(society)]
    found += _suspicions(flags)
    if with_acts:
        found += _acts(society)
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _changes(versions: list[CooperativeVersion]) -> Iterator[Entry]:
    """One entry for each time the present facts were set; the rewritten past says nothing new."""
    replaced = {v.known_to: v for v in versions if v.known_to and v.true_to is None}
    for version in reversed(versions):
        if version.true_to is not None:
            continue
        before = replaced.get(version.known_from)
        yield _undo(version, before) if version.restored else _change(version, before)


def _undo(version: CooperativeVersion, undone: CooperativeVersion | None) -> Entry:
    said = f"：{undone.delivery}" if undone is not None and undone.delivery else ""
    return Entry(
        version.known_from,
        DELIVERY,
        f"撤销入库{said}，恢复为此前的内容",
        delivery_id=undone.delivery_id if undone else None,
    )


def _change(version: CooperativeVersion, before: CooperativeVersion | None) -> Entry:
    fields = version.changed if before else []
    changes = [
        Difference(
            name,
            label_of(name),
            value_in_words(name, getattr(before, name)),
            value_in_words(name, getattr(version, name)),
        )
        for name in fields
    ]
    by_hand = version.changed_by_id is not None
    if by_hand:
        title = "住所判定" if fields == ["township"] else "人工更正"
    elif before is None:
        title = f"进入名录：{version.delivery or '来源未记录'}"
    else:
        title = f"登记变动：{version.delivery}"
    return Entry(
        at=version.known_from,
        kind=CORRECTION if by_hand else REGISTRATION,
        title=title,
        who=str(version.changed_by) if by_hand else "",
        reason=version.reason,
        changes=changes,
        true_from=version.true_from,
        delivery_id=version.delivery_id,
        ordinal=version.row.ordinal if version.row else None,
    )


def _appearances(provenance: Provenance) -> Iterator[Entry]:
    for row in provenance.rows:
        if row.outcome == RowOutcome.UNCHANGED and row.delivery.job.committed_at:
            yield Entry(
                row.delivery.job.committed_at,
                DELIVERY,
                f"登记信息无变动：{row.delivery}",
                delivery_id=row.delivery_id,
                ordinal=row.ordinal,
            )


def _absences(society: Cooperative) -> Iterator[Entry]:
    notices = GoneNotice.objects.filter(
        cooperative=society, delivery__job__state=JobState.COMMITTED
    ).select_related("delivery__job")
    for notice in notices:
        if notice.delivery.job.committed_at:
            yield Entry(
                notice.delivery.job.committed_at,
                DELIVERY,
                f"名单未见：{notice.delivery}没有列出这家合作社",
                reason="只作提示，不据此认定已注销。",
                delivery_id=notice.delivery_id,
            )


def _suspicions(flags: Iterable[Flag]) -> Iterator[Entry]:
    for flag in flags:
        words = f"{flag.get_label_display()}（规则 {flag.rule}）"
        yield Entry(flag.opened_at, FLAG, f"发现疑似问题：{words}")
        if flag.decided_at and flag.decided_by:
            yield Entry(
                flag.decided_at,
                FLAG,
                f"疑似问题核实{flag.get_state_display()}：{words}",
                who=str(flag.decided_by),
                reason=flag.conclusion,
            )
        if flag.cleared_at:
            yield Entry(flag.cleared_at, FLAG, f"疑似问题解除：{words}", reason=flag.cleared_by)


def _acts(society: Cooperative) -> Iterator[Entry]:
    acts = AuditEvent.objects.about(society).exclude(action__in=_TOLD_BY_VERSIONS)
    for act in acts[:_MOST_ACTS]:
        title = deeds.deed(act.action)
        yield Entry(
            act.at.astimezone(clock.SHANGHAI),
            ACT,
            title,
            act.actor_name,
            act.reason,
            internal=True,
        )
