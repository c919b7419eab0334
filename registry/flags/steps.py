"""Where the verification of a suspicion stands, and which steps a person can take now."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.policy import Action
from common.template_tags import day
from registry.choices import FlagState
from registry.flags.workflows import FLAG
from registry.models import Flag

# Which page each right to move a suspicion on leads to.
PAGES = {
    Action.ASSIGN_FLAG.value: "registry:flag-assign",
    Action.VERIFY_FLAG.value: "registry:flag-verify",
}


def steps_of(flag: Flag) -> list[dict[str, str]]:
    """Return the three steps of a verification, for the step bar."""
    state = FlagState(flag.state)
    found = {"label": "疑似", "state": "done", "note": day(flag.opened_at)}
    checking = {"label": "核实", "state": "todo", "note": ""}
    ended = {"label": "结论", "state": "todo", "note": ""}
    match state:
        case FlagState.SUSPECTED:
            found["state"] = "current"
        case FlagState.CHECKING:
            checking |= {"state": "current", "note": f"{day(flag.due_on)}前"}
        case FlagState.DEFERRED:
            checking |= {"state": "held", "note": f"暂缓至{day(flag.deferred_until)}"}
        case _:
            checking["state"] = "done"
            ended |= {"state": "done", "label": state.label, "note": day(flag.decided_at)}
    return [found, checking, ended]


def acts_on(flag: Flag, user: User) -> list[dict[str, Any]]:
    """Return the buttons: the arrows that leave the state, for the rights that reach this row.

    Conclusions and deferral share the page on which they are decided.
    """
    acts: dict[str, dict[str, Any]] = {}
    for arrow in FLAG.leaving(flag.state):
        if not Flag.objects.permitted(user, arrow.action).filter(pk=flag.pk).exists():
            continue
        several = arrow.action == Action.VERIFY_FLAG and flag.state == FlagState.CHECKING
        label = "去核实" if several else arrow.label
        url = reverse(PAGES[arrow.action], args=[flag.pk])
        acts.setdefault(
            label,
            {"label": label, "url": url, "main": several or arrow.source == FlagState.SUSPECTED},
        )
    return list(acts.values())


def case_url(flag: Flag, user: User) -> str:
    """Return where a clean-up case is opened on a suspicion found true; "" where it cannot be."""
    reach = Flag.objects.permitted(user, Action.OPEN_CLEANUP)
    if flag.state != FlagState.CONFIRMED or not reach.filter(pk=flag.pk).exists():
        return ""
    return f"{reverse('registry:cleanup-create', args=[flag.cooperative.code])}?flag={flag.pk}"
