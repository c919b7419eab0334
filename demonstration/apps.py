"""demonstration as a Django application."""

from django.apps import AppConfig

from accounts.attachments import register_owner
from accounts.policy import Action


class DemonstrationConfig(AppConfig):
    name = "demonstration"
    verbose_name = "示范创建"

    def ready(self) -> None:
        """Say which rows may have files, what a society's page and history tell, what rules touch."""
        from demonstration import (  # noqa: PLC0415 - models are not loaded above
            blocks,
            concerns,
            histories,
            ownership,
        )

        concerns.register_concerns()
        histories.register()
        blocks.register()

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
        register_owner(
            self.get_model("InnovationEntry"),
            view=Action.VIEW_INNOVATION,
            edit=Action.EDIT_INNOVATION,
            unless=ownership.innovation_is_taken_back,
        )
