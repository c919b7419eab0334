"""Promises: made, kept with proof, confirmed by a second person when grave."""

from typing import Any

from django.db import transaction

from accounts.models import Attachment, User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from registry.models import Cooperative
from training.choices import PromiseState
from training.models import Promise
from training.workflows import PROMISE

NO_WORDS = "请用一句话写明怎么办好的。"
NO_PROOF = "重大事项办结须先上传照片或文件作为依据。"
NOT_ONESELF = "重大事项须由另一人复核，不能复核自己报办结的事项。"
PAST = "期限不能早于今天，请核对。"


@transaction.atomic
def make_promise(cooperative: Cooperative, facts: dict[str, Any], *, by: User) -> Promise:
    """Note a promise outside a visit. `facts`: text, kind, owner, due_on, grave."""
    if facts["due_on"] < clock.today():
        raise TransitionRefused(PAST)
    made = Promise.objects.create(cooperative=cooperative, made_by=by, **facts)
    audit.record("promise-made", made, by=by)
    return made


@transaction.atomic
def keep_promise(promise: Promise, outcome: str, *, by: User) -> None:
    """Say that a promise was kept, with how; a grave one needs a file and waits for a second person."""
    if len(outcome.strip()) < 2:
        raise TransitionRefused(NO_WORDS)
    if promise.grave and not Attachment.objects.of(promise).exists():
        raise TransitionRefused(NO_PROOF)
    target = PromiseState.TO_CONFIRM if promise.grave else PromiseState.CLOSED
    advance(
        PROMISE,
        promise,
        target,
        by=by,
        outcome=outcome.strip(),
        closed_by=by,
        closed_at=clock.now(),
    )


@transaction.atomic
def confirm_promise(promise: Promise, *, by: User) -> None:
    """A second person agrees that a grave promise was kept."""
    if promise.closed_by_id == by.pk:
        raise TransitionRefused(NOT_ONESELF)
    advance(PROMISE, promise, PromiseState.CLOSED, by=by, confirmed_by=by)


@transaction.atomic
def return_promise(promise: Promise, reason: str, *, by: User) -> None:
    """A second person finds that it was not kept: it is open again."""
    advance(PROMISE, promise, PromiseState.OPEN, by=by, reason=reason)


@transaction.atomic
def cancel_promise(promise: Promise, reason: str, *, by: User) -> None:
    """A promise no longer makes sense; the reason stays in the trail."""
    advance(PROMISE, promise, PromiseState.CANCELLED, by=by, reason=reason)


def may_work(promise: Promise, user: User) -> bool:
    """Tell whether this person may say that a promise was kept."""
    reach = Promise.objects.permitted(user, Action.WORK_PROMISE)
    return promise.state == PromiseState.OPEN and reach.filter(pk=promise.pk).exists()
