"""demonstration as a Django application."""

from django.apps import AppConfig

from accounts.attachments import register_owner
from accounts.policy import Action


class DemonstrationConfig(AppConfig):
    name = "demonstration"
    verbose_name = "示范创建"

    def ready(self) -> None:
        """Say which rows may have files and papers, their histories, what a rehearsal may touch."""
        from demonstration import (  # noqa: PLC0415 - models are not loaded above
            concerns,
            histories,
            ownership,
        )

        concerns.register_concerns()
        histories.register()

        register_owner(
            self.get_model("DemonstrationTitle"), view=Action.VIEW_TITLE, edit=Action.EDIT_TITLE
        )
        register_owner(
            self.get_model("RatingApplication"),
            view=Action.VIEW_APPLICATION,
            edit=Action.APPLY_TITLE,
            unless=ownership.application_is_closed,
        )
        register_owner(
            self.get_model("MonitoringCase"),
            view=Action.VIEW_MONITORING,
            edit=Action.ATTACH_MONITORING,
            unless=ownership.case_is_closed,
        )
        register_owner(
            self.get_model("CultivationPlan"),
            view=Action.VIEW_PLAN,
            edit=Action.EDIT_PLAN,
            unless=ownership.plan_is_closed,
        )
