"""Doing something to many rows in one transaction with one event, and taking it back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.bulk_acts import MOST_ROWS, BulkAct, Making, Plan, Step, act_of
from accounts.models import AuditEvent, User
from accounts.operations import audit
from accounts.operations.transitions import why_not
from accounts.policy import may
from common import locks
from common.workflow import TransitionRefused

DONE, TAKEN_BACK = "many-done", "many-taken-back"
_LOOKED_THROUGH = 200  # events in which the last acts are looked for
_TOO_MANY = f"一次最多办理 {MOST_ROWS} 条，请缩小范围后分次办理。"


@dataclass
class Outcome:
    """What one act has done: which rows it has written, and who was left out with the reason."""

    number: int = 0
    rows: Sequence[Any] = ()
    left: list[tuple[str, str]] = field(default_factory=list)
    out_of_reach: int = 0

    def left_out(self) -> list[str]:
        """Return in words who was left out; who is out of reach has no name here."""
        named = [f"{name}（{why.rstrip('。')}）" for name, why in self.left]
        return named + ["一条不在您工作范围内的记录"] * self.out_of_reach


@dataclass(frozen=True)
class Sorted:
    """The rows that an act reaches, and who is left out with the reason."""

    ready: list[Any]
    left: list[tuple[str, str]]


def sort_rows(act: BulkAct, keys: Iterable[int], by: User) -> Sorted:
    """Return who an act on these rows would reach and who not. Rows out of reach are not told of."""
    rows = list(act.reach(by).filter(pk__in=list(keys)[:MOST_ROWS]).order_by("pk"))
    return _sorted(act, rows, by)


def _sorted(act: BulkAct, rows: Sequence[Any], by: User) -> Sorted:
    stopped = _stopped(act.moves, rows, by) if act.moves else {}
    why = {row.pk: stopped.get(row.pk, "") or act.barred(row) for row in rows}
    return Sorted(
        [row for row in rows if not why[row.pk]],
        [(act.name(row), why[row.pk]) for row in rows if why[row.pk]],
    )


def _stopped(step: Step, rows: Sequence[Any], by: User) -> dict[Any, str]:
    return why_not(step.flow, rows, step.target, sources=step.sources, by=by)


@transaction.atomic
def do_to_many(
    act: BulkAct, keys: Sequence[int], facts: Mapping[str, Any], *, reason: str, by: User
) -> Outcome:
    """Do an act to each of these rows that may be reached, in one transaction with one event.

    A row that stands elsewhere by now, or that its flow does not let go, is left out and told with
    its reason: the same act sent twice does nothing the second time. A fixed number of statements.
    Raises TransitionRefused for a missing reason or too many rows, PermissionDenied without the
    right.
    """
    if not may(by, act.action):
        raise PermissionDenied(act.action)
    if not reason.strip():
        raise TransitionRefused("请写明理由。")
    if len(keys) > MOST_ROWS:
        raise TransitionRefused(_TOO_MANY)
    if act.lock:
        locks.hold(act.lock)
    held = act.reach(by).filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    rows = list(held)
    found = _sorted(act, rows, by)
    facts = {**facts, "reason": reason.strip()}
    plan = act.plan(found.ready, facts, by)
    outcome = Outcome(left=[*found.left, *plan.left], out_of_reach=len(set(keys)) - len(rows))
    chosen = [row for row in found.ready if row.pk in plan.changes]
    if not chosen:
        return outcome
    former = {str(row.pk): _values(row, act.fields) for row in chosen}
    if act.makes:
        written: Sequence[Any] = act.makes.make(chosen, plan.changes, facts, by)
    else:
        written = _changed(act, chosen, plan)
    outcome.number, outcome.rows = len(written), written
    audit.record(
        DONE,
        by=by,
        reason=reason.strip(),
        act=act.key,
        bulk=act.title,
        number=len(written),
        items=[row.pk for row in written],
        versions=[row.version for row in written],
        kept={} if act.makes else former,
        **act.noted(written, facts),
    )
    act.after(written, facts, by)
    return outcome


def _changed(act: BulkAct, rows: Sequence[Any], plan: Plan) -> Sequence[Any]:
    """Write the planned values and the state that the step leads to."""
    names = {name for row in rows for name in plan.changes[row.pk]}
    for row in rows:
        for name, value in plan.changes[row.pk].items():
            setattr(row, name, value)
        row.version += 1
    if act.moves:
        names.add(act.moves.flow.field)
        _move(act.moves, rows)
    _save(rows, names)
    return rows


def _move(step: Step, rows: Sequence[Any]) -> None:
    for row in rows:
        setattr(row, step.flow.field, step.target)


def _save(rows: Sequence[Any], names: Iterable[str]) -> None:
    model = type(rows[0])
    model._default_manager.bulk_update(rows, [*sorted(names), "version"], batch_size=100)


@transaction.atomic
def take_back(event: AuditEvent, *, reason: str, by: User) -> int:
    """Put back what one act has changed, while nothing was done to any of its rows; return how many.

    What an act has written new is ended along its flow and stays on record. Raises PermissionDenied
    out of reach, TransitionRefused when one row was touched since or the act was taken back before.
    """
    act = act_of(str(event.detail.get("act", "")))
    if event.action != DONE or act is None or not may(by, act.right_to_take_back):
        raise PermissionDenied(DONE)
    if not reason.strip():
        raise TransitionRefused("请写明撤销理由。")
    if act.lock:
        locks.hold(act.lock)
    keys: list[int] = event.detail["items"]
    versions = dict(zip(keys, event.detail["versions"], strict=True))
    reach = act.makes.reach(by) if act.makes else act.reach(by)
    held = reach.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    worked = act.touched(keys)
    rows = [row for row in held if row.version == versions[row.pk] and row.pk not in worked]
    if len(rows) < len(keys):
        left = len(keys) - len(rows)
        raise TransitionRefused(f"其中 {left} 条之后已有办理或改动，不能整批撤销。请逐条处理。")
    present = {str(row.pk): _values(row, act.fields) for row in rows}
    if act.makes:
        _end(act.makes, rows, by)
    else:
        _put_back(act, rows, event.detail["kept"])
    audit.record(
        TAKEN_BACK,
        by=by,
        reason=reason.strip(),
        act=act.key,
        bulk=act.title,
        number=len(rows),
        items=keys,
        event=event.sequence,
    )
    act.undone(rows, present, by)
    return len(rows)


def _put_back(act: BulkAct, rows: Sequence[Any], former: Mapping[str, Any]) -> None:
    names = {*act.fields, *([act.moves.flow.field] if act.moves else ())}
    for row in rows:
        for name, value in former[str(row.pk)].items():
            found: Any = row._meta.get_field(name)
            setattr(row, found.attname, found.to_python(value))
        row.version += 1
    _save(rows, names)


def _end(making: Making, rows: Sequence[Any], by: User) -> None:
    """End what was written, if the flow lets every row go."""
    if stopped := [why for why in _stopped(making.back, rows, by).values() if why]:
        raise TransitionRefused(f"其中 {len(stopped)} 条不能撤销：{stopped[0]}")
    closing = making.closing()
    for row in rows:
        for name, value in closing.items():
            setattr(row, name, value)
        row.version += 1
    _move(making.back, rows)
    _save(rows, {*closing, making.back.flow.field})


def acts_done(act: BulkAct, by: User) -> "models.QuerySet[AuditEvent]":
    """Return the events that a person may take back: one's own; of what was written new, anybody's."""
    events = AuditEvent.objects.filter(action=DONE)
    return events if act.makes else events.filter(actor=by)


def acts_to_take_back(act: BulkAct, by: User, most: int) -> list[AuditEvent]:
    """Return the last acts of a kind that a person may take back and nobody has, newest first."""
    if not may(by, act.right_to_take_back):
        return []
    events = acts_done(act, by) | AuditEvent.objects.filter(action=TAKEN_BACK)
    last = list(events.order_by("-sequence")[:_LOOKED_THROUGH])
    taken = {each.detail.get("event") for each in last if each.action == TAKEN_BACK}
    done = [
        each
        for each in last
        if each.action == DONE and each.detail.get("act") == act.key and each.sequence not in taken
    ]
    return done[:most]


def _values(row: models.Model, names: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {name: row._meta.get_field(name) for name in names}
    return {name: getattr(row, each.attname) for name, each in found.items()}
