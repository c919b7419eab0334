"""training as a Django application."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

from accounts.attachments import register_owner
from accounts.policy import Action

if TYPE_CHECKING:
    from training.models import Promise, Visit


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "辅导与培训"

    def ready(self) -> None:
        """Let visits and promises have photos and files; tell both to a society's history."""
        from training import bulk_acts, histories  # noqa: PLC0415 - models are not loaded above

        histories.register()
        bulk_acts.register()
        register_owner(
            self.get_model("Visit"),
            view=Action.VIEW_VISIT,
            edit=Action.WRITE_VISIT,
            unless=_visit_is_shut,
        )
        register_owner(
            self.get_model("Promise"),
            view=Action.VIEW_PROMISE,
            edit=Action.WORK_PROMISE,
            unless=_promise_is_shut,
        )


def _visit_is_shut(visit: "Visit") -> str:
    """A locked visit still takes the photos that were announced before both confirmed it."""
    if visit.is_locked and not visit.photos.filter(done_at__isnull=True).exists():
        return "双方已确认，照片不能再增减。"
    return "走访已作废，照片不能再增减。" if visit.state == "void" else ""


def _promise_is_shut(promise: "Promise") -> str:
    return "" if promise.state == "open" else "这项整改已报办结，附件不能再增减。"
