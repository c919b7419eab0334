"""registry as a Django application."""

from django.apps import AppConfig

from accounts.attachments import register_owner
from accounts.policy import Action


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "合作社名录"

    def ready(self) -> None:
        """Let societies have attachments."""
        register_owner(
            self.get_model("Cooperative"),
            view=Action.VIEW_COOPERATIVE,
            edit=Action.EDIT_COOPERATIVE,
        )
