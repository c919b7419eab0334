"""pilot as a Django application."""

from django.apps import AppConfig

from accounts.attachments import register_owner
from accounts.policy import Action


class PilotConfig(AppConfig):
    name = "pilot"
    verbose_name = "整县推进试点"

    def ready(self) -> None:
        """Say which rows may have files."""
        from pilot import ownership  # noqa: PLC0415 - models are not loaded above

        register_owner(
            self.get_model("TaskPart"),
            view=Action.VIEW_WORK_PLAN,
            edit=Action.REPORT_TASK,
            unless=ownership.part_is_confirmed,
        )
