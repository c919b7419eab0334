"""liaison as a Django application."""

from django.apps import AppConfig

from accounts.attachments import register_owner
from accounts.policy import Action


class LiaisonConfig(AppConfig):
    name = "liaison"
    verbose_name = "联席协调"

    def ready(self) -> None:
        """Say which rows may have files: decisions, minutes, follow-ups of sponsors."""
        from liaison import ownership  # noqa: PLC0415 - models are not loaded above

        register_owner(
            self.get_model("Decision"),
            view=Action.VIEW_DECISION,
            edit=Action.WORK_DECISION,
            unless=ownership.decision_is_over,
        )
        register_owner(
            self.get_model("Minutes"),
            view=Action.VIEW_MEETING,
            edit=Action.MANAGE_MEETING,
            unless=ownership.minutes_are_locked,
        )
        register_owner(
            self.get_model("SponsorFollowUp"),
            view=Action.VIEW_SPONSORSHIP,
            edit=Action.FOLLOW_SPONSORSHIP,
            unless=ownership.sponsorship_is_over,
        )
