"""registry as a Django application."""

from typing import Any

from django.apps import AppConfig

from accounts.attachments import register_owner
from accounts.policy import Action


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "合作社名录"

    def ready(self) -> None:
        """Let societies, suspicions and answers have attachments."""
        register_owner(
            self.get_model("Cooperative"),
            view=Action.VIEW_COOPERATIVE,
            edit=Action.EDIT_COOPERATIVE,
        )
        register_owner(
            self.get_model("Flag"),
            view=Action.VIEW_FLAG,
            edit=Action.VERIFY_FLAG,
            unless=_not_in_hand,
        )
        register_owner(
            self.get_model("FlagAnswer"), view=Action.VIEW_MATTER, edit=Action.ANSWER_MATTER
        )


def _not_in_hand(flag: Any) -> str:
    return "" if flag.state == "checking" else "这条线索不在核实中，不能增减证明材料。"
