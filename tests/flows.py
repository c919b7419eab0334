"""What becomes of the steps of a flow: one step tried, and every step from every state as everybody."""

import itertools
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.choices import Role
from accounts.operations.transitions import advance
from accounts.policy import GRANTS, Action
from common.workflow import TransitionRefused, Workflow


def outcome(flow: Workflow, row: models.Model, target: str, person: Any, **facts: Any) -> str:
    """Try one step and take it back; return moved, refused (in a sentence) or forbidden."""
    with transaction.atomic():
        try:
            advance(flow, row, target, by=person, reason="写明的理由", **facts)
            answer = "moved"
        except PermissionDenied:
            answer = "forbidden"
        except TransitionRefused as refusal:
            answer = "refused" if str(refusal).endswith("。") else str(refusal)
        transaction.set_rollback(True)
    return answer


def walk(
    flow: Workflow,
    states: Iterable[str],
    row: models.Model,
    cast: Any,
    *,
    allowed: Collection[str] = ("moved",),
    stand: Callable[[str], dict[str, Any]] = lambda _state: {},
    facts: Callable[[str], dict[str, Any]] = lambda _target: {},
) -> None:
    """Try every step from every state as everybody: what the table does not allow is refused.

    `allowed` is what may come of a step that the table allows to this role. `stand` is what the row
    needs beside a state to stand in it, `facts` what a step to a target brings along.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    for source, target in itertools.product(states, states):
        rows.update(state=source, **stand(source))
        arrow = next((a for a in flow.leaving(source) if a.target == target), None)
        for role in Role:
            answer = outcome(flow, rows.get(), target, cast.of(role), **facts(target))
            if arrow is None:
                expected: Collection[str] = ("refused",)
            elif role not in GRANTS[Action(arrow.action)]:
                expected = ("forbidden",)
            else:
                expected = allowed
            assert answer in expected, f"{source}→{target} as {role}: {answer}"
        assert rows.values_list("state", flat=True).get() == source
