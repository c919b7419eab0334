"""Acts on many rows of a list at once: who is reached, who is left out and why, taken back later.

A part of the house says of each act what it does to a row, or what it writes for each row; the
page, the preview, the one transaction with its one event, and the way back are the same for all.
A state moves only along the arrows of its flow.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.policy import Action, may
from common.workflow import Workflow

MOST_ROWS = 200
Row = Any
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """The arrows of a flow that rows are moved along: from any of `sources` to `target`.

    Raises TransitionRefused for an arrow that the flow does not have, when the act is written down.
    """

    flow: Workflow
    sources: tuple[str, ...]
    target: str

    def __post_init__(self) -> None:
        for source in self.sources:
            self.flow.find(source, self.target)


@dataclass(frozen=True)
class Plan:
    """What becomes of rows: new values by key; and who is left out at this choice, with the reason.

    The state is not among the values: the act's step sets it. Of an act that writes new rows the
    values are those of the row written for each.
    """

    changes: Mapping[int, Mapping[str, Any]]
    left: Sequence[tuple[str, str]] = ()


def _nobody(rows: Sequence[Row], facts: Facts, by: User) -> None:
    del rows, facts, by


def _fits(row: Row) -> str:
    del row
    return ""


def _nothing(rows: Sequence[Row], facts: Facts) -> dict[str, Any]:
    del rows, facts
    return {}


def _none(keys: Collection[int]) -> set[int]:
    del keys
    return set()


@dataclass(frozen=True)
class Making:
    """New rows, one for each that is chosen; taken back by moving what was written to an end.

    `make` gets the chosen rows, the values of the plan, the facts and who acts; it returns what was
    written. `reach` holds the written rows for who has the `right` to take them back, whoever wrote
    them; `back` is the step that ends them, with the values of `closing`.
    """

    make: Callable[[Sequence[Row], Mapping[int, Facts], Facts, User], Sequence[Model]]
    reach: Callable[[User], QuerySet[Any, Any]]
    right: Action
    back: Step
    closing: Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class BulkAct:
    """One act. `reach` holds the rows that a person may do it to, as the page joins them.

    `name` and `note` tell a row from others; `moves` is the step of the rows' flow, whose rights
    and guards are asked of every row; `barred` says why a row is left out besides, "" when it is
    not; `plan` gives the new values for what the form asks; `fields` are put back by taking back.
    `after` tells people and writes beside the rows; `undone` cleans up what `after` wrote and gets
    the values that were taken back, by the key as text; `makes` is for acts that write new rows;
    `touched` finds the rows to which something was done that does not show in their version.
    `page` is the act's own page, for one whose form stands in the rows; `lock` serialises it with
    others; `told` is said after taking back.
    """

    key: str
    title: str
    lead: str
    button: str
    list_page: str
    action: Action
    reach: Callable[[User], QuerySet[Any, Any]]
    name: Callable[[Row], str]
    note: Callable[[Row], str]
    form: Callable[[Any, User], forms.Form]
    plan: Callable[[Sequence[Row], Facts, User], Plan]
    fields: tuple[str, ...] = ()
    moves: Step | None = None
    barred: Callable[[Row], str] = _fits
    after: Callable[[Sequence[Row], Facts, User], None] = _nobody
    undone: Callable[[Sequence[Row], Facts, User], None] = _nobody
    touched: Callable[[Collection[int]], set[int]] = _none
    noted: Callable[[Sequence[Row], Facts], dict[str, Any]] = _nothing
    makes: Making | None = None
    page: str = ""
    lock: str = ""
    told: str = "已撤销，{number} 条恢复到办理以前。"

    @property
    def url(self) -> str:
        """The address of the page on which it is done."""
        return reverse(self.page) if self.page else reverse("accounts:bulk-act", args=[self.key])

    @property
    def right_to_take_back(self) -> Action:
        """Which right taking back asks for."""
        return self.makes.right if self.makes else self.action


_ACTS: dict[str, BulkAct] = {}


def register_act(act: BulkAct) -> None:
    """Let an act be done from its list."""
    _ACTS[act.key] = act


def act_of(key: str) -> BulkAct | None:
    """Return an act by its key."""
    return _ACTS.get(key)


def every_act() -> list[BulkAct]:
    """Return all acts."""
    return list(_ACTS.values())


def may_do(user: Any, key: str) -> bool:
    """Tell whether a person may do an act at all."""
    act = _ACTS.get(key)
    return act is not None and may(user, act.action)
