"""What pages of meetings, minutes and decisions share: a step upon the version that was seen."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.policy import may
from common.conflict import EditConflict
from common.workflow import Workflow
from demonstration.views.acts import incomplete, perform


def step(
    request: SignedInRequest,
    subject: Any,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    back: str,
    form: Any = None,
) -> HttpResponse:
    """Do one step if the page showed the row as it stands; else say so and go back.

    `act` gets what was typed; `form` is bound and has a `version`, a StepForm by default.
    """
    bound = form if form is not None else StepForm(request.POST)
    if not bound.is_valid():
        return incomplete(request, bound, back=back)
    asked = bound.cleaned_data

    def upon_the_same() -> None:
        if asked["version"] != subject.version:
            raise EditConflict(subject)
        act(asked)

    return perform(request, upon_the_same, done=done, back=back)


def buttons(flow: Workflow, subject: Any, user: Any) -> dict[str, dict[str, str]]:
    """Return the steps that leave the state and that this user may take, by target.

    Each has `label` and `refusal`: why it cannot be taken now, or "".
    """
    return {
        str(arrow.target): {"label": arrow.label, "refusal": arrow.unless(subject)}
        for arrow in flow.leaving(getattr(subject, flow.field))
        if may(user, arrow.action)
    }


def steps_of(words: list[tuple[str, str]], current: str) -> list[dict[str, str]]:
    """Return the bar of steps: [(state, word)] in order, up to the current one; the last is done."""
    order = [state for state, _ in words]
    here = order.index(current) if current in order else -1
    here += here == len(order) - 1
    return [
        {
            "label": word,
            "state": "done" if place < here else "current" if place == here else "todo",
        }
        for place, (_, word) in enumerate(words)
    ]
