"""Many clean-up cases at once: who answers for them, by when, why, and on which route each."""

from typing import Any

from django.core.exceptions import ValidationError

from accounts.bulk_acts import MOST_ROWS
from accounts.models import User
from accounts.policy import Action, Reach, reach_of
from registry.cleanup.choices import Route
from registry.forms.cleanup import ChargeForm, people_who_answer


class CasesForm(ChargeForm):
    """What all the cases have in common; the routes stand in the rows of the list."""

    def __init__(self, data: Any, *, user: User, **more: Any) -> None:
        wide = reach_of(user, Action.OPEN_CLEANUP) == Reach.DISTRICT
        people = people_who_answer(None if wide else user.unit_id, wide=wide)
        super().__init__(data, people=people, **more)

    def clean(self) -> dict[str, Any]:
        """At least one society is ticked, and each ticked one has a route."""
        cleaned = super().clean() or self.cleaned_data
        ticked = self.data.getlist("society")[: MOST_ROWS + 1]  # type: ignore[attr-defined]
        routes = {
            int(key): self.data.get(f"route-{key}", "")
            for key in ticked
            if key.isascii() and key.isdigit()
        }
        if not routes:
            raise ValidationError("请至少勾选一家合作社。", code="nobody")
        if not set(routes.values()) <= set(Route.values):
            raise ValidationError("请为每家勾选的合作社选择途径。", code="no-route")
        return {**cleaned, "routes": routes}
