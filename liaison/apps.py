"""liaison as a Django application."""

from django.apps import AppConfig

from accounts.attachments import register_owner
from accounts.policy import Action


class LiaisonConfig(AppConfig):
    name = "liaison"
    verbose_name = "联席协调"

    def ready(self) -> None:
        """Say which rows may have files, and what stands on a society's page."""
        from liaison import blocks, ownership  # noqa: PLC0415 - models are not loaded above

        blocks.register()
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
            self.get_model("PaperAnswer"),
            view=Action.VIEW_MEETING,
            edit=Action.RECORD_CONSENT,
            unless=ownership.paper_is_settled,
        )
        register_owner(
            self.get_model("SponsorFollowUp"),
            view=Action.VIEW_SPONSORSHIP,
            edit=Action.FOLLOW_SPONSORSHIP,
            unless=ownership.sponsorship_is_over,
        )
        register_owner(
            self.get_model("HelpRequest"),
            view=Action.VIEW_HELP,
            edit=Action.WORK_HELP,
            unless=ownership.help_is_over,
        )
        register_owner(
            self.get_model("LibraryDocument"),
            view=Action.VIEW_DOCUMENT,
            edit=Action.MANAGE_DOCUMENT,
            unless=ownership.document_is_down,
        )
        register_owner(
            self.get_model("Exemplar"),
            view=Action.VIEW_EXEMPLAR,
            edit=Action.WRITE_EXEMPLAR,
            unless=ownership.exemplar_is_locked,
        )
        register_owner(
            self.get_model("FundWatch"),
            view=Action.VIEW_FUND_WATCH,
            edit=Action.HANDLE_FUND_WATCH,
            unless=ownership.watch_has_no_letter,
        )
        register_owner(
            self.get_model("UpwardLine"),
            view=Action.VIEW_UPWARD,
            edit=Action.MANAGE_UPWARD,
            unless=ownership.upward_is_withdrawn,
        )
