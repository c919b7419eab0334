"""Setting up pilots: a programme, its dates, its phases; what hangs on them is never lost."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common.conflict import EditConflict
from common.row_words import changes_of, words_of
from common.template_tags import day
from common.workflow import TransitionRefused
from pilot.models import Phase, PlanTask, Programme

NAME_TAKEN = "已有同名的试点，请换一个名称。"
PHASE_TAKEN = "这个试点已有同名的阶段，请换一个名称。"
OUTSIDE = "{}不在试点期限（{}至{}）之内，请先修改它的日期，再改试点期限。"
PHASE_OUTSIDE = "阶段的日期须在试点期限之内（{}至{}）。"
BASELINE_OUTSIDE = "基线日期不能晚于试点结束日（{}）。"
IN_USE = "这个试点已有{}，不能删除。试点结束的，不必删除，到期后自动转为往期。"
HEIR_NEEDED = "这个阶段还有 {} 项任务，请选择把它们移到哪个阶段，再删除。"
HEIR_FOREIGN = "任务只能移到同一个试点的其他阶段。"
FACTS = ("name", "level", "batch", "document", "starts_on", "ends_on", "baseline_on")
PHASE_FACTS = ("name", "starts_on", "ends_on", "content")


@transaction.atomic
def create_programme(facts: Mapping[str, Any], *, by: User) -> Programme:
    """Set a pilot up beside those that there are. Raises TransitionRefused for a name in use."""
    _may_edit(by)
    try:
        with transaction.atomic():
            made = Programme.objects.create(**{name: facts[name] for name in FACTS})
    except IntegrityError as known:
        raise TransitionRefused(NAME_TAKEN) from known
    audit.record("programme-created", made, by=by, changes=words_of(made, FACTS))
    return made


@transaction.atomic
def edit_programme(
    programme: Programme, facts: Mapping[str, Any], *, version: int, reason: str, by: User
) -> Programme:
    """Change what a pilot is. Phases, tasks and targets outside of new dates refuse the change.

    Raises EditConflict, TransitionRefused.
    """
    held = _held(programme, by)
    if held.version != version:
        raise EditConflict(held)
    _refuse_what_falls_out(held, facts)
    before = Programme.objects.get(pk=held.pk)
    try:
        with transaction.atomic():
            Programme.objects.filter(pk=held.pk).update(
                **{name: facts[name] for name in FACTS}, version=F("version") + 1
            )
    except IntegrityError as known:
        raise TransitionRefused(NAME_TAKEN) from known
    held.refresh_from_db()
    changes = changes_of(before, held, FACTS)
    audit.record("programme-changed", held, by=by, reason=reason, changes=changes)
    return held


@transaction.atomic
def remove_programme(programme: Programme, *, version: int, reason: str, by: User) -> None:
    """Take a pilot away that was set up by mistake: nothing was planned, frozen or checked for it."""
    held = _held(programme, by)
    if held.version != version:
        raise EditConflict(held)
    for rows, word in (
        (held.editions, "定版"),
        (held.acceptances, "验收核对"),
        (held.archives, "归档"),
        (held.tasks, "任务"),
    ):
        if rows.exists():
            raise TransitionRefused(IN_USE.format(word))
    audit.record("programme-removed", held, by=by, reason=reason, changes=words_of(held, FACTS))
    held.delete()


@transaction.atomic
def create_phase(programme: Programme, facts: Mapping[str, Any], *, by: User) -> Phase:
    """Add a phase within the days of its pilot. Raises TransitionRefused."""
    held = _held(programme, by)
    _refuse_outside(held, facts)
    try:
        with transaction.atomic():
            made = Phase.objects.create(
                programme=held, **{name: facts[name] for name in PHASE_FACTS}
            )
    except IntegrityError as known:
        raise TransitionRefused(PHASE_TAKEN) from known
    audit.record("phase-created", held, by=by, changes=words_of(made, PHASE_FACTS))
    return made


@transaction.atomic
def edit_phase(phase: Phase, facts: Mapping[str, Any], *, version: int, by: User) -> Phase:
    """Change a phase; its tasks keep their days. Raises EditConflict, TransitionRefused."""
    held = _held(phase.programme, by)
    before = Phase.objects.get(pk=phase.pk)
    if before.version != version:
        raise EditConflict(before)
    _refuse_outside(held, facts)
    try:
        with transaction.atomic():
            Phase.objects.filter(pk=phase.pk).update(
                **{name: facts[name] for name in PHASE_FACTS}, version=F("version") + 1
            )
    except IntegrityError as known:
        raise TransitionRefused(PHASE_TAKEN) from known
    fresh = Phase.objects.get(pk=phase.pk)
    changes = {"阶段": fresh.name, **changes_of(before, fresh, PHASE_FACTS)}
    audit.record("phase-changed", held, by=by, changes=changes)
    return fresh


@transaction.atomic
def remove_phase(phase: Phase, heir: Phase | None, *, version: int, reason: str, by: User) -> int:
    """Take a phase away and move its tasks to another one of the pilot; return how many moved.

    Raises TransitionRefused when it has tasks and no heir, EditConflict.
    """
    held = _held(phase.programme, by)
    fresh = Phase.objects.filter(pk=phase.pk).first()
    if fresh is None or fresh.version != version:
        raise EditConflict(fresh or phase)
    if heir is not None and (heir.programme_id != held.pk or heir.pk == fresh.pk):
        raise TransitionRefused(HEIR_FOREIGN)
    number = fresh.tasks.count()
    if number and heir is None:
        raise TransitionRefused(HEIR_NEEDED.format(number))
    fresh.tasks.update(phase=heir, version=F("version") + 1)
    moved = {"任务移到": f"{heir}（{number} 项）"} if heir and number else {}
    words = {**words_of(fresh, PHASE_FACTS), **moved}
    audit.record("phase-removed", held, by=by, reason=reason, changes=words)
    fresh.delete()
    return number


def _refuse_what_falls_out(programme: Programme, facts: Mapping[str, Any]) -> None:
    """Refuse new dates that would leave a phase, a task or a target outside of the pilot."""
    first, last = facts["starts_on"], facts["ends_on"]
    if facts["baseline_on"] and facts["baseline_on"] > last:
        raise TransitionRefused(BASELINE_OUTSIDE.format(day(last)))
    early, late = Q(starts_on__lt=first), Q(ends_on__gt=last)
    for found, word in (
        (programme.phases.filter(early | late).first(), "阶段"),
        (
            PlanTask.objects.filter(programme=programme)
            .filter(Q(start_on__lt=first) | Q(due_on__gt=last))
            .order_by("start_on", "pk")
            .first(),
            "任务",
        ),
        (programme.targets.filter(early | Q(due_on__gt=last)).first(), "目标"),
    ):
        if found is not None:
            named = f"{word}“{found}”"
            raise TransitionRefused(OUTSIDE.format(named, day(first), day(last)))


def _refuse_outside(programme: Programme, facts: Mapping[str, Any]) -> None:
    if not programme.starts_on <= facts["starts_on"] <= facts["ends_on"] <= programme.ends_on:
        first, last = day(programme.starts_on), day(programme.ends_on)
        raise TransitionRefused(PHASE_OUTSIDE.format(first, last))


def _may_edit(by: User) -> None:
    if not may(by, Action.EDIT_PROGRAMME):
        raise PermissionDenied(Action.EDIT_PROGRAMME)


def _held(programme: Programme, by: User) -> Programme:
    """Return the pilot as it stands, locked, if this person may edit it."""
    _may_edit(by)
    reach = Programme.objects.permitted(by, Action.EDIT_PROGRAMME)
    fresh = reach.select_for_update(of=("self",)).filter(pk=programme.pk).first()
    if fresh is None:
        raise EditConflict(programme)
    return fresh
