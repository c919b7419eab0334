"""registry as a Django application."""

from typing import Any

from django.apps import AppConfig

from accounts.attachments import register_owner
from accounts.policy import Action


def _report_is_sent(report: Any) -> str:
    if report.state in {"draft", "returned", "awaiting"}:
        return ""
    return "报告已经提交，附件不能再增减。需要改动请先撤回或更正。"


def _stands_for_ever(_version: Any) -> str:
    return "已提交、已签发的不能再增减附件。"


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "合作社名录"

    def ready(self) -> None:
        """Let societies, suspicions, answers, reports and clean-up cases have files and papers."""
        from registry import histories  # noqa: PLC0415 - models are not loaded above

        histories.register()
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
        register_owner(
            self.get_model("SurveyRecord"),
            view=Action.VIEW_SURVEY,
            edit=Action.RECORD_SURVEY,
            unless=_survey_is_closed,
        )
        register_owner(
            self.get_model("AnnualReport"),
            view=Action.VIEW_REPORT,
            edit=Action.FILL_REPORT,
            unless=_report_is_sent,
        )
        register_owner(
            self.get_model("RosterCertificate"),
            view=Action.VIEW_CERTIFICATE,
            edit=Action.ISSUE_CERTIFICATE,
            unless=_stands_for_ever,
        )
        register_owner(
            self.get_model("ReportVersion"),
            view=Action.VIEW_REPORT,
            edit=Action.SUBMIT_REPORT,
            unless=_stands_for_ever,
        )
        for model, edit in (
            ("CleanupCase", Action.WORK_CLEANUP),
            ("CaseStep", Action.TAKE_STEP),
            ("RectificationTask", Action.WORK_CLEANUP),
        ):
            register_owner(
                self.get_model(model), view=Action.VIEW_CLEANUP, edit=edit, unless=_case_is_closed
            )
        from registry import bulk_acts  # noqa: PLC0415 - models are not loaded above
        from registry.cleanup import bulk_acts as cleanup_acts  # noqa: PLC0415

        bulk_acts.register()
        cleanup_acts.register()


def _survey_is_closed(record: Any) -> str:
    return "" if record.campaign.is_open else "这次摸底已结束，照片不能再增减。"


def _not_in_hand(flag: Any) -> str:
    return "" if flag.state == "checking" else "这条线索不在核实中，不能增减证明材料。"


def _case_is_closed(owner: Any) -> str:
    """Return why the files of a case, a step or a task stay as they are; "" when they may change."""
    case = getattr(owner, "case", owner)
    return "" if case.is_open else "案件已结，附件不能再增减。"
